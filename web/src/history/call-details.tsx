/** One past call in full: what can be done now, its recordings, tags, and what happened in it. */
import { Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Shown } from '../contacts/contact-window.js';
import { useAnswer } from '../link/use-command.js';
import { Icon } from '../parts/icons.js';
import { TagList } from '../parts/tag-list.js';
import { dialableOf } from '../parts/telephone.js';
import { when } from '../parts/when.js';
import { language } from '../words/i18n.js';
import { refusalWords } from '../words/refusals.js';
import type { CallRecord } from './call-record.js';
import { Player } from './player.js';
import { type Happening, Timeline } from './timeline.js';

interface Recording {
  readonly id: string;
  readonly startedAt: number;
  readonly outcome: 'recording' | 'kept' | 'failed' | 'lost' | 'removed';
}

interface Details extends CallRecord {
  readonly timeline: readonly Happening[];
  readonly tags: readonly { readonly tag: string }[];
  readonly recordings: readonly Recording[];
}

interface Props {
  readonly record: CallRecord;
  readonly party: { readonly number: string; readonly name: string };
  readonly onShow: (shown: Shown) => void;
}

export function CallDetails({ record, party, onShow }: Props) {
  const { t } = useTranslation('history');
  const { data, error } = useAnswer<Details>('history.call', { callId: record.id });
  return (
    <Stack gap="xs">
      {dialableOf(party.number) !== null && <Actions party={party} onShow={onShow} />}
      {error !== null && (
        <Text size="sm" c="var(--danger)">
          {refusalWords(error)}
        </Text>
      )}
      {data === undefined && error === null && <Skeleton height={120} radius="md" />}
      {data !== undefined && data.id === record.id && (
        <>
          {data.tags.length > 0 && <TagList label={t('tags')} tags={[...new Set(data.tags.map(({ tag }) => tag))]} />}
          {data.recordings.map((recording) => (
            <OneRecording key={recording.id} recording={recording} />
          ))}
          <Timeline happenings={data.timeline} />
        </>
      )}
    </Stack>
  );
}

function Actions({ party, onShow }: Pick<Props, 'party' | 'onShow'>) {
  const { t } = useTranslation('history');
  const contact = { name: party.name, numbers: [{ number: party.number, label: '' }], clientCode: '' };
  return (
    <Group gap={6}>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<Icon name="clock" size={16} />}
        onClick={() => onShow({ what: 'callback', contact })}
      >
        {t('callback')}
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<Icon name="contacts" size={16} />}
        onClick={() => onShow({ what: 'form', contact })}
      >
        {t('addContact')}
      </Button>
    </Group>
  );
}

function OneRecording({ recording: { id, startedAt, outcome } }: { recording: Recording }) {
  const { t } = useTranslation('history');
  const label = t('recordingOf', { time: when(startedAt, 'dayAndTime', language()) });
  if (outcome === 'kept') return <Player path={`recordings/${id}/audio`} label={label} />;
  return (
    <Text size="sm" c="dimmed">
      {t(outcome)}
    </Text>
  );
}
