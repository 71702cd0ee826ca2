/** Messages that callers have left, new ones marked; each is heard in place. */
import { ActionIcon, Badge, Box, Button, Group, Menu, Paper, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Shown } from '../contacts/contact-window.js';
import { useLink } from '../link/link.js';
import { useAnswer, useCommand } from '../link/use-command.js';
import { CallButton } from '../parts/call-button.js';
import { asDuration, useNow } from '../parts/duration.js';
import { Icon } from '../parts/icons.js';
import { NothingHere, SkeletonRows } from '../parts/placeholders.js';
import { dialableOf, telephone } from '../parts/telephone.js';
import { shortWhen } from '../parts/when.js';
import { language } from '../words/i18n.js';
import { Player } from './player.js';

interface Voicemail {
  readonly id: string;
  readonly queueId: string | null;
  readonly fromNumber: string;
  readonly fromName: string;
  readonly createdAt: number;
  readonly durationMs: number;
  readonly heardAt: number | null;
}

const NAME = 'voicemail.list';
const AGAIN_MS = 15_000;

export function VoicemailList({ onShow }: { onShow: (shown: Shown) => void }) {
  const { t } = useTranslation('history');
  const { data } = useAnswer<readonly Voicemail[]>(NAME, { limit: 200 }, { againMs: () => AGAIN_MS });
  if (data === undefined) return <SkeletonRows height={56} />;
  if (data.length === 0) return <NothingHere words={t('noneVoicemail')} hint={t('noneVoicemailHint')} />;
  return (
    <Stack component="ul" gap={6} p={0} m={0} style={{ listStyle: 'none' }} aria-label={t('voicemail')}>
      {data.map((message) => (
        <OneMessage key={message.id} message={message} onShow={onShow} />
      ))}
    </Stack>
  );
}

interface MessageProps {
  readonly message: Voicemail;
  readonly onShow: (shown: Shown) => void;
}

function OneMessage({ message, onShow }: MessageProps) {
  const { t } = useTranslation('history');
  const [opened, setOpened] = useState(false);
  const now = useNow();
  const queue = useLink((link) => link.picture.queues.get(message.queueId ?? '')?.name);
  const { mark } = useMessage(message);
  const name = message.fromName || telephone(message.fromNumber) || t('anonymous');
  return (
    <Paper component="li" withBorder px="xs" py={6}>
      <Group gap="xs" wrap="nowrap">
        <div style={{ flex: 1, minWidth: 0 }}>
          <Text fw={message.heardAt === null ? 700 : 500} truncate title={name}>
            {name}
          </Text>
          <Group gap={6} wrap="nowrap">
            {message.heardAt === null && (
              <Badge size="sm" tt="none" style={{ flexShrink: 0 }}>
                {t('isNew')}
              </Badge>
            )}
            <Text size="sm" c="dimmed" truncate>
              {shortWhen(message.createdAt, now, language())} · {asDuration(message.durationMs)}
              {queue !== undefined && ` · ${t('forQueue', { name: queue })}`}
            </Text>
          </Group>
        </div>
        <Button size="compact-sm" variant="light" aria-expanded={opened} onClick={() => setOpened(!opened)}>
          {t(opened ? 'hide' : 'listen')}
        </Button>
        {dialableOf(message.fromNumber) !== null && <CallButton number={message.fromNumber} name={name} />}
        <MessageMenu message={message} onShow={onShow} />
      </Group>
      {opened && (
        <Box mt={6}>
          <Player
            path={`voicemail/${message.id}/audio`}
            label={t('messageFrom', { name })}
            onPlay={() => message.heardAt === null && mark(true)}
          />
        </Box>
      )}
    </Paper>
  );
}

function MessageMenu({ message, onShow }: MessageProps) {
  const { t } = useTranslation('history');
  const { mark, remove } = useMessage(message);
  const { fromName, fromNumber, heardAt } = message;
  const contact = { name: fromName, numbers: [{ number: fromNumber, label: '' }], clientCode: '' };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={t('messageFrom', { name: fromName || fromNumber })}
        >
          <Icon name="more" size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => mark(heardAt === null)}>{t(heardAt === null ? 'markHeard' : 'markNew')}</Menu.Item>
        <Menu.Item onClick={() => onShow({ what: 'callback', contact })}>{t('callback')}</Menu.Item>
        <Menu.Item onClick={() => onShow({ what: 'form', contact })}>{t('addContact')}</Menu.Item>
        <Menu.Divider />
        <Menu.Sub>
          <Menu.Sub.Target>
            <Menu.Sub.Item c="var(--danger)">{t('removeMessage')}</Menu.Sub.Item>
          </Menu.Sub.Target>
          <Menu.Sub.Dropdown>
            {/* Asked once more, since nothing brings it back. */}
            <Menu.Item c="var(--danger)" onClick={remove}>
              {t('removeForGood')}
            </Menu.Item>
          </Menu.Sub.Dropdown>
        </Menu.Sub>
      </Menu.Dropdown>
    </Menu>
  );
}

function useMessage({ id }: Voicemail) {
  const answers = useQueryClient();
  const marking = useCommand<{ voicemailId: string; heard: boolean }>('voicemail.mark');
  const removing = useCommand<{ voicemailId: string }>('voicemail.remove');
  const then = async (done: Promise<boolean>) => {
    if (await done) await answers.invalidateQueries({ queryKey: [NAME] });
  };
  return {
    mark: (heard: boolean) => void then(marking.run({ voicemailId: id, heard })),
    remove: () => void then(removing.run({ voicemailId: id })),
  };
}
