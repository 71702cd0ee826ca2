/** The login page. What was typed stays when a login is refused; the reason is shown beside it and read out. */
import { Alert, Anchor, Box, Button, Center, Paper, PasswordInput, Stack, TextInput, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asCommandError, LINK_CODE } from '../link/command-error.js';
import { refusalWords } from '../words/refusals.js';
import { parseServerAddress, serverAddress } from './server-address.js';
import { logIn, useSession } from './session.js';

export function LoginPage() {
  const { t } = useTranslation('session');
  const ended = useSession((state) => state.ended);
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [refused, setRefused] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setRefused(null);
    try {
      await logIn(login.trim(), password);
    } catch (thrown) {
      const error = asCommandError(thrown);
      setRefused(error.code === LINK_CODE.disconnected ? t('serverUnreachable') : refusalWords(error));
      setBusy(false);
    }
  };

  return (
    <Center mih="100dvh" p="md">
      <Paper withBorder shadow="sm" radius="md" p="lg" w="100%" maw={400} component="main" id="main">
        <form onSubmit={(event) => void submit(event)}>
          <Stack>
            <Title order={1} size="h3">
              {t('title')}
            </Title>
            {/* Room is kept, so that nothing jumps when a message comes. */}
            <Box mih={44} role="alert">
              {(refused ?? ended) !== null && (
                <Alert color={refused === null ? 'yellow' : 'red'} variant="light" py={8}>
                  {refused ?? (ended !== null && t(ended))}
                </Alert>
              )}
            </Box>
            <TextInput
              label={t('login')}
              name="login"
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              maxLength={128}
              required
              data-autofocus
              autoFocus
              value={login}
              onChange={(event) => setLogin(event.currentTarget.value)}
            />
            <PasswordInput
              label={t('password')}
              name="password"
              autoComplete="current-password"
              maxLength={128}
              required
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
            <Button type="submit" loading={busy}>
              {t('logIn')}
            </Button>
            <ServerSetting />
          </Stack>
        </form>
      </Paper>
    </Center>
  );
}

function ServerSetting() {
  const { t } = useTranslation('session');
  const [open, setOpen] = useState(false);
  const [given, setGiven] = useState(serverAddress);
  const [invalid, setInvalid] = useState(false);
  if (!open) {
    return (
      <Anchor component="button" type="button" size="sm" onClick={() => setOpen(true)}>
        {t('server')}
      </Anchor>
    );
  }
  const go = () => {
    const address = given.trim() === '' ? serverAddress() : parseServerAddress(given);
    setInvalid(address === null);
    if (address === serverAddress()) setOpen(false);
    else if (address !== null) window.location.assign(address);
  };
  return (
    <TextInput
      label={t('server')}
      description={t('serverHint')}
      error={invalid && t('serverInvalid')}
      value={given}
      inputMode="url"
      onChange={(event) => setGiven(event.currentTarget.value)}
      onBlur={go}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return;
        event.preventDefault();
        go();
      }}
    />
  );
}
