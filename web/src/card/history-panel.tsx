/** One's own earlier calls with this number. */
import { Skeleton, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type CallRecord, numberSought, periodOf } from '../history/call-record.js';
import { CallSummary } from '../history/call-row.js';
import { useLink } from '../link/link.js';
import { useAnswer } from '../link/use-command.js';
import { Panel } from '../parts/panel.js';
import { useSession } from '../session/session.js';
import { refusalWords } from '../words/refusals.js';

const MOST = 10;

export function HistoryPanel({ number, callId }: { number: string; callId: string }) {
  const { t } = useTranslation('card');
  const agentId = useSession((state) => state.session?.agentId ?? '');
  const since = useLink(({ clockOffsetMs }) => periodOf('year', Date.now() + clockOffsetMs).since);
  const sought = numberSought(number)?.replace(/\*$/, '') ?? number;
  const { data, error } = useAnswer<readonly CallRecord[]>('history.calls', {
    number: sought,
    agentId,
    since,
    limit: MOST,
  });
  const earlier = data?.filter(({ id }) => id !== callId);
  return (
    <Panel title={t('history')}>
      {error !== null && <Text size="sm">{refusalWords(error)}</Text>}
      {earlier === undefined && error === null && <Skeleton height={80} />}
      {earlier?.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('noHistory')}
        </Text>
      )}
      <Stack component="ul" gap={6} p={0} m={0} style={{ listStyle: 'none' }} aria-label={t('history')}>
        {earlier?.map((record) => (
          <li key={record.id}>
            <CallSummary record={record} />
          </li>
        ))}
      </Stack>
    </Panel>
  );
}
