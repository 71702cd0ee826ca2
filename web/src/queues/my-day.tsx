/** One's own figures since midnight. They are asked for anew after each of one's calls, and each minute. */
import { SimpleGrid, Skeleton, Text } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useLink } from '../link/link.js';
import { useAnswer } from '../link/use-command.js';
import { asDuration } from '../parts/duration.js';
import { Figure, Panel } from '../parts/panel.js';
import { useSession } from '../session/session.js';
import { type AgentTotals, averageTalkMs, midnightOf } from './figures.js';

const EVERY_MS = 60_000;

export function MyDay() {
  const { t } = useTranslation('queues');
  const totals = useMyDay();
  if (totals === undefined) return <Skeleton height={110} radius="md" />;
  const average = averageTalkMs(totals);
  return (
    <Panel title={t('mine')}>
      <SimpleGrid cols={{ base: 3, lg: 5 }} spacing="xs" component="dl" m={0}>
        <Figure name={t('calls')}>{totals.answered}</Figure>
        <Figure name={t('missed')} strong={totals.missed > 0}>
          {totals.missed}
        </Figure>
        <Figure name={t('talked')}>{asDuration(totals.talkedMs)}</Figure>
        <Figure name={t('averageTalk')}>{average === null ? '—' : asDuration(average)}</Figure>
        <Figure name={t('loggedIn')}>{asDuration(totals.loggedInMs)}</Figure>
      </SimpleGrid>
      <Text size="xs" c="dimmed" mt={4}>
        {t('mineHint')}
      </Text>
    </Panel>
  );
}

function useMyDay(): AgentTotals | undefined {
  const agentId = useSession((state) => state.session?.agentId ?? '');
  const since = useLink(({ clockOffsetMs }) => midnightOf(Date.now() + clockOffsetMs));
  const activity = useLink((link) => link.picture.agents.get(agentId)?.activity);
  const { data, refetch } = useAnswer<readonly AgentTotals[]>('statistics.agents', { since, agentId });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another activity is why it is asked anew
  useEffect(() => {
    void refetch();
    const timer = setInterval(() => void refetch(), EVERY_MS);
    return () => clearInterval(timer);
  }, [activity, refetch]);
  const none = { agentId, loggedInMs: 0, statusMs: {}, answered: 0, missed: 0, talkedMs: 0 };
  return data === undefined ? undefined : (data[0] ?? none);
}
