/** What a lamp on a desk phone says of an agent or of a queue. */
import { receives } from '../core/agent/availability.js';
import type { AgentPolicy } from '../core/agent/policy.js';
import type { Agent } from '../core/agent/state.js';
import { ownLeg } from '../core/call/line.js';
import type { Call, CallId } from '../core/call/state.js';
import { takesPart } from './one-at-a-time.js';

export type LampState = 'free' | 'inUse' | 'ringing' | 'busy' | 'onHold' | 'unavailable';

/** The panel of lamps that phones watch. */
export interface LampPanel {
  /** The lamps of ours, by name, and what they show; null when nobody says. A state that is not known is left out as if unlit. */
  read(): Promise<ReadonlyMap<string, LampState> | null>;
  /** Null: there is no such lamp any more. lost: no answer, it may or may not be done. */
  show(name: string, state: LampState | null): Promise<'done' | 'failed' | 'lost'>;
}

/**
 * Logged out: unavailable. Otherwise what the phones do: ringing before talking, so that a colleague can pick the call up; on hold when
 * all lines are. Without a call: free when queues' calls are received, else busy (not ready, wrap-up).
 */
export function agentLamp(agent: Agent, policy: AgentPolicy, callOf: (id: CallId) => Call | null): LampState {
  if (agent.offeredCallId !== null) return 'ringing';
  if (agent.callIds.length > 0) return agent.callIds.every((id) => isHeld(agent, callOf(id))) ? 'onHold' : 'inUse';
  if (agent.session === null) return 'unavailable';
  return receives(agent, policy) ? 'free' : 'busy';
}

/** Has a leg there, and takes part in no line of it. */
function isHeld(agent: Agent, call: Call | null): boolean {
  return call !== null && ownLeg(call, agent.id) !== null && !takesPart(call, agent.id);
}

/** Somebody who waits is shown first: also where no agent is there to take the call. */
export function queueLamp(waiting: number, receiving: number): LampState {
  if (waiting > 0) return 'ringing';
  return receiving === 0 ? 'unavailable' : 'free';
}
