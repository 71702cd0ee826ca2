/** The login page. What was typed stays when a login is refused; the reason is shown beside it and read out. */
import { Alert, Anchor, Box, Button, Center, Paper, PasswordInput, Stack, TextInput, Title } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asCommandError, LINK_CODE } from '../link/command-error.js';
import { refusalWords } from '../words/refusals.js';
import { parseServerAddress, serverAddress } from './server-address.js';
import { logIn, useSession } from './session.js';

export function LoginPage() {
  const { t } = useTranslation('session');
  const form = useForm();
  return (
    <Center mih="100dvh" p="md">
      <Paper withBorder shadow="sm" radius="md" p="lg" w="100%" maw={400} component="main" id="main" pos="relative">
        <Told refused={form.refused} />
        <form onSubmit={(event) => void form.submit(event)}>
          <Stack>
            <Title order={1} size="h3">
              {t('title')}
            </Title>
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
              value={form.login}
              onChange={(event) => form.setLogin(event.currentTarget.value)}
            />
            <PasswordInput
              ref={form.passwordField}
              label={t('password')}
              name="password"
              autoComplete="current-password"
              maxLength={128}
              required
              visibilityToggleButtonProps={{ 'aria-label': t('showPassword') }}
              value={form.password}
              onChange={(event) => form.setPassword(event.currentTarget.value)}
            />
            <Button type="submit" loading={form.busy}>
              {t('logIn')}
            </Button>
            <ServerSetting />
          </Stack>
        </form>
      </Paper>
    </Center>
  );
}

function useForm() {
  const { t } = useTranslation('session');
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [refused, setRefused] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const passwordField = useRef<HTMLInputElement>(null);
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
      // To be typed anew at once.
      passwordField.current?.select();
    }
  };
  return { login, setLogin, password, setPassword, refused, busy, submit, passwordField };
}

/** Why a login was refused, or why the page is shown though somebody was logged in. Above the form: nothing in it jumps. */
function Told({ refused }: { refused: string | null }) {
  const { t } = useTranslation('session');
  const ended = useSession((state) => state.ended);
  return (
    <Box pos="absolute" bottom="100%" left={0} right={0} pb="xs" role="alert">
      {(refused ?? ended) !== null && (
        <Alert color={refused === null ? 'yellow' : 'red'} variant="light" py={8}>
          {refused ?? (ended !== null && t(ended))}
        </Alert>
      )}
    </Box>
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
