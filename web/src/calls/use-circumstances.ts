/** What the line's buttons need to know of the world: all lines of this agent, and whether commands can go out. */
import { useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { AgentView, CallView } from '../../../src/app/view.js';
import { useLink } from '../link/link.js';
import { useSession } from '../session/session.js';
import { callbackCallsOf, type Incoming, incomingOf, type Panel, panelsOf } from './lines.js';
import { concerns } from './own-calls.js';
import { type Reason, whyNothing } from './possible.js';

export function useLines(): { readonly panels: readonly Panel[]; readonly incoming: readonly Incoming[] } {
  const agentId = useSession((state) => state.session?.agentId ?? '');
  const calls = useOwnCalls();
  const callbacks = useLink((link) => link.picture.callbacks);
  return useMemo(
    () => ({
      panels: panelsOf(calls, agentId),
      incoming: incomingOf(calls, agentId, callbackCallsOf(callbacks.values())),
    }),
    [calls, callbacks, agentId],
  );
}

/** Others' calls, of which a supervisor sees many, draw nothing anew. */
export function useOwnCalls(): readonly CallView[] {
  const agentId = useSession((state) => state.session?.agentId ?? '');
  return useLink(useShallow(({ picture }) => [...picture.calls.values()].filter((call) => concerns(call, agentId))));
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
