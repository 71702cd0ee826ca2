/** The desk after login: status and connection above, calls always in sight where there is room, the other parts as tabs. */
import { Group, Loader, Tabs, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CallsBeside } from './calls/calls-beside.js';
import { CallsPane } from './calls/calls-pane.js';
import { useUndelivered } from './calls/telling.js';
import { DeskMenu } from './desk-menu.js';
import { useLink } from './link/link.js';
import { FaultBoundary } from './parts/fault-boundary.js';
import { useFocusKept } from './parts/focus-kept.js';
import { Icon, type IconName } from './parts/icons.js';
import { noMicrophone } from './phone/call-microphone.js';
import { PhoneIndicator } from './phone/phone-indicator.js';
import { usePhone } from './phone/phone-store.js';
import { useSession } from './session/session.js';
import { StatusMenu } from './status/status-menu.js';

const TABS = {
  contacts: lazy(() => import('./contacts/contacts-tab.js')),
  callbacks: lazy(() => import('./callbacks/callbacks-tab.js')),
  queues: lazy(() => import('./queues/queues-tab.js')),
  history: lazy(() => import('./history/history-tab.js')),
  card: lazy(() => import('./card/card-tab.js')),
};
type TabName = keyof typeof TABS;
const TAB_NAMES = Object.keys(TABS) as TabName[];
const ICONS: Readonly<Record<TabName | 'calls', IconName>> = {
  calls: 'phone',
  contacts: 'contacts',
  callbacks: 'clock',
  queues: 'queues',
  history: 'history',
  card: 'card',
};

export function Desk() {
  const wide = useMediaQuery('(min-width: 900px)', window.innerWidth >= 900);
  const [tab, setTab] = useState<TabName | 'calls'>('calls');
  const { t } = useTranslation('common');
  useUndelivered();
  useFocusKept();
  const shown = wide && tab === 'calls' ? 'card' : tab;
  const Tab = shown === 'calls' ? null : TABS[shown];
  return (
    <div className="desk">
      <a className="skip" href="#main">
        {t('skip')}
      </a>
      <Header />
      <Tabs value={shown} onChange={(value) => setTab((value ?? 'calls') as TabName | 'calls')} keepMounted={false}>
        <Tabs.List style={{ flexWrap: 'nowrap' }}>
          {!wide && <CallsLabel />}
          {TAB_NAMES.map((name) => (
            <TabLabel key={name} name={name} />
          ))}
        </Tabs.List>
      </Tabs>
      <main className="desk-main" id="main" tabIndex={-1}>
        {wide && (
          <section className="desk-pane desk-calls" aria-label={t('calls')} tabIndex={-1} data-home>
            <Calls />
          </section>
        )}
        {/* Where there is nothing to press, the keyboard reaches what is below the window's edge by the pane itself. */}
        <section className="desk-pane" aria-label={t(shown)} tabIndex={shown === 'queues' ? 0 : -1} data-home>
          {Tab === null ? (
            <Calls />
          ) : (
            <FaultBoundary key={shown}>
              <Suspense fallback={<Loader role="status" aria-label={t('loading')} />}>
                <Tab />
              </Suspense>
            </FaultBoundary>
          )}
        </section>
      </main>
      <Connection />
      <FaultBoundary>
        <CallsBeside inSight={wide || Tab === null} onBack={() => setTab('calls')} />
      </FaultBoundary>
    </div>
  );
}

function Calls() {
  return (
    <FaultBoundary>
      <CallsPane />
    </FaultBoundary>
  );
}

/** Marked while there are calls: another tab may be open. */
function CallsLabel() {
  const calls = (useMe()?.callIds.length ?? 0) > 0;
  return <TabLabel name="calls" {...(calls && { mark: 'callsThere' })} />;
}

function TabLabel({ name, mark }: { name: TabName | 'calls'; mark?: 'callsThere' }) {
  const { t } = useTranslation('common');
  return (
    <Tabs.Tab value={name} className="desk-tab" aria-description={mark && t(mark)}>
      <span className="desk-tab-inner" data-marked={mark}>
        <Icon name={ICONS[name]} />
        {t(name)}
      </span>
    </Tabs.Tab>
  );
}

function Header() {
  const me = useMe();
  return (
    <header>
      <Group px="sm" py={6} gap="xs" wrap="nowrap" justify="space-between">
        <Group gap="xs" wrap="nowrap" miw={0}>
          {me !== null && <StatusMenu agent={me} />}
          <Text size="sm" truncate fw={600} visibleFrom="xs">
            {me?.name}
          </Text>
        </Group>
        <Group gap={4} wrap="nowrap">
          <PhoneIndicator />
          <DeskMenu me={me} />
        </Group>
      </Group>
    </header>
  );
}

/** The agent's own picture. */
function useMe() {
  const agentId = useSession((state) => state.session?.agentId ?? '');
  return useLink((link) => link.picture.agents.get(agentId) ?? null);
}

/** Said at once and kept in sight while it lasts. */
function Connection() {
  const { t } = useTranslation('common');
  const { t: tp } = useTranslation('phone');
  const state = useLink((link) => link.state);
  const stale = useLink((link) => link.staleSince !== null);
  const inCall = usePhone(({ calls }) => calls.length > 0);
  // The phone has a connection of its own, which is found dead sooner.
  const phoneLost = usePhone((phone) => phone.state === 'connecting') && inCall && state !== 'connecting';
  const lost = state === 'lost' ? t('connectionLost') : phoneLost ? tp('connectionLost') : '';
  const unheard = useUnheard();
  const words = lost || unheard || (state === 'connecting' ? t('connecting') : stale ? t('pbxAway') : '');
  return (
    <div role="status">
      {words !== '' && (
        <Text size="sm" px="sm" py={4} c="white" bg={state === 'connecting' ? 'gray.7' : 'red.9'}>
          {words}
          {lost !== '' && inCall && ` ${tp('callKept')}`}
        </Text>
      )}
    </div>
  );
}

/** The microphone was taken away in the middle of a call: why, and what can be done. */
function useUnheard(): string {
  const { t } = useTranslation('phone');
  const unheard = usePhone(({ calls }) => calls.some((call) => call.unheard));
  const why = usePhone(({ microphone }) => noMicrophone(microphone));
  return unheard ? [t('unheard'), why && t(`noMicrophone.${why}`), t('unheardHint')].filter(Boolean).join(' ') : '';
}
