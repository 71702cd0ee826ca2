/** Short notices at the foot of the window: what was refused and why, what was done. Read out by screen readers. */
import { Button, CloseButton, Paper, Stack, Text } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { create } from 'zustand';
import type { CommandError } from '../link/command-error.js';
import { refusalWords } from '../words/refusals.js';

interface Notice {
  readonly id: number;
  readonly kind: 'refused' | 'done';
  /** Made when it is shown, so that a change of language changes it too. */
  readonly words: () => string;
  /** Takes back what was done. */
  readonly undo?: () => void;
}

const SHOWN_MS = 6_000;
/** Long enough to notice a slip and reach the button. */
const UNDO_MS = 12_000;
const MOST = 3;
let lastId = 0;

const useNotices = create<{ readonly notices: readonly Notice[] }>(() => ({ notices: [] }));

export function tellRefusal(error: CommandError): void {
  add('refused', () => refusalWords(error));
}

/** Something that cannot be done now, found here without asking the service. */
export function tellProblem(words: () => string): void {
  add('refused', words);
}

export function tellDone(words: () => string): void {
  add('done', words);
}

/** What was done can be taken back for as long as the notice is shown. */
export function tellUndo(words: () => string, undo: () => void): void {
  add('done', words, undo);
}

function add(kind: Notice['kind'], words: () => string, undo?: () => void): void {
  lastId += 1;
  const notice = { id: lastId, kind, words, ...(undo !== undefined && { undo }) };
  useNotices.setState(({ notices }) => ({ notices: [...notices, notice].slice(-MOST) }));
}

function remove(id: number): void {
  useNotices.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
}

/** `children` stay until they go by themselves. */
export function Notices({ children }: { children?: ReactNode }) {
  const notices = useNotices((state) => state.notices);
  return (
    <Stack
      data-passing
      className="notices"
      pos="fixed"
      left={12}
      right={12}
      gap={8}
      align="center"
      style={{ zIndex: 500, pointerEvents: 'none' }}
    >
      <div aria-live="polite">{children}</div>
      <div aria-live="assertive">
        {notices.map((notice) => (
          <OneNotice key={notice.id} notice={notice} />
        ))}
      </div>
    </Stack>
  );
}

function OneNotice({ notice }: { notice: Notice }) {
  const { t } = useTranslation('common');
  useEffect(() => {
    const timer = setTimeout(() => remove(notice.id), notice.undo === undefined ? SHOWN_MS : UNDO_MS);
    return () => clearTimeout(timer);
  }, [notice]);
  const undo = () => {
    remove(notice.id);
    notice.undo?.();
  };
  const colour = notice.kind === 'refused' ? 'var(--mantine-color-red-filled)' : 'var(--mantine-color-teal-filled)';
  return (
    <Paper
      shadow="md"
      radius="md"
      p="xs"
      mb={8}
      maw={480}
      withBorder
      style={{
        borderInlineStart: `4px solid ${colour}`,
        pointerEvents: 'auto',
        display: 'flex',
        alignItems: 'center',
        gap: 8,
      }}
    >
      <Text size="sm" style={{ flex: 1 }}>
        {notice.words()}
      </Text>
      {notice.undo !== undefined && (
        <Button size="compact-sm" variant="light" onClick={undo}>
          {t('undo')}
        </Button>
      )}
      <CloseButton size="sm" aria-label={t('close')} onClick={() => remove(notice.id)} />
    </Paper>
  );
}
