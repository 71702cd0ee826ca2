/** Lists to choose from during a call: prepared messages, texts, contact groups. Read when the menu is opened. */
import { Menu, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAnswer } from '../link/use-command.js';
import { asDuration } from '../parts/duration.js';
import { actKey } from './line-commands.js';
import type { MoreProps } from './more-menu.js';
import { customerWithNumber } from './option-commands.js';
import { type Reason, whyNot } from './possible.js';
import { actAndTell } from './telling.js';
import { useWhyNothing } from './use-circumstances.js';

interface Named {
  readonly id: string;
  readonly name: string;
}

interface ListProps {
  readonly label: string;
  readonly none: string;
  readonly items: readonly Named[];
  readonly why: Reason | null;
  readonly detail?: (item: Named) => string;
  readonly below?: (item: Named) => string;
  readonly onChoose: (item: Named) => void;
}

function List({ label, none, items, why, detail, below, onChoose }: ListProps) {
  const { t } = useTranslation('calls');
  return (
    <Menu.Sub position="left-start">
      <Menu.Sub.Target>
        <Menu.Sub.Item>{label}</Menu.Sub.Item>
      </Menu.Sub.Target>
      <Menu.Sub.Dropdown maw={240} mah="60dvh" style={{ overflow: 'auto' }}>
        {why !== null && <Menu.Label>{t(`why.${why}`)}</Menu.Label>}
        {/* A menu without any item is none for screen readers. */}
        {items.length === 0 && <Menu.Item disabled>{none}</Menu.Item>}
        {items.map((item) => (
          <Menu.Item key={item.id} disabled={why !== null} rightSection={detail?.(item)} onClick={() => onChoose(item)}>
            {item.name}
            {below !== undefined && (
              <Text span size="xs" c="dimmed" lineClamp={2}>
                {below(item)}
              </Text>
            )}
          </Menu.Item>
        ))}
      </Menu.Sub.Dropdown>
    </Menu.Sub>
  );
}

interface Message extends Named {
  readonly durationMs: number;
  readonly state: 'ready' | 'recording';
}

/** For whom does not answer in person: the agent is free at once. */
export function MessageItems({ panel, all }: MoreProps) {
  const { t } = useTranslation('calls');
  const nothing = useWhyNothing();
  const machine = panel.parties.some(({ answeredBy }) => answeredBy === 'machine');
  const offered = machine || panel.call.direction === 'outbound';
  const { data = [] } = useAnswer<readonly Message[]>('message.list', {}, { enabled: offered, staleMs: 30_000 });
  if (!offered) return null;
  const { callId, lineId } = panel;
  return (
    <List
      label={t('do.leaveMessage')}
      none={t('noMessages')}
      items={data.filter(({ state }) => state === 'ready')}
      why={nothing ?? whyNot('leaveMessage', panel, all)}
      detail={({ id }) => asDuration(data.find((each) => each.id === id)?.durationMs ?? 0)}
      onChoose={({ id, name }) => {
        const input = { callId, lineId, messageId: id };
        void actAndTell(actKey(panel, 'message'), { name: 'call.leaveMessage', input }, name);
      }}
    />
  );
}

interface Template extends Named {
  readonly text: string;
}

/** With what the text says: it goes out as soon as it is chosen. */
export function TextItems({ panel }: MoreProps) {
  const { t } = useTranslation('calls');
  const nothing = useWhyNothing();
  const { data = [] } = useAnswer<readonly Template[]>('sms.templates.list', {}, { staleMs: 60_000 });
  return (
    <List
      label={t('do.sms')}
      none={t('noTemplates')}
      items={data}
      why={nothing ?? (customerWithNumber(panel) === null ? 'noNumber' : null)}
      below={({ id }) => data.find((each) => each.id === id)?.text ?? ''}
      onChoose={({ id, name }) => {
        const input = { callId: panel.callId, templateId: id };
        void actAndTell(actKey(panel, 'sms'), { name: 'sms.send', input }, name);
      }}
    />
  );
}

export function GroupItems({ panel }: MoreProps) {
  const { t } = useTranslation('calls');
  const nothing = useWhyNothing();
  const { data = [] } = useAnswer<readonly Named[]>('contacts.groups.list', {}, { staleMs: 60_000 });
  const customer = customerWithNumber(panel);
  return (
    <List
      label={t('do.contactGroup')}
      none={t('noGroups')}
      items={data}
      why={nothing ?? (customer === null ? 'noNumber' : null)}
      onChoose={({ id, name }) => {
        const input = { ...customer, groupId: id };
        void actAndTell(actKey(panel, 'group'), { name: 'contacts.addToGroup', input }, name);
      }}
    />
  );
}
