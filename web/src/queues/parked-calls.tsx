/** Calls that wait in a slot, each to be retrieved with one click. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ParkedView } from '../../../src/app/view.js';
import { useLink } from '../link/link.js';
import { useCommand } from '../link/use-command.js';
import { Duration } from '../parts/duration.js';
import { Panel } from '../parts/panel.js';
import { telephone } from '../parts/telephone.js';

export function ParkedCalls() {
  const { t } = useTranslation('queues');
  const parked = useLink((link) => link.picture.parked);
  return (
    <Panel title={t('parked')}>
      {parked.size === 0 ? (
        <Text size="sm" c="dimmed">
          {t('noneParked')}
        </Text>
      ) : (
        <Stack component="ul" gap={6} p={0} m={0} style={{ listStyle: 'none' }}>
          {[...parked.values()].map((view) => (
            <ParkedCall key={view.lineId} view={view} />
          ))}
        </Stack>
      )}
    </Panel>
  );
}

function ParkedCall({ view: { slot, party, since, queueId } }: { view: ParkedView }) {
  const { t } = useTranslation('queues');
  const retrieve = useCommand<{ slot: string }>('call.retrieve');
  const queue = useLink((link) => link.picture.queues.get(queueId ?? '')?.name);
  const name = party.name || telephone(party.number);
  return (
    <Group component="li" justify="space-between" gap="xs" wrap="nowrap">
      <div style={{ minWidth: 0 }}>
        <Text truncate>
          {name}
          {party.name !== '' && party.number !== '' && ` · ${telephone(party.number)}`}
        </Text>
        <Text size="xs" c="dimmed">
          {t('slot', { slot })} · <Duration since={since} />
          {queue !== undefined && ` · ${queue}`}
        </Text>
      </div>
      <Button
        size="compact-sm"
        variant="default"
        loading={retrieve.busy}
        aria-label={t('retrieveOf', { name, slot })}
        onClick={() => void retrieve.run({ slot })}
      >
        {t('retrieve')}
      </Button>
    </Group>
  );
}
