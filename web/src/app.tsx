/** The frame around everything: theme, cache of answers, and either the login page or the desk. */
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { Desk } from './desk.js';
import { Notices } from './parts/notices.js';
import { theme } from './parts/theme.js';
import { LoginPage } from './session/login-page.js';
import { useSession } from './session/session.js';
import { VersionNotice } from './version/version-notice.js';

const colours = localStorageColorSchemeManager({ key: 'ringmaster.colours' });
const answers = new QueryClient();

export function App() {
  const session = useSession((state) => state.session);
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" colorSchemeManager={colours}>
      <QueryClientProvider client={answers}>
        {/* Keyed by the login: nothing of one agent is seen by the next one at this computer. */}
        {session === null ? <LoginPage /> : <Desk key={session.token} />}
        <Notices>
          <VersionNotice />
        </Notices>
      </QueryClientProvider>
    </MantineProvider>
  );
}

/** What was read for one agent is not shown to the next. */
useSession.subscribe((now, before) => {
  if (now.session?.token !== before.session?.token) answers.clear();
});
