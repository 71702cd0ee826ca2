/** Calls a number with one click: the agent's phone rings, then the number is dialled. */
import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLink } from '../link/link.js';
import { useCommand } from '../link/use-command.js';
import { useSession } from '../session/session.js';
import { Icon } from './icons.js';
import { dialableOf, telephone } from './telephone.js';

interface Props {
  readonly number: string;
  /** Who that is, for the button's name. */
  readonly name?: string;
  /** With the number on it. */
  readonly withNumber?: boolean;
}

export function CallButton({ number, name = '', withNumber = false }: Props) {
  const { t } = useTranslation('common');
  const dial = useCommand<{ number: string }>('call.dial');
  const agentId = useSession((state) => state.session?.agentId ?? '');
  const isLoggedIn = useLink((link) => link.picture.agents.get(agentId)?.loggedIn ?? false);
  const dialled = dialableOf(number);
  const reason = dialled === null ? t('notANumber') : isLoggedIn ? null : t('sessionFirst');
  const label = t('callTo', { name: name === '' ? telephone(number) : name });
  const common = {
    ...{ loading: dial.busy, 'data-disabled': reason !== null },
    ...{ 'aria-label': withNumber ? `${label}: ${telephone(number)}` : label },
    'aria-disabled': reason !== null || undefined,
    onClick: () => {
      if (reason === null && dialled !== null) void dial.run({ number: dialled });
    },
  } as const;
  return (
    <Tooltip label={reason ?? label} events={{ hover: true, focus: true, touch: true }}>
      {withNumber ? (
        <Button {...common} variant="default" size="compact-sm" leftSection={<Icon name="phone" size={16} />}>
          {telephone(number)}
        </Button>
      ) : (
        <ActionIcon {...common} variant="light" color="teal" size="lg">
          <Icon name="phone" size={18} />
        </ActionIcon>
      )}
    </Tooltip>
  );
}
