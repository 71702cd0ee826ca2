/** The agent's calls: a new one above, what rings, a panel for each line, what is parked. */
import { ActionIcon, Button, Group, Text } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../parts/icons.js';
import { askToNotify, notNow, useMayAsk } from './attention.js';
import './calls.css';
import { CoachingPanels, useCoachings } from './coaching-panel.js';
import { IncomingPanel } from './incoming-panel.js';
import { LinePanel } from './line-panel.js';
import { useLineShortcuts } from './line-shortcuts.js';
import { NewCall } from './new-call.js';
import { PairBar } from './pair-bar.js';
import { ParkedList } from './parked-list.js';
import { whyNoNewCall } from './possible.js';
import { ShortcutHelp } from './shortcut-help.js';
import { TargetDialog } from './target-dialog.js';
import { useLines, useOwnAgent, useWhyNothing } from './use-circumstances.js';

export function CallsPane() {
  const { t } = useTranslation('calls');
  const { panels, incoming } = useLines();
  const nothing = useWhyNothing();
  const me = useOwnAgent();
  const field = useRef<HTMLInputElement>(null);
  const [help, setHelp] = useState(false);
  const coachings = useCoachings();
  useLineShortcuts({ panels, nothing, field, openHelp: () => setHelp(true) });
  return (
    <div className="calls">
      <NewCall reason={nothing ?? whyNoNewCall(me, incoming.length > 0)} field={field} />
      {/* What is there keeps its place: what comes is added below. */}
      {panels.map((panel) => (
        <LinePanel key={panel.key} panel={panel} all={panels} />
      ))}
      <PairBar panels={panels} />
      {incoming.map((each) => (
        <IncomingPanel key={each.key} incoming={each} />
      ))}
      <CoachingPanels coachings={coachings} />
      {panels.length + incoming.length + coachings.length === 0 && <NoCalls />}
      <ParkedList />
      <Group justify="flex-end" className="calls-help">
        <ActionIcon variant="subtle" color="gray" aria-label={t('keys')} onClick={() => setHelp(true)}>
          <Icon name="help" />
        </ActionIcon>
      </Group>
      <TargetDialog panels={panels} />
      <ShortcutHelp opened={help} onClose={() => setHelp(false)} />
    </div>
  );
}

function NoCalls() {
  const { t } = useTranslation('calls');
  const ask = useMayAsk();
  return (
    <div className="empty">
      <Text fw={600}>{t('noCalls')}</Text>
      <Text size="sm" c="dimmed">
        {t('noCallsHint')}
      </Text>
      {ask && (
        <>
          <Text size="sm" mt="sm">
            {t('notifications')}
          </Text>
          <Group gap="xs" justify="center">
            <Button size="compact-sm" variant="light" onClick={() => void askToNotify()}>
              {t('allow')}
            </Button>
            <Button size="compact-sm" variant="subtle" color="gray" onClick={notNow}>
              {t('notNow')}
            </Button>
          </Group>
        </>
      )}
    </div>
  );
}
