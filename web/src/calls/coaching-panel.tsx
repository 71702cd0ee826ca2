/** For a trainer who listens to an agent: who hears the trainer, and leaving. */
import { Button, Group, SegmentedControl, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CallView } from '../../../src/app/view.js';
import { useSession } from '../session/session.js';
import { act, useUnderWay } from './acting.js';
import { nameOf } from './line-commands.js';
import { useOwnCalls, useWhyNothing } from './use-circumstances.js';

const MODES = ['listen', 'whisper', 'barge'] as const;
type Mode = (typeof MODES)[number];

interface Coached {
  readonly call: CallView;
  readonly agentId: string;
  readonly mode: Mode;
}

/** Whom this agent listens to. */
export function useCoachings(): readonly Coached[] {
  const own = useSession((state) => state.session?.agentId ?? '');
  return useOwnCalls().flatMap((call) =>
    call.coachings.flatMap(({ coachId, state, agentId, mode }) =>
      coachId === own && state === 'there' ? [{ call, agentId, mode }] : [],
    ),
  );
}

export function CoachingPanels({ coachings }: { coachings: readonly Coached[] }) {
  return coachings.map((each) => <CoachingPanel key={`${each.call.id}/${each.agentId}`} {...each} />);
}

function CoachingPanel({ call, agentId, mode }: Coached) {
  const { t } = useTranslation('calls');
  const nothing = useWhyNothing();
  const party = call.legs.find((leg) => leg.agentId === agentId)?.party;
  const [modeKey, leaveKey] = [`${call.id}/mode`, `${call.id}/leave`];
  const [changing, leaving] = [useUnderWay(modeKey), useUnderWay(leaveKey)];
  const label = t('coaching', { name: party === undefined ? '' : nameOf(party) });
  return (
    <section className="line" data-state="active" aria-label={label}>
      <Text fw={700}>{label}</Text>
      <Group gap="xs" mt={8} justify="space-between">
        <SegmentedControl
          aria-label={t('modeOf')}
          value={mode}
          disabled={nothing !== null || changing}
          data={MODES.map((value) => ({ value, label: t(`mode.${value}`) }))}
          onChange={(value) => void act(modeKey, 'call.coachMode', { callId: call.id, mode: value })}
        />
        <Button
          color="red"
          variant="light"
          loading={leaving}
          disabled={nothing !== null}
          onClick={() => void act(leaveKey, 'call.stopCoaching', { callId: call.id })}
        >
          {t('leave')}
        </Button>
      </Group>
    </section>
  );
}
