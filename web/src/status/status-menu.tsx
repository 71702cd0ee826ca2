/** The agent's status: what it is, for how long, and the menu of those that may be chosen. A forced or blocking one is explained. */
import { Button, Menu, Text, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AgentView } from '../../../src/app/view.js';
import { useAnswer, useCommand } from '../link/use-command.js';
import { Chosen } from '../parts/chosen.js';
import { asDuration, Duration, useNow } from '../parts/duration.js';
import { language } from '../words/i18n.js';

interface StatusDefinition {
  readonly id: string;
  readonly name: { readonly en: string; readonly ru: string };
  readonly receiving: boolean;
  readonly selectable: boolean;
  readonly position: number;
}

export function StatusMenu({ agent }: { agent: AgentView }) {
  const { t } = useTranslation('status');
  const start = useCommand('agent.logIn');
  const { status } = agent;
  if (agent.loggedIn && status !== null) return <ChosenStatus status={status} />;
  return (
    <Button variant="light" color="gray" loading={start.busy} onClick={() => void start.run({})}>
      {t('startSession')}
    </Button>
  );
}

type Status = NonNullable<AgentView['status']>;

/** The button that says it, with the menu. */
function ChosenStatus({ status }: { status: Status }) {
  const { t } = useTranslation('status');
  const { data: statuses = [] } = useAnswer<readonly StatusDefinition[]>(
    'configuration.statuses.list',
    {},
    { staleMs: 60_000 },
  );
  const choose = useCommand<{ statusId: string }>('agent.setStatus');
  const endWrapUp = useCommand('agent.endWrapUp');
  return (
    <Menu position="bottom-start" withinPortal>
      <Menu.Target>
        <Button
          variant="light"
          color={status.receiving ? 'teal' : status.blocking ? 'red' : 'yellow'}
          c="var(--mantine-color-text)"
          loading={choose.busy || endWrapUp.busy}
        >
          <VisuallyHidden>{t('status')}: </VisuallyHidden>
          <Text span truncate maw={150} mr={8} size="sm">
            {statuses.find(({ id }) => id === status.id)?.name[language()] ?? status.id}
          </Text>
          <Duration since={status.since} />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {status.setBy !== 'agent' && (
          <Menu.Label>{t(status.setBy === 'supervisor' ? 'setBySupervisor' : 'setBySystem')}</Menu.Label>
        )}
        {status.blocking && <Menu.Label c="var(--danger)">{t('blocked')}</Menu.Label>}
        {status.until !== null && (
          <Menu.Item onClick={() => void endWrapUp.run({})}>
            {t('endWrapUp')} <TimeLeft until={status.until} />
          </Menu.Item>
        )}
        <Choices {...{ status, statuses }} onChoose={(statusId) => void choose.run({ statusId })} />
      </Menu.Dropdown>
    </Menu>
  );
}

interface ChoicesProps {
  readonly status: Status;
  readonly statuses: readonly StatusDefinition[];
  readonly onChoose: (statusId: string) => void;
}

function Choices({ status, statuses, onChoose }: ChoicesProps) {
  const { t } = useTranslation('status');
  const choices = statuses.filter(({ selectable }) => selectable).sort((one, other) => one.position - other.position);
  return choices.map(({ id, name, receiving }) => (
    <Menu.Item
      key={id}
      disabled={status.blocking}
      aria-current={id === status.id || undefined}
      onClick={() => id !== status.id && onChoose(id)}
      leftSection={<Chosen is={id === status.id} />}
      rightSection={
        receiving && (
          <Text size="xs" c="dimmed">
            {t('receiving')}
          </Text>
        )
      }
    >
      {name[language()]}
    </Menu.Item>
  ));
}

function TimeLeft({ until }: { until: number }) {
  return <span style={{ fontVariantNumeric: 'tabular-nums' }}>({asDuration(until - useNow())})</span>;
}
