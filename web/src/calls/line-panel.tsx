/** One line: who, for how long, what state; its buttons; then what comes and goes (participants, tags, notices), below the buttons. */
import { Badge, Button, Group, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Duration } from '../parts/duration.js';
import { telephone } from '../parts/telephone.js';
import { act, useUnderWay } from './acting.js';
import { LineButtons } from './line-buttons.js';
import { actKey, titleOf } from './line-commands.js';
import { customerOf, type Panel, presentOf } from './lines.js';
import { OptionButtons } from './option-buttons.js';
import { Participants } from './participants.js';
import { movesAway, ownTrainers } from './possible.js';
import { TagMenu } from './tag-menu.js';

export function LinePanel({ panel, all }: { panel: Panel; all: readonly Panel[] }) {
  const { t } = useTranslation('calls');
  const title = titleOf(panel);
  const who = customerOf(panel) ?? panel.main;
  const isPresent = presentOf(all)?.key === panel.key;
  return (
    <section
      ref={useInSight(isPresent)}
      className="line"
      data-state={panel.state}
      tabIndex={-1}
      data-home={isPresent ? 'present' : 'line'}
      aria-label={t('line', { name: title, state: t(`state.${panel.state}`) })}
    >
      <div className="line-head">
        <div>
          <Text fw={700} size="lg" truncate title={title}>
            {title}
          </Text>
          <Text size="sm" c="dimmed" truncate mih={20}>
            {who.name === '' || who.name === who.number ? ' ' : telephone(who.number)}
          </Text>
        </div>
        <div className="line-time">
          <Text fw={600} size="lg">
            <Duration since={panel.since} />
          </Text>
          <Text size="xs" c="dimmed" mih={18}>
            {panel.heldSince !== null && (
              <>
                {t('onHoldFor')} <Duration since={panel.heldSince} />
              </>
            )}
          </Text>
        </div>
      </div>
      <Marks panel={panel} />
      <LineButtons panel={panel} all={all} />
      <Below panel={panel} all={all} />
    </section>
  );
}

/** Among many lines the one that the agent comes to is not below the edge; but nothing moves away under somebody who types. */
function useInSight(isPresent: boolean) {
  const line = useRef<HTMLElement>(null);
  useEffect(() => {
    const types = document.activeElement?.matches('.calls input') === true;
    // Chromium answers a promise, which React would take for the way to undo it.
    if (isPresent && !types) void line.current?.scrollIntoView({ block: 'nearest' });
  }, [isPresent]);
  return line;
}

function Marks({ panel }: { panel: Panel }) {
  const { t } = useTranslation('calls');
  const queue = isFirst(panel) ? panel.call.queueName : null;
  const { recording, conference } = panel.line;
  return (
    <div className="line-marks">
      <Badge variant="light" color={COLOURS[panel.state] ?? 'indigo'} tt="none">
        {t(`state.${panel.state}`)}
      </Badge>
      {queue !== null && (
        <Badge variant="default" tt="none">
          {queue}
        </Badge>
      )}
      {conference && (
        <Badge variant="light" color="violet" tt="none">
          {t('conference')}
        </Badge>
      )}
      {recording !== 'no' && (
        <Badge variant="filled" color={recording === 'yes' ? 'red.8' : 'gray.7'} tt="none">
          {t(recording === 'yes' ? 'recording' : 'recordingPaused')}
        </Badge>
      )}
    </div>
  );
}

/** The call's queue and tags are shown with whom they came with, not with a colleague who is asked. */
function isFirst({ line, call }: Panel): boolean {
  return line.originId === null || !call.lines.some(({ id }) => id === line.originId);
}

const COLOURS: Readonly<Partial<Record<Panel['state'], string>>> = {
  active: 'teal',
  held: 'yellow',
  waiting: 'yellow',
};

function Below({ panel, all }: { panel: Panel; all: readonly Panel[] }) {
  const { t } = useTranslation('calls');
  const machine = panel.parties.some(({ answeredBy }) => answeredBy === 'machine');
  return (
    <>
      {isFirst(panel) && <TagMenu panel={panel} />}
      {isFirst(panel) && <OptionButtons panel={panel} all={all} />}
      {machine && (
        <Text size="sm" mt={8}>
          {t('answeredByMachine')}
        </Text>
      )}
      {panel.parties.length > 1 && <Participants panel={panel} />}
      {isFirst(panel) && <Trainers panel={panel} />}
      {isFirst(panel) && movesAway(panel) && <Moving panel={panel} />}
    </>
  );
}

function Moving({ panel }: { panel: Panel }) {
  const { t } = useTranslation('calls');
  const key = actKey(panel, 'cancelMove');
  const busy = useUnderWay(key);
  return (
    <Group gap="xs" mt={8} justify="space-between" wrap="nowrap">
      <Text size="sm">{t('movesTo')}</Text>
      <Button
        size="compact-sm"
        variant="default"
        flex="none"
        loading={busy}
        onClick={() => void act(key, 'call.cancelMove', { callId: panel.callId })}
      >
        {t('do.cancelMove')}
      </Button>
    </Group>
  );
}

/** Whom this agent has called for help: whether they come, and who hears them. */
function Trainers({ panel }: { panel: Panel }) {
  const { t } = useTranslation('calls');
  const key = actKey(panel, 'stopCoaching');
  const busy = useUnderWay(key);
  return ownTrainers(panel).map(({ coachId, coachName, state, mode, outcome }) => {
    const said =
      state === 'there'
        ? t(`trainerThere.${mode}`)
        : state === 'ringing'
          ? t('trainerRings')
          : t(trainerFailed(outcome));
    return (
      <Group key={coachId} gap="xs" mt={8} justify="space-between" wrap="nowrap" role="status">
        <Text size="sm">
          {t('trainer', { name: coachName })} {said}
        </Text>
        {state !== 'failed' && (
          <Button
            size="compact-sm"
            variant="default"
            flex="none"
            loading={busy}
            onClick={() => void act(key, 'call.stopCoaching', { callId: panel.callId, coachId })}
          >
            {t(state === 'there' ? 'do.stopCoaching' : 'do.cancelMove')}
          </Button>
        )}
      </Group>
    );
  });
}

function trainerFailed(outcome: string | null) {
  return outcome === 'busy' || outcome === 'rejected' || outcome === 'noAnswer'
    ? (`trainerFailed.${outcome}` as const)
    : 'trainerFailed.other';
}
