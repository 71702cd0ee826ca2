/** Lists to choose from during a call: prepared messages, texts, contact groups. Read when the menu is opened. */
import { Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAnswer } from '../link/use-command.js';
import { asDuration } from '../parts/duration.js';
import { tellDone } from '../parts/notices.js';
import { act } from './acting.js';
import { actKey } from './line-commands.js';
import type { MoreProps } from './more-menu.js';
import { customerWithNumber } from './option-commands.js';
import { type Reason, whyNot } from './possible.js';
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
  readonly onChoose: (item: Named) => void;
}

function List({ label, none, items, why, detail, onChoose }: ListProps) {
  const { t } = useTranslation('calls');
  return (
    <Menu.Sub position="left-start">
      <Menu.Sub.Target>
        <Menu.Sub.Item>{label}</Menu.Sub.Item>
      </Menu.Sub.Target>
      <Menu.Sub.Dropdown maw={240} mah="60dvh" style={{ overflow: 'auto' }}>
        {why !== null && <Menu.Label>{t(`why.${why}`)}</Menu.Label>}
        {items.length === 0 && <Menu.Label>{none}</Menu.Label>}
        {items.map((item) => (
          <Menu.Item key={item.id} disabled={why !== null} rightSection={detail?.(item)} onClick={() => onChoose(item)}>
            {item.name}
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
      onChoose={({ id }) => void act(actKey(panel, 'message'), 'call.leaveMessage', { callId, lineId, messageId: id })}
    />
  );
}

export function TextItems({ panel }: MoreProps) {
  const { t } = useTranslation('calls');
  const nothing = useWhyNothing();
  const { data = [] } = useAnswer<readonly Named[]>('sms.templates.list', {}, { staleMs: 60_000 });
  const why = nothing ?? (customerWithNumber(panel) === null ? 'noNumber' : null);
  const send = async (templateId: string) => {
    const refused = await act(actKey(panel, 'sms'), 'sms.send', { callId: panel.callId, templateId });
    if (refused === null) tellDone(() => t('done.sms'));
  };
  return (
    <List label={t('do.sms')} none={t('noTemplates')} items={data} why={why} onChoose={({ id }) => void send(id)} />
  );
}

export function GroupItems({ panel }: MoreProps) {
  const { t } = useTranslation('calls');
  const nothing = useWhyNothing();
  const { data = [] } = useAnswer<readonly Named[]>('contacts.groups.list', {}, { staleMs: 60_000 });
  const customer = customerWithNumber(panel);
  const why = nothing ?? (customer === null ? 'noNumber' : null);
  const save = async (groupId: string) => {
    const refused = await act(actKey(panel, 'group'), 'contacts.addToGroup', { ...customer, groupId });
    if (refused === null) tellDone(() => t('done.contactGroup'));
  };
  return (
    <List
      label={t('do.contactGroup')}
      none={t('noGroups')}
      items={data}
      why={why}
      onChoose={({ id }) => void save(id)}
    />
  );
}
