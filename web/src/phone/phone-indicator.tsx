/** Whether the built-in phone is on, how good the line is, and the way to its settings (loaded when they are opened). */
import { Button, Modal, Skeleton, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { FaultBoundary } from '../parts/fault-boundary.js';
import { Icon } from '../parts/icons.js';
import { noMicrophone } from './call-microphone.js';
import type { CallQuality, PhoneState } from './phone.js';
import { usePhone } from './phone-store.js';

const PhoneSettings = lazy(() => import('./phone-settings.js'));

const COLOUR: Readonly<Record<PhoneState, string>> = {
  off: 'gray',
  connecting: 'yellow',
  registered: 'teal',
  failed: 'red',
  otherTab: 'blue',
};

export function PhoneIndicator() {
  const { t } = useTranslation('phone');
  const { t: tc } = useTranslation('common');
  const [opened, { open, close }] = useDisclosure(false);
  const state = usePhone((phone) => phone.state);
  // It is registered, and nobody would be heard.
  const mute = usePhone((phone) => phone.state === 'registered' && noMicrophone(phone.microphone) !== null);
  const words = mute ? t('withoutMicrophone') : t(`state.${state}`);
  const quality = usePhone((phone) => phone.calls.find((call) => call.quality !== null)?.quality ?? null);
  return (
    <>
      <Button
        variant="default"
        size="sm"
        px="xs"
        aria-label={`${words}. ${t('settings')}`}
        aria-haspopup="dialog"
        onClick={open}
      >
        <Text span c={mute ? 'red' : COLOUR[state]} lh={0}>
          <Icon name={mute || state === 'failed' ? 'warning' : 'phone'} />
        </Text>
        <Text span size="xs" ml={6} visibleFrom="sm">
          {words}
        </Text>
        {quality !== null && <Quality quality={quality} />}
      </Button>
      <Modal opened={opened} onClose={close} title={t('title')} closeButtonProps={{ 'aria-label': tc('close') }}>
        <FaultBoundary>
          <Suspense fallback={<Skeleton h={320} />}>
            <PhoneSettings />
          </Suspense>
        </FaultBoundary>
      </Modal>
    </>
  );
}

const BARS = { good: 3, fair: 2, poor: 1 } as const;

/** Three bars, as on a mobile phone. */
function Quality({ quality }: { quality: CallQuality }) {
  const { t } = useTranslation('phone');
  const { level, lost, roundTripMs, jitterMs } = quality;
  const details = t('qualityDetails', { lost: Math.round(lost * 100), delay: Math.round(roundTripMs ?? jitterMs) });
  const words = `${t(`quality.${level}`)}: ${details}`;
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" role="img" aria-label={words} style={{ marginInlineStart: 6 }}>
      <title>{words}</title>
      {[1, 2, 3].map((bar) => (
        <rect
          key={bar}
          x={bar * 5 - 4}
          y={14 - bar * 4}
          width="3.5"
          height={bar * 4}
          fill="currentColor"
          opacity={bar <= BARS[level] ? 1 : 0.25}
        />
      ))}
    </svg>
  );
}
