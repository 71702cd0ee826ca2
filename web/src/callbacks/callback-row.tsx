/** One callback of the list: when, whom, who calls and what has become of it; opened, its attempts. */
import { Badge, Box, Button, Group, Menu, Paper, Text, UnstyledButton } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Callback, CallbackState } from '../../../src/core/callback/callback.js';
import { useLink } from '../link/link.js';
import { useColleague } from '../parts/colleagues.js';
import { useNow } from '../parts/duration.js';
import { telephone } from '../parts/telephone.js';
import { ownZone, shortWhen, when } from '../parts/when.js';
import { useSession } from '../session/session.js';
import { language } from '../words/i18n.js';
import { Attempts } from './attempts.js';
import { useCallbackActions } from './callback-actions.js';

const COLOURS: Readonly<Record<CallbackState, string>> = {
  ...{
    scheduled: 'blue',
    calling: 'orange',
    done: 'teal',
    failed: 'red',
    missed: 'red',
    cancelled: 'gray',
    closed: 'gray',
  },
};

interface Props {
  readonly callback: Callback;
  readonly onEdit: (callback: Callback) => void;
}

export function CallbackRow({ callback, onEdit }: Props) {
  const { t } = useTranslation('callbacks');
  const [opened, setOpened] = useState(false);
  const details = useId();
  return (
    <Paper component="li" withBorder p="xs">
      <Group wrap="nowrap" align="flex-start" gap="xs">
        <UnstyledButton
          style={{ flex: 1, minWidth: 0 }}
          aria-expanded={opened}
          aria-controls={opened ? details : undefined}
          onClick={() => setOpened(!opened)}
        >
          <Group gap={6} wrap="wrap">
            <Text fw={600} span>
              <Moment callback={callback} />
            </Text>
            <Badge size="sm" tt="none" variant="light" color={COLOURS[callback.state]}>
              {t(`state.${callback.state}`)}
            </Badge>
            {callback.priority !== 'medium' && (
              <Badge size="sm" tt="none" variant="light" color={callback.priority === 'high' ? 'red' : 'gray'}>
                {t(callback.priority)}
              </Badge>
            )}
          </Group>
          <Text size="sm" truncate>
            {callback.name === '' ? telephone(callback.number) : `${callback.name} · ${telephone(callback.number)}`}
          </Text>
          <Whose callback={callback} />
        </UnstyledButton>
        {callback.state === 'scheduled' && <Actions callback={callback} onEdit={onEdit} />}
      </Group>
      {opened && (
        <Box id={details} mt="xs">
          <Attempts callback={callback} />
        </Box>
      )}
    </Paper>
  );
}

/** When it is dialled next; once it is over, for when it was agreed. */
function Moment({ callback: { state, nextAt, dueAt, overdueSince } }: { callback: Callback }) {
  const { t } = useTranslation('callbacks');
  const now = useNow();
  const at = nextAt ?? dueAt;
  return (
    <>
      {shortWhen(at, now, language())}
      {state === 'scheduled' && at < now && (
        <Text span size="sm" fw={400} c={overdueSince === null ? 'dimmed' : 'red'}>
          {' '}
          {t(overdueSince === null ? 'overdue' : 'unattended')}
        </Text>
      )}
    </>
  );
}

function Whose({ callback: { queueId, agentId, zone, local, dueAt, nextAt } }: { callback: Callback }) {
  const { t } = useTranslation('callbacks');
  const myId = useSession((state) => state.session?.agentId);
  const queue = useLink((link) => (queueId === null ? undefined : link.picture.queues.get(queueId)));
  const agent = useColleague(agentId === myId ? null : agentId);
  const whose =
    queueId !== null
      ? t('queueOf', { name: queue?.name ?? queueId })
      : agentId === myId
        ? t('personal')
        : t('personalOf', { name: agent?.name ?? agentId ?? '' });
  const there =
    zone === ownZone() ? null : t('customersTime', { time: when(nextAt ?? dueAt, 'dayAndTime', language(), zone) });
  return (
    <Text size="xs" c="dimmed" title={`${local} ${zone}`}>
      {there === null ? whose : `${whose} · ${there}`}
    </Text>
  );
}

function Actions({ callback, onEdit }: Props) {
  const { t } = useTranslation('callbacks');
  const myId = useSession((state) => state.session?.agentId);
  const { callNow, cancel, takeOver, busy } = useCallbackActions(callback);
  const isMine = callback.queueId === null && callback.agentId === myId;
  const whom = callback.name === '' ? callback.number : callback.name;
  return (
    <Group gap={4} wrap="nowrap">
      <Button size="compact-sm" variant="default" loading={busy} visibleFrom="xs" onClick={callNow}>
        {t('callNow')}
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button size="compact-sm" variant="subtle" color="gray" aria-label={t('actions', { name: whom })}>
            ⋯
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item hiddenFrom="xs" onClick={callNow}>
            {t('callNow')}
          </Menu.Item>
          <Menu.Item onClick={() => onEdit(callback)}>{t('edit')}</Menu.Item>
          {!isMine && <Menu.Item onClick={takeOver}>{t('takeOver')}</Menu.Item>}
          <Menu.Item c="var(--danger)" onClick={cancel}>
            {t('cancelIt')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}
