/** What a supervisor has prepared on keys for this agent, as buttons: pressed here it is the same. */
import { Button, Group, Tooltip } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useAnswer } from '../link/use-command.js';
import { useSession } from '../session/session.js';
import { useUnderWay } from './acting.js';
import { actKey } from './line-commands.js';
import type { MoreProps } from './more-menu.js';
import { type NamedKey, type OptionButton, optionButtons, optionCommands } from './option-commands.js';
import { actAndTell } from './telling.js';
import { useWhyNothing } from './use-circumstances.js';

export function OptionButtons({ panel, all }: MoreProps) {
  const { t } = useTranslation('calls');
  const agentId = useSession((state) => state.session?.agentId ?? '');
  const { queueId } = panel.call;
  const asked = queueId === null ? { agentId } : { agentId, queueId };
  const { data } = useAnswer<{ keys: readonly NamedKey[] }>('configuration.keys.effective', asked, { staleMs: 60_000 });
  const buttons = optionButtons(data?.keys ?? []);
  if (buttons.length === 0) return null;
  return (
    <Group gap={6} mt={8} role="group" aria-label={t('options')}>
      {buttons.map((button) => (
        <OneOption key={button.key} button={button} label={labelOf(button, t)} panel={panel} all={all} />
      ))}
    </Group>
  );
}

function OneOption({ button, label, panel, all }: MoreProps & { button: OptionButton; label: string }) {
  const { t } = useTranslation('calls');
  const nothing = useWhyNothing();
  const key = actKey(panel, `option/${button.key}`);
  const busy = useUnderWay(key);
  const commands = optionCommands(button, panel, all);
  const why = nothing ?? (typeof commands === 'string' ? commands : null);
  const run = async () => {
    if (typeof commands === 'string') return;
    for (const asked of commands) if ((await actAndTell(key, asked, calledIn(button))) !== null) return;
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

/** What it is done with. */
function calledIn({ option, name }: OptionButton): string {
  return name ?? ('number' in option ? (option.number ?? '') : '');
}

function labelOf(button: OptionButton, t: TFunction<'calls'>): string {
  const { option } = button;
  const name = button.name ?? t('option.gone');
  switch (option.kind) {
    case 'tag':
      return t('option.tag', { name: option.tag });
    case 'transfer':
    case 'consult':
      return t(`option.${option.kind}`, { name: calledIn(button) });
    case 'manager':
      return t('option.manager');
    case 'callback':
      return option.queueId === null
        ? t('option.callback', { minutes: option.inMinutes })
        : t('option.callbackOf', { minutes: option.inMinutes, name });
    case 'blacklist':
      return t(option.when === 'now' ? 'option.blacklistNow' : 'option.blacklistAfter');
    default:
      return t(`option.${option.kind}`, { name });
  }
}
