/** What the line's buttons need to know of the world: all lines of this agent, and whether commands can go out. */
import { useMemo } from 'react';
import type { AgentView } from '../../../src/app/view.js';
import { useLink } from '../link/link.js';
import { useSession } from '../session/session.js';
import { callbackCallsOf, type Incoming, incomingOf, type Panel, panelsOf } from './lines.js';
import { type Reason, whyNothing } from './possible.js';

export function useLines(): { readonly panels: readonly Panel[]; readonly incoming: readonly Incoming[] } {
  const agentId = useSession((state) => state.session?.agentId ?? '');
  const calls = useLink((link) => link.picture.calls);
  const callbacks = useLink((link) => link.picture.callbacks);
  return useMemo(
    () => ({
      panels: panelsOf(calls.values(), agentId),
      incoming: incomingOf(calls.values(), agentId, callbackCallsOf(callbacks.values())),
    }),
    [calls, callbacks, agentId],
  );
}

/** Why no command at all can be done now, else null. */
export function useWhyNothing(): Reason | null {
  const connected = useLink((link) => link.state === 'live');
  const pbxHeard = useLink((link) => link.staleSince === null);
  return whyNothing({ connected, pbxHeard });
}

export function useOwnAgent(): AgentView | null {
  const agentId = useSession((state) => state.session?.agentId ?? '');
  return useLink((link) => link.picture.agents.get(agentId) ?? null);
}

/** The own account may start and stop recordings. */
export function useMayRecord(): boolean {
  return useOwnAgent()?.mayRecord ?? false;
}
