/** Callers in line, for those who may see them. */
import { Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLink } from '../link/link.js';
import { Duration } from '../parts/duration.js';
import { Panel } from '../parts/panel.js';
import { telephone } from '../parts/telephone.js';
import { waitingCalls } from './figures.js';

export function WaitingCalls() {
  const { t } = useTranslation('queues');
  const calls = useLink((link) => link.picture.calls);
  const queues = useLink((link) => link.picture.queues);
  const waiting = waitingCalls(calls.values());
  return (
    <Panel title={t('callers')}>
      {waiting.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('noneWaits')}
        </Text>
      ) : (
        <Stack component="ol" gap={6} p={0} m={0} style={{ listStyle: 'none' }}>
          {waiting.map(({ id, from, queueId, position, startedAt }) => (
            <Group component="li" key={id} justify="space-between" gap="xs" wrap="nowrap">
              <Text truncate>
                {from.name || telephone(from.number)}
                <Text span size="sm" c="dimmed">
                  {' '}
                  {queues.get(queueId ?? '')?.name} · {t('position', { position: position ?? 0 })}
                </Text>
              </Text>
              <Duration since={startedAt} />
            </Group>
          ))}
        </Stack>
      )}
    </Panel>
  );
}
