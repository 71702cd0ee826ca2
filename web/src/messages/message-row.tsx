/** One prepared message: heard in place; renamed and removed by whose it is, those for all by supervisors. */
import { ActionIcon, Badge, Box, Button, Group, Menu, Paper, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Player } from '../history/player.js';
import { useCommand } from '../link/use-command.js';
import { asDuration } from '../parts/duration.js';
import { Icon } from '../parts/icons.js';
import { useSession } from '../session/session.js';
import { Dictation } from './dictation.js';
import type { Message } from './messages-list.js';

interface Props {
  readonly message: Message;
  readonly onChange: () => void;
}

type Opened = 'sound' | 'name' | null;

export function MessageRow({ message, onChange }: Props) {
  const { t } = useTranslation('messages');
  const [opened, setOpened] = useState<Opened>(null);
  const { id, agentId, name, state } = message;
  const isAgent = useSession((one) => one.session?.role === 'agent');
  const isOwn = useSession((one) => one.session?.agentId === agentId);
  const mayChange = agentId !== null || !isAgent;
  const listens = opened === 'sound';
  return (
    <Paper component="li" withBorder px="xs" py={6}>
      <Group gap="xs" wrap="nowrap">
        <Title message={message} />
        {state === 'ready' && (
          <Button
            size="compact-sm"
            variant="light"
            aria-expanded={listens}
            onClick={() => setOpened(listens ? null : 'sound')}
          >
            {t(listens ? 'hide' : 'listen')}
          </Button>
        )}
        {state === 'ready' && mayChange && (
          <MessageMenu message={message} onChange={onChange} onRename={() => setOpened('name')} />
        )}
      </Group>
      {state === 'recording' && isOwn && <Dictation />}
      {opened !== null && (
        <Box mt={6}>
          {listens ? (
            <Player path={`messages/${id}/audio`} label={t('sound', { name })} />
          ) : (
            <Rename message={message} onChange={onChange} onDone={() => setOpened(null)} />
          )}
        </Box>
      )}
    </Paper>
  );
}

/** Its name, whose it is and how long. */
function Title({ message: { agentId, name, durationMs, state } }: Pick<Props, 'message'>) {
  const { t } = useTranslation('messages');
  return (
    <div style={{ flex: 1, minWidth: 0 }}>
      <Text fw={600} lineClamp={2} title={name}>
        {name}
      </Text>
      <Group gap={6} wrap="nowrap">
        <Text size="sm" c="dimmed">
          {state === 'recording' ? t('recording') : asDuration(durationMs)}
        </Text>
        {agentId === null && (
          <Badge size="sm" tt="none" variant="default" style={{ flexShrink: 0 }}>
            {t('forAll')}
          </Badge>
        )}
      </Group>
    </div>
  );
}

function MessageMenu({ message: { id, name }, onChange, onRename }: Props & { onRename: () => void }) {
  const { t } = useTranslation('messages');
  const removing = useCommand<{ messageId: string }>('message.remove');
  const remove = async () => {
    if (await removing.run({ messageId: id })) onChange();
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('actions', { name })}>
          <Icon name="more" size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={onRename}>{t('rename')}</Menu.Item>
        <Menu.Sub>
          <Menu.Sub.Target>
            <Menu.Sub.Item c="var(--danger)">{t('remove')}</Menu.Sub.Item>
          </Menu.Sub.Target>
          <Menu.Sub.Dropdown>
            {/* Asked once more, since nothing brings it back. */}
            <Menu.Item c="var(--danger)" onClick={() => void remove()}>
              {t('removeForGood')}
            </Menu.Item>
          </Menu.Sub.Dropdown>
        </Menu.Sub>
      </Menu.Dropdown>
    </Menu>
  );
}

function Rename({ message, onChange, onDone }: Props & { onDone: () => void }) {
  const { t } = useTranslation('messages');
  const { t: tc } = useTranslation('common');
  const [name, setName] = useState(message.name);
  const renaming = useCommand<{ messageId: string; name: string }>('message.rename');
  const rename = async () => {
    // Refused: what was typed stays.
    if (!(await renaming.run({ messageId: message.id, name: name.trim() }))) return;
    onChange();
    onDone();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== '') void rename();
  };
  return (
    <form onSubmit={submit} noValidate aria-label={t('rename')}>
      <Group gap="xs" align="flex-end">
        <TextInput
          style={{ flex: '1 1 160px' }}
          label={t('newName')}
          maxLength={80}
          autoFocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button variant="default" onClick={onDone}>
          {tc('cancel')}
        </Button>
        <Button type="submit" loading={renaming.busy}>
          {tc('save')}
        </Button>
      </Group>
    </form>
  );
}
