/**
 * Whom to transfer to, to consult or to invite: one field for numbers, colleagues, contacts and queues. It stays open, with what was
 * typed, until it has been done: a refusal, a lost connection and the end of the line are told in it.
 */
import { Alert, Box, Button, Group, Kbd, Modal, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { create } from 'zustand';
import { focusOpener, rememberOpener } from '../parts/opener.js';
import { act, useUnderWay } from './acting.js';
import { useDraft } from './drafts.js';
import { actKey, titleOf } from './line-commands.js';
import type { Panel } from './lines.js';
import { type Action, type Reason, whyNot } from './possible.js';
import { TargetSearch } from './target-search.js';
import type { Choice } from './targets.js';
import { useChoices } from './use-choices.js';
import { useWhyNothing } from './use-circumstances.js';

type What = 'transfer' | 'consult' | 'invite';

interface Opened {
  readonly what: What;
  readonly panelKey: string;
}

const useOpened = create<{ readonly opened: Opened | null }>(() => ({ opened: null }));

export function openTargetDialog(what: What, panelKey: string): void {
  rememberOpener();
  useOpened.setState({ opened: { what, panelKey } });
}

export function closeTargetDialog(): void {
  useOpened.setState({ opened: null });
}

export function TargetDialog({ panels }: { panels: readonly Panel[] }) {
  const { t } = useTranslation('calls');
  const { t: tc } = useTranslation('common');
  const opened = useOpened((state) => state.opened);
  const narrow = useMediaQuery('(max-width: 600px)', false);
  const panel = panels.find(({ key }) => key === opened?.panelKey) ?? null;
  const name = panel === null ? '' : titleOf(panel);
  return (
    <Modal
      opened={opened !== null}
      onClose={closeTargetDialog}
      onExitTransitionEnd={focusOpener}
      title={opened === null ? '' : t(`dialog.${opened.what}`, { name })}
      size="md"
      yOffset={narrow ? 8 : '8dvh'}
      closeButtonProps={{ 'aria-label': tc('close') }}
    >
      {opened !== null && <Asking key={opened.panelKey} what={opened.what} panel={panel} all={panels} />}
    </Modal>
  );
}

interface AskingProps {
  readonly what: What;
  readonly panel: Panel | null;
  readonly all: readonly Panel[];
}

const COMMAND_KEY = /mac/i.test(globalThis.navigator?.platform ?? '') ? '⌘ Enter' : 'Ctrl Enter';
const SECOND: Readonly<Record<What, What>> = { transfer: 'consult', consult: 'transfer', invite: 'invite' };
const WORD = { transfer: 'transferTo', consult: 'consultWith', invite: 'invited' } as const;

function Asking({ what, panel, all }: AskingProps) {
  const { t } = useTranslation('calls');
  const [typed, type] = useDraft('target');
  const [marked, mark] = useState<Choice | null>(null);
  const choices = useChoices(typed, { queues: what !== 'invite', looking: true });
  const { whyOf, send } = useSending(panel, all, () => type(''));
  const second = SECOND[what];
  const told = whyOf(what);
  const hint = t(`dialog.${what}Hint`, { key: COMMAND_KEY });
  return (
    <>
      <div className="dialog-choices">
        <TargetSearch
          typed={typed}
          onType={type}
          choices={choices}
          onMark={mark}
          onChoose={(choice, other) => void send(other ? second : what, choice)}
          label={t('dialog.whom')}
          data-autofocus
          // What was typed before is kept, and replaced by what is typed now.
          onFocus={(event) => event.currentTarget.select()}
        />
      </div>
      <Box mih={44} mt="xs" role="status">
        {told !== null && (
          <Alert color="yellow" variant="light" py={6}>
            {t(`why.${told}`)}
          </Alert>
        )}
      </Box>
      <Group justify="space-between" gap="xs">
        <Text flex="1 0 auto" size="xs" c="dimmed">
          {what === 'invite' ? hint : <KeyHint words={hint} />}
        </Text>
        <Group gap="xs" ml="auto">
          {second !== what && <SendButton what={second} {...{ panel, marked, whyOf, send }} />}
          <SendButton what={what} main {...{ panel, marked, whyOf, send }} />
        </Group>
      </Group>
    </>
  );
}

function KeyHint({ words }: { words: string }) {
  const [before = '', after = ''] = words.split(COMMAND_KEY);
  return (
    <>
      {before}
      <Kbd size="xs">{COMMAND_KEY}</Kbd>
      {after}
    </>
  );
}

type Send = (what: What, choice: Choice | null) => Promise<void>;
type WhyOf = (what: What) => Reason | null;

function useSending(panel: Panel | null, all: readonly Panel[], sent: () => void): { whyOf: WhyOf; send: Send } {
  const nothing = useWhyNothing();
  const whyOf = (what: What): Reason | null =>
    nothing ?? (panel === null ? 'callOver' : whyNot(what satisfies Action, panel, all));
  const send = async (what: What, choice: Choice | null) => {
    if (choice === null || panel === null || whyOf(what) !== null) return;
    const { callId, lineId } = panel;
    const line = what === 'consult' ? {} : { lineId };
    const refused = await act(actKey(panel, what), `call.${what}`, { callId, ...line, to: choice.target });
    if (refused !== null) return;
    sent();
    closeTargetDialog();
  };
  return { whyOf, send };
}

interface SendButtonProps {
  readonly what: What;
  readonly main?: boolean;
  readonly panel: Panel | null;
  readonly marked: Choice | null;
  readonly whyOf: WhyOf;
  readonly send: Send;
}

function SendButton({ what, main = false, panel, marked, whyOf, send }: SendButtonProps) {
  const { t } = useTranslation('calls');
  const busy = useUnderWay(panel === null ? '' : actKey(panel, what));
  const blocked = marked === null || whyOf(what) !== null;
  return (
    <Button
      variant={main ? 'filled' : 'default'}
      loading={busy}
      aria-disabled={blocked || undefined}
      data-disabled={blocked}
      onClick={() => void send(what, marked)}
    >
      {t(`dialog.${WORD[what]}`)}
    </Button>
  );
}
