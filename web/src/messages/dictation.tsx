/** While a message is recorded: the own phone is answered, and the recording ended, in the same window. No keys are needed. */
import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { act, useUnderWay } from '../calls/acting.js';
import { useAnswering } from '../calls/answering.js';
import type { Incoming } from '../calls/lines.js';
import { useLines } from '../calls/use-circumstances.js';

export function Dictation() {
  const { panels, incoming } = useLines();
  // It is begun by an agent without calls, and no other call comes meanwhile.
  const ringing = incoming.find(({ purpose }) => purpose === 'own');
  const speaking = panels.find(({ state }) => state === 'message');
  if (ringing !== undefined) return <Rings incoming={ringing} />;
  return speaking === undefined ? null : <Speaks callId={speaking.callId} />;
}

function Rings({ incoming }: { incoming: Incoming }) {
  const { t } = useTranslation('messages');
  const { t: tc } = useTranslation('calls');
  const { t: tp } = useTranslation('phone');
  const { reason, busy, noMicrophone, answer } = useAnswering(incoming);
  const why = noMicrophone === null ? reason && tc(`why.${reason}`) : tp(`noMicrophone.${noMicrophone}`);
  return (
    <Group gap="xs" mt={6} justify="space-between" wrap="nowrap" role="status">
      <Text size="sm">{why ?? t('rings')}</Text>
      {reason === null && (
        <Button size="compact-sm" style={{ flexShrink: 0 }} loading={busy} onClick={answer}>
          {tc('incoming.answer')}
        </Button>
      )}
    </Group>
  );
}

/** Hanging up keeps what was said. */
function Speaks({ callId }: { callId: string }) {
  const { t } = useTranslation('messages');
  const key = `${callId}/stopDictation`;
  const busy = useUnderWay(key);
  return (
    <Group gap="xs" mt={6} justify="space-between" wrap="nowrap" role="status">
      <Text size="sm">{t('speak')}</Text>
      <Button
        size="compact-sm"
        style={{ flexShrink: 0 }}
        loading={busy}
        onClick={() => void act(key, 'call.hangUp', { callId })}
      >
        {t('stop')}
      </Button>
    </Group>
  );
}
