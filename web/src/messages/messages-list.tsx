/** The agent's prepared messages and those for all: recorded by the own phone, listened to, renamed, removed. */
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asCommandError } from '../link/command-error.js';
import { command } from '../link/link.js';
import { useAnswer } from '../link/use-command.js';
import { NothingHere, SkeletonRows } from '../parts/placeholders.js';
import { refusalWords } from '../words/refusals.js';
import { MessageRow } from './message-row.js';

export interface Message {
  readonly id: string;
  /** Null: for all agents. */
  readonly agentId: string | null;
  readonly name: string;
  readonly durationMs: number;
  readonly state: 'ready' | 'recording';
}

const NAME = 'message.list';
/** What is recorded is ready a moment after the receiver was put down, which is not pushed. */
const WHILE_RECORDING_MS = 2_000;

export default function MessagesList() {
  const { t } = useTranslation('messages');
  const { data } = useAnswer<readonly Message[]>(NAME, {}, { againMs: untilReady });
  const changed = useChanged();
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {t('hint')}
      </Text>
      <NewMessage onDone={changed} />
      {data === undefined ? (
        <SkeletonRows height={56} />
      ) : data.length === 0 ? (
        <NothingHere words={t('none')} hint={t('noneHint')} />
      ) : (
        <Stack component="ul" gap={6} p={0} m={0} style={{ listStyle: 'none' }} aria-label={t('list')}>
          {data.map((message) => (
            <MessageRow key={message.id} message={message} onChange={changed} />
          ))}
        </Stack>
      )}
    </Stack>
  );
}

function untilReady(messages: readonly Message[] | undefined): number | null {
  return messages?.some(({ state }) => state === 'recording') === true ? WHILE_RECORDING_MS : null;
}

function useChanged(): () => void {
  const answers = useQueryClient();
  return () => void answers.invalidateQueries({ queryKey: [NAME] });
}

function NewMessage({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('messages');
  const [name, setName] = useState('');
  const [refused, setRefused] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const howTo = useId();
  const record = async () => {
    setBusy(true);
    try {
      await command('message.record', { name: name.trim() });
      setName('');
      onDone();
    } catch (error) {
      setRefused(refusalWords(asCommandError(error)));
    }
    setBusy(false);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === '') setRefused(t('nameMissing'));
    else if (!busy) void record();
  };
  return (
    <form onSubmit={submit} noValidate aria-label={t('record')}>
      <Group gap="xs" align="flex-start" wrap="nowrap">
        <TextInput
          style={{ flex: 1 }}
          label={t('name')}
          aria-describedby={howTo}
          maxLength={80}
          data-autofocus
          value={name}
          error={refused}
          onChange={(event) => {
            setName(event.currentTarget.value);
            setRefused(null);
          }}
        />
        <Button type="submit" loading={busy} mt={24}>
          {t('record')}
        </Button>
      </Group>
      <Text id={howTo} size="xs" c="dimmed" mt={4}>
        {t('howTo')}
      </Text>
    </form>
  );
}
