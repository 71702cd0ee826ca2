/** The built-in phone's settings: on or off, which microphone, speaker and ring, each to be tried out, and answering by itself. */
import { Alert, Button, Group, NativeSelect, Progress, Slider, Stack, Switch, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { phone } from './browser-phone.js';
import { noMicrophone } from './call-microphone.js';
import type { AudioDevice, DeviceChoice } from './phone.js';
import { usePhone } from './phone-store.js';

export default function PhoneSettings() {
  const { t } = useTranslation('phone');
  const { wanted, calls, autoAnswer, ringHere } = usePhone();
  const inCall = wanted && calls.length > 0;
  return (
    <Stack>
      <Switch
        label={t('use')}
        description={inCall ? t('offDuringCall') : t('useHint')}
        checked={wanted}
        disabled={inCall}
        onChange={({ currentTarget }) => void (currentTarget.checked ? phone.turnOn() : phone.turnOff())}
      />
      <PhoneState />
      <MicrophoneSetting />
      <SpeakerSetting which="speaker" test={t('testSpeaker')} onTest={() => void phone.testSpeaker()} />
      <SpeakerSetting which="ring" test={t('testRing')} onTest={() => void phone.testRing()} />
      <RingVolume />
      <Switch
        label={t('ringHere')}
        description={t('ringHereHint')}
        checked={ringHere}
        onChange={({ currentTarget }) => phone.setRingHere(currentTarget.checked)}
      />
      <Switch
        label={t('autoAnswer')}
        description={t('autoAnswerHint')}
        checked={autoAnswer}
        onChange={({ currentTarget }) => phone.setAutoAnswer(currentTarget.checked)}
      />
    </Stack>
  );
}

/** Whether it works, why not, and what can be done about it. */
function PhoneState() {
  const { t } = useTranslation('phone');
  const { state, failure } = usePhone();
  return (
    <div role="status">
      <Text size="sm" c="dimmed">
        {t(`state.${state}`)}
      </Text>
      {failure !== null && (
        <Alert color="red" variant="light" mt={4}>
          {t(`failure.${failure}`)}
          <Button size="xs" variant="light" color="red" mt={8} display="block" onClick={() => void phone.turnOn()}>
            {t('tryAgain')}
          </Button>
        </Alert>
      )}
      {state === 'otherTab' && (
        <Button size="xs" variant="light" mt={4} onClick={() => void phone.takeHere()}>
          {t('takeHere')}
        </Button>
      )}
    </div>
  );
}

function MicrophoneSetting() {
  const { t } = useTranslation('phone');
  const microphone = usePhone((one) => one.microphone);
  const microphones = usePhone((one) => one.microphones);
  if (microphone !== 'granted') {
    const why = noMicrophone(microphone);
    return (
      <div>
        <Text size="sm" fw={600}>
          {t('microphone')}
        </Text>
        <Text size="xs" c={why === null ? 'dimmed' : 'var(--danger)'} mb={6}>
          {why === null ? t('allowHint') : t(`noMicrophone.${why}`)}
        </Text>
        <Button size="xs" variant="light" onClick={() => void phone.allowMicrophone()}>
          {t('allow')}
        </Button>
      </div>
    );
  }
  return (
    <div>
      <DeviceSelect which="microphone" devices={microphones} />
      <MicrophoneTest />
    </div>
  );
}

/** The meter runs while it is wanted: an open microphone shows in the browser's tab. */
function MicrophoneTest() {
  const { t } = useTranslation('phone');
  const [on, setOn] = useState(false);
  const [level, setLevel] = useState(0);
  const device = usePhone((one) => one.choice.microphone);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another microphone is listened to anew.
  useEffect(() => {
    if (!on) return;
    let stop: (() => void) | null = null;
    let over = false;
    phone.watchLevel(setLevel).then(
      (stopWatching) => {
        if (over) stopWatching();
        else stop = stopWatching;
      },
      () => setOn(false),
    );
    return () => {
      over = true;
      stop?.();
      setLevel(0);
    };
  }, [on, device]);
  return (
    <Group gap="sm" mt={6} wrap="nowrap">
      <Progress value={level * 100} transitionDuration={0} style={{ flex: 1 }} aria-label={t('level')} />
      <Button size="compact-xs" variant="subtle" onClick={() => setOn(!on)}>
        {t(on ? 'stopLevel' : 'listenToLevel')}
      </Button>
    </Group>
  );
}

function SpeakerSetting({ which, test, onTest }: { which: 'speaker' | 'ring'; test: string; onTest: () => void }) {
  const { t } = useTranslation('phone');
  const speakers = usePhone((one) => one.speakers);
  return (
    <Group align="end" gap="xs" wrap="nowrap">
      <DeviceSelect which={which} devices={speakers} />
      <Button variant="default" aria-label={test} onClick={onTest}>
        {t('testSound')}
      </Button>
    </Group>
  );
}

function DeviceSelect({ which, devices }: { which: keyof DeviceChoice; devices: readonly AudioDevice[] }) {
  const { t } = useTranslation('phone');
  const chosen = usePhone((one) => one.choice[which]);
  const named = devices.map(({ id, label }, index) => ({ value: id, label: label || t('unnamed', { n: index + 1 }) }));
  // Before the microphone is allowed a browser tells of no devices at all.
  const allowed = usePhone((one) => one.microphone === 'granted');
  const cannot = allowed && which !== 'microphone' && devices.length === 0;
  return (
    <NativeSelect
      style={{ flex: 1 }}
      label={t(which)}
      description={cannot ? t('cannotChoose') : undefined}
      disabled={cannot}
      data={[{ value: '', label: t('usual') }, ...named]}
      value={named.some(({ value }) => value === chosen) ? chosen : ''}
      onChange={({ currentTarget }) => void phone.choose({ [which]: currentTarget.value })}
    />
  );
}

function RingVolume() {
  const { t } = useTranslation('phone');
  const volume = usePhone((one) => one.ringVolume);
  return (
    <div>
      <Text size="sm" fw={600}>
        {t('volume')}
      </Text>
      <Slider
        thumbLabel={t('volume')}
        min={0}
        max={100}
        step={5}
        label={null}
        value={Math.round(volume * 100)}
        onChange={(value) => phone.setRingVolume(value / 100)}
      />
    </div>
  );
}
