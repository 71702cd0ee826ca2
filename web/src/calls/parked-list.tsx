/** Calls that wait in parking slots and may be retrieved by this agent. */
import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ParkedView } from '../../../src/app/view.js';
import { useLink } from '../link/link.js';
import { Duration } from '../parts/duration.js';
import { act, useUnderWay } from './acting.js';
import { nameOf } from './line-commands.js';
import { useWhyNothing } from './use-circumstances.js';

export function ParkedList() {
  const { t } = useTranslation('calls');
  const parked = useLink((link) => link.picture.parked);
  if (parked.size === 0) return null;
  const inOrder = [...parked.values()].sort((one, other) => one.since - other.since);
  return (
    <section aria-label={t('parked')} className="parked">
      <Text size="xs" c="dimmed">
        {t('parked')}
      </Text>
      {inOrder.map((each) => (
        <OneParked key={each.lineId} each={each} />
      ))}
    </section>
  );
}

function OneParked({ each }: { each: ParkedView }) {
  const { t } = useTranslation('calls');
  const nothing = useWhyNothing();
  const key = `retrieve/${each.slot}`;
  const busy = useUnderWay(key);
  return (
    <Group gap="xs" wrap="nowrap" justify="space-between">
      <Text size="sm" truncate title={nameOf(each.party)}>
        {nameOf(each.party)}
        <Text span size="xs" c="dimmed">
          {' '}
          {t('slot', { slot: each.slot })} · <Duration since={each.since} />
        </Text>
      </Text>
      <Button
        size="compact-sm"
        variant="light"
        loading={busy}
        disabled={nothing !== null}
        onClick={() => void act(key, 'call.retrieve', { slot: each.slot })}
      >
        {t('do.retrieve')}
      </Button>
    </Group>
  );
}
