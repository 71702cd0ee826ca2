/** A call that rings the own phone: who it is, through which queue, for how long; answer and reject. */
import { Badge, Group, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Duration } from '../parts/duration.js';
import { telephone } from '../parts/telephone.js';
import { act, useUnderWay } from './acting.js';
import { type Answering, useAnswering } from './answering.js';
import { CallButton } from './call-button.js';
import { nameOf } from './line-commands.js';
import type { Incoming } from './lines.js';
import { useWhyNothing } from './use-circumstances.js';

export function rejectKey({ key }: Incoming): string {
  return `${key}/reject`;
}

/** A call of a queue goes to the next agent; a call asked for by oneself is called off; who wants a trainer is told that this one declines. */
export function reject(incoming: Incoming): Promise<string | null> {
  const { callId, lineId } = incoming;
  return act(rejectKey(incoming), 'call.hangUp', lineId === null ? { callId } : { callId, lineId });
}

export function IncomingPanel({ incoming }: { incoming: Incoming }) {
  const { t } = useTranslation('calls');
  const answering = useAnswering(incoming);
  const panel = useRef<HTMLElement>(null);
  // Beneath lines on hold it may be out of sight.
  useEffect(() => {
    // Chromium answers a promise, which React would take for the way to undo it.
    void panel.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const { who, purpose, queueName, tags } = incoming;
  const what = t(`incoming.${purpose}`, { queue: queueName ?? '' });
  return (
    <section ref={panel} className="incoming" aria-label={`${what}: ${nameOf(who)}`}>
      <Head incoming={incoming} what={what} />
      {tags.length > 0 && (
        <Group gap={4} mt={4}>
          {tags.map((tag) => (
            <Badge key={tag} variant="default" size="sm" tt="none">
              {tag}
            </Badge>
          ))}
        </Group>
      )}
      <Buttons incoming={incoming} answering={answering} />
      <Why answering={answering} />
    </section>
  );
}

/** Why it cannot be answered here, and what can be done about it. */
function Why({ answering: { reason, noMicrophone } }: { answering: Answering }) {
  const { t } = useTranslation('calls');
  const { t: tp } = useTranslation('phone');
  if (noMicrophone === null)
    return (
      <Text size="xs" c="dimmed" mt={6} mih={18}>
        {reason === null ? '' : t(`why.${reason}`)}
      </Text>
    );
  return (
    <Text size="sm" c="var(--danger)" mt={6} role="alert">
      {tp(`noMicrophone.${noMicrophone}`)} {tp('answerAgain')}
    </Text>
  );
}

/** Who it is, and for how long it rings. */
function Head({ incoming: { who, since, waitsSince }, what }: { incoming: Incoming; what: string }) {
  const { t } = useTranslation('calls');
  return (
    <div className="line-head">
      <div>
        <Text size="xs" c="dimmed">
          {what}
        </Text>
        <Text fw={700} size="lg" truncate title={nameOf(who)}>
          {nameOf(who)}
        </Text>
        <Text size="sm" c="dimmed" truncate mih={20}>
          {who.name === '' ? ' ' : telephone(who.number)}
        </Text>
      </div>
      <div className="line-time">
        <Text fw={600}>
          <Duration since={since} />
        </Text>
        {waitsSince !== null && (
          <Text size="xs" c="dimmed">
            {t('waits')} <Duration since={waitsSince} />
          </Text>
        )}
      </div>
    </div>
  );
}

interface ButtonsProps {
  readonly incoming: Incoming;
  readonly answering: Answering;
}

function Buttons({ incoming, answering }: ButtonsProps) {
  const { t } = useTranslation('calls');
  const nothing = useWhyNothing();
  const busy = useUnderWay(rejectKey(incoming));
  return (
    <div className="incoming-buttons">
      <CallButton
        icon="phone"
        look="good"
        label={t('incoming.answer')}
        reason={answering.reason}
        busy={answering.busy}
        shortcut="A"
        onPress={answering.answer}
      />
      <CallButton
        icon="hangUp"
        look="danger"
        label={t(incoming.purpose === 'own' ? 'incoming.cancel' : 'incoming.reject')}
        reason={nothing}
        busy={busy}
        onPress={() => void reject(incoming)}
      />
    </div>
  );
}
