/** One past call of the list: direction, with whom, when and how it went; opened, all that happened in it. */
import { Box, Group, Paper, Text, UnstyledButton } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Shown } from '../contacts/contact-window.js';
import { useLink } from '../link/link.js';
import { CallButton } from '../parts/call-button.js';
import { asDuration, useNow } from '../parts/duration.js';
import { Icon } from '../parts/icons.js';
import { dialableOf, telephone } from '../parts/telephone.js';
import { shortWhen } from '../parts/when.js';
import { useSession } from '../session/session.js';
import { language } from '../words/i18n.js';
import { CallDetails } from './call-details.js';
import { type CallRecord, otherParty } from './call-record.js';
import { Outcome } from './outcome.js';

interface Props {
  readonly record: CallRecord;
  readonly opened: boolean;
  readonly onToggle: () => void;
  readonly onShow: (shown: Shown) => void;
}

export function CallRow({ record, opened, onToggle, onShow }: Props) {
  const details = useId();
  const party = useOtherParty(record);
  const title = party.name || telephone(party.number);
  return (
    <Paper component="li" withBorder px="xs" py={6}>
      <Group wrap="nowrap" gap="xs">
        <UnstyledButton
          style={{ flex: 1, minWidth: 0 }}
          aria-expanded={opened}
          aria-controls={opened ? details : undefined}
          onClick={onToggle}
        >
          <CallSummary record={record} />
        </UnstyledButton>
        {dialableOf(party.number) !== null && <CallButton number={party.number} name={title} />}
      </Group>
      {opened && (
        <Box id={details} mt={6}>
          <CallDetails record={record} party={party} onShow={onShow} />
        </Box>
      )}
    </Paper>
  );
}

/** Without anything to press: also for the caller's card. */
export function CallSummary({ record }: { record: CallRecord }) {
  const { t } = useTranslation('history');
  const now = useNow();
  const party = useOtherParty(record);
  const queue = useLink((link) => link.picture.queues.get(record.queueId ?? '')?.name);
  const { direction, talkedMs, waitedMs, rating } = record;
  const title = party.name || telephone(party.number) || t('anonymous');
  const facts = [
    ...(party.name === '' ? [] : [telephone(party.number)]),
    ...(talkedMs === null || talkedMs === 0 ? [] : [t('talked', { time: asDuration(talkedMs) })]),
    ...(queue === undefined ? [] : [queue]),
    ...(waitedMs === null || waitedMs < 1000 ? [] : [t('waited', { time: asDuration(waitedMs) })]),
    ...(rating === null ? [] : [t('rating', { rating })]),
  ];
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      <DirectionIcon direction={direction} />
      <div style={{ minWidth: 0, flex: 1 }}>
        <Group gap="xs" wrap="nowrap" justify="space-between">
          <Text fw={600} truncate title={title}>
            {title}
          </Text>
          <Text size="sm" c="dimmed" style={{ flexShrink: 0 }}>
            {shortWhen(record.startedAt, now, language())}
          </Text>
        </Group>
        <Group gap={6} wrap="nowrap" mih={22}>
          <Outcome outcome={record.outcome} />
          <Text size="sm" c="dimmed" truncate title={facts.join(' · ')}>
            {facts.join(' · ')}
          </Text>
        </Group>
      </div>
    </Group>
  );
}

function DirectionIcon({ direction }: { direction: string }) {
  const { t } = useTranslation('history');
  const name = direction === 'outbound' ? 'transfer' : direction === 'internal' ? 'consult' : 'incoming';
  const words = direction === 'outbound' ? t('outbound') : direction === 'internal' ? t('internal') : t('inbound');
  return (
    <span role="img" aria-label={words} title={words} style={{ display: 'inline-flex', paddingTop: 3 }}>
      <Icon name={name} size={18} />
    </span>
  );
}

function useOtherParty(record: CallRecord) {
  const agentId = useSession((state) => state.session?.agentId ?? '');
  const ownNumber = useLink((link) => link.picture.agents.get(agentId)?.number ?? null);
  return otherParty(record, ownNumber);
}
