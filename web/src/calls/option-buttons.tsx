/** What a supervisor has prepared on keys for this agent, as buttons: pressed here it is the same. */
import { Button, Group, Tooltip } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Key } from '../../../src/core/option/option.js';
import { useAnswer } from '../link/use-command.js';
import { useSession } from '../session/session.js';
import { act, useUnderWay } from './acting.js';
import { actKey } from './line-commands.js';
import type { MoreProps } from './more-menu.js';
import { type OptionButton, optionButtons, optionCommands } from './option-commands.js';
import { useWhyNothing } from './use-circumstances.js';

export function OptionButtons({ panel, all }: MoreProps) {
  const { t } = useTranslation('calls');
  const agentId = useSession((state) => state.session?.agentId ?? '');
  const { queueId } = panel.call;
  const asked = queueId === null ? { agentId } : { agentId, queueId };
  const { data } = useAnswer<{ keys: readonly Key[] }>('configuration.keys.effective', asked, { staleMs: 60_000 });
  const buttons = optionButtons(data?.keys ?? []);
  const names = useNames(buttons);
  if (buttons.length === 0) return null;
  return (
    <Group gap={6} mt={8} role="group" aria-label={t('options')}>
      {buttons.map((button) => (
        <OneOption key={button.key} button={button} label={labelOf(button, names, t)} panel={panel} all={all} />
      ))}
    </Group>
  );
}

function OneOption({ button, label, panel, all }: MoreProps & { button: OptionButton; label: string }) {
  const { t } = useTranslation('calls');
  const nothing = useWhyNothing();
  const key = actKey(panel, `option/${button.key}`);
  const busy = useUnderWay(key);
  const commands = optionCommands(button.option, panel, all);
  const why = nothing ?? (typeof commands === 'string' ? commands : null);
  const run = async () => {
    if (typeof commands === 'string') return;
    for (const { name, input } of commands) if ((await act(key, name, input)) !== null) return;
  };
  return (
    <Tooltip label={why === null ? `${label} (${button.sequence})` : t(`why.${why}`)}>
      <Button
        size="compact-sm"
        fw={500}
        fz="xs"
        variant="default"
        loading={busy}
        aria-disabled={why !== null || undefined}
        data-disabled={why !== null}
        onClick={() => why === null && void run()}
      >
        {label}
      </Button>
    </Tooltip>
  );
}

type Names = Readonly<Record<'sms' | 'contactGroup' | 'leaveMessage', ReadonlyMap<string, string>>>;
type Listed = readonly { readonly id: string; readonly name: string }[];

/** Of what the options refer to; asked only where one does. */
function useNames(buttons: readonly OptionButton[]): Names {
  const uses = (kind: string) => ({ enabled: buttons.some(({ option }) => option.kind === kind), staleMs: 60_000 });
  const texts = useAnswer<Listed>('sms.templates.list', {}, uses('sms'));
  const groups = useAnswer<Listed>('contacts.groups.list', {}, uses('contactGroup'));
  const messages = useAnswer<Listed>('message.list', {}, uses('leaveMessage'));
  const byId = (list: Listed | undefined) => new Map((list ?? []).map(({ id, name }) => [id, name]));
  return { sms: byId(texts.data), contactGroup: byId(groups.data), leaveMessage: byId(messages.data) };
}

function labelOf({ option }: OptionButton, names: Names, t: TFunction<'calls'>): string {
  switch (option.kind) {
    case 'scenario':
      return t('option.scenario', { name: option.scenarioId });
    case 'tag':
      return t('option.tag', { name: option.tag });
    case 'contactGroup':
      return t('option.contactGroup', { name: names.contactGroup.get(option.groupId) ?? option.groupId });
    case 'sms':
      return t('option.sms', { name: names.sms.get(option.templateId) ?? option.templateId });
    case 'leaveMessage':
      return t('option.leaveMessage', { name: names.leaveMessage.get(option.messageId) ?? option.messageId });
    case 'transfer':
      return t('option.transfer', { name: option.number ?? '' });
    case 'consult':
      return t('option.consult', { name: option.number ?? '' });
    case 'coach':
      return t('option.coach', { name: option.trainerId ?? '' });
    case 'manager':
      return t('option.manager');
    case 'callback':
      return t('option.callback', { minutes: option.inMinutes });
    case 'blacklist':
      return t(option.when === 'now' ? 'option.blacklistNow' : 'option.blacklistAfter');
  }
}
