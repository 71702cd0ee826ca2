/** The menu at the top right: language and colours with a tick at what is chosen, prepared messages, the live page, logging out. */
import { ActionIcon, Box, Menu, useMantineColorScheme } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgentView } from '../../src/app/view.js';
import { asCommandError } from './link/command-error.js';
import { MessagesWindow } from './messages/messages-window.js';
import { Icon } from './parts/icons.js';
import { tellRefusal } from './parts/notices.js';
import { rememberOpener } from './parts/opener.js';
import { logOut } from './session/session.js';
import { LANGUAGES, language, setLanguage } from './words/i18n.js';

export function DeskMenu({ me }: { me: AgentView | null }) {
  const { t } = useTranslation('common');
  const { t: ts } = useTranslation('session');
  const inCall = (me?.callIds.length ?? 0) > 0;
  const [messages, setMessages] = useState(false);
  const openMessages = () => {
    rememberOpener();
    setMessages(true);
  };
  const leave = () => logOut().catch((error: unknown) => tellRefusal(asCommandError(error)));
  return (
    <>
      <Menu position="bottom-end" checkIcon={<Icon name="check" size={16} />}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('settings')}>
            <Icon name="menu" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{me?.name}</Menu.Label>
          <Languages />
          <Appearances />
          <Menu.Divider />
          <Menu.Item onClick={openMessages}>{t('messages')}</Menu.Item>
          <Menu.Item component="a" href="live/">
            {t('livePage')}
          </Menu.Item>
          <Menu.Item disabled={inCall} onClick={() => void leave()}>
            {ts('logOut')}
            {inCall && ` — ${ts('logOutRefusedInCall')}`}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <MessagesWindow opened={messages} onClose={() => setMessages(false)} />
    </>
  );
}

function Languages() {
  const { t } = useTranslation('common');
  return (
    <Box role="group" aria-label={t('language')}>
      <Menu.Label aria-hidden>{t('language')}</Menu.Label>
      {LANGUAGES.map((one) => (
        <Menu.RadioItem
          key={one}
          value={one}
          checked={one === language()}
          lang={one}
          onChange={() => void setLanguage(one)}
        >
          {one === 'en' ? 'English' : 'Русский'}
        </Menu.RadioItem>
      ))}
    </Box>
  );
}

function Appearances() {
  const { t } = useTranslation('common');
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Box role="group" aria-label={t('appearance')}>
      <Menu.Label aria-hidden>{t('appearance')}</Menu.Label>
      {(['auto', 'light', 'dark'] as const).map((one) => (
        <Menu.RadioItem key={one} value={one} checked={one === colorScheme} onChange={() => setColorScheme(one)}>
          {t(one === 'auto' ? 'asSystem' : one)}
        </Menu.RadioItem>
      ))}
    </Box>
  );
}
