/** The tab of queues: how they stand, one's own day, parked calls and, for those who may see them, callers in line. */
import { SimpleGrid, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { QueueView } from '../../../src/app/view.js';
import { useLink } from '../link/link.js';
import { asDuration, Duration } from '../parts/duration.js';
import { Figure, Panel } from '../parts/panel.js';
import { NothingHere, SkeletonRows } from '../parts/placeholders.js';
import { useSession } from '../session/session.js';
import { language } from '../words/i18n.js';
import { byNeed, percent } from './figures.js';
import { MyDay } from './my-day.js';
import { ParkedCalls } from './parked-calls.js';
import { WaitingCalls } from './waiting-calls.js';

export default function QueuesTab() {
  const { t } = useTranslation('queues');
  const queues = useLink((link) => link.picture.queues);
  const known = useLink((link) => link.picture.seq >= 0);
  const role = useSession((state) => state.session?.role);
  if (!known) return <SkeletonRows rows={4} height={120} />;
  return (
    <Stack gap="sm">
      {queues.size === 0 && <NothingHere words={t('none')} hint={t('noneHint')} />}
      {byNeed(queues.values(), language()).map((queue) => (
        <QueuePanel key={queue.id} queue={queue} />
      ))}
      {role !== 'agent' && <WaitingCalls />}
      <ParkedCalls />
      <MyDay />
    </Stack>
  );
}

function QueuePanel({ queue }: { queue: QueueView }) {
  const { t } = useTranslation('queues');
  const { longestWaitSince: since, estimatedWaitMs: estimated } = queue;
  return (
    <Panel title={queue.name}>
      <SimpleGrid cols={{ base: 3, lg: 5 }} spacing="xs" component="dl" m={0}>
        <Figure name={t('waiting')} strong={queue.waiting > 0}>
          {queue.waiting}
        </Figure>
        <Figure name={t('longestWait')} strong={since !== null}>
          {since === null ? t('nobodyWaits') : <Duration since={since} />}
        </Figure>
        <Figure
          name={t('agents')}
          hint={t('agentsHint', { receiving: queue.agentsReceiving, loggedIn: queue.agentsLoggedIn })}
        >
          {queue.agentsReceiving}/{queue.agentsLoggedIn}
        </Figure>
        <Figure name={t('talking')}>{queue.agentsTalking}</Figure>
        <Figure name={t('serviceLevel')} hint={t('serviceLevelHint')}>
          {percent(queue.today.serviceLevel, language()) ?? t('nobodyWaits')}
        </Figure>
      </SimpleGrid>
      <Text size="sm" c="dimmed" mt={6}>
        <Today queue={queue} />
        {queue.waiting > 0 && estimated !== null && ` · ${t('estimated')} ${asDuration(estimated)}`}
      </Text>
    </Panel>
  );
}

function Today({ queue: { today } }: { queue: QueueView }) {
  const { t } = useTranslation('queues');
  if (today.offered === 0 && today.turnedAway === 0) return <>{t('noCallsYet')}</>;
  const parts = [
    `${t('offered')} ${today.offered}`,
    `${t('answered')} ${today.answered}`,
    `${t('abandoned')} ${today.abandoned}`,
    ...(today.lost > 0 ? [`${t('lost')} ${today.lost}`] : []),
    ...(today.turnedAway > 0 ? [`${t('turnedAway')} ${today.turnedAway}`] : []),
    ...(today.averageWaitMs === null ? [] : [`${t('averageWait')} ${asDuration(today.averageWaitMs)}`]),
  ];
  return (
    <>
      {t('today')}: {parts.join(', ')}
    </>
  );
}
