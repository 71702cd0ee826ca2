/** An agent talks on one line at a time: taking up a line of one call puts the agent's lines of other calls on hold. */
import type { Agent } from '../core/agent/state.js';
import { coachingBy } from '../core/call/coaching.js';
import type { CallEvent } from '../core/call/event.js';
import { activeLine, ownLeg } from '../core/call/line.js';
import { type AgentId, agentsIn, type Call, type CallId } from '../core/call/state.js';
import type { CallMailbox } from './call-mailbox.js';

export interface OneAtATimePorts {
  readonly mailbox: (id: CallId) => CallMailbox | undefined;
  readonly callIdsOf: (agentId: AgentId) => readonly CallId[];
}

/** To be told of every change of a call, after its agents. */
export function holdOthers(
  { mailbox, callIdsOf }: OneAtATimePorts,
  before: Call | null,
  after: Call,
  events: readonly CallEvent[],
): void {
  if (!events.some(({ type }) => TAKES_UP.has(type))) return;
  for (const agentId of agentsIn(after)) {
    const others = callIdsOf(agentId).filter((id) => id !== after.id);
    if (others.length === 0 || !takesPart(after, agentId) || (before !== null && takesPart(before, agentId))) continue;
    for (const id of others) {
      const box = mailbox(id);
      if (box?.call && takesPart(box.call, agentId)) box.decideNow({ type: 'stepAside', agentId });
    }
  }
}

const TAKES_UP: ReadonlySet<CallEvent['type']> = new Set([
  'call.started',
  'call.connected',
  'leg.answered',
  'line.opened',
  'line.joined',
  'line.resumed',
  'legs.adopted',
  'coach.joined',
]);

export function takesPart(call: Call, agentId: AgentId): boolean {
  const leg = ownLeg(call, agentId);
  return leg !== null && (activeLine(call, leg.id) !== null || coachingBy(call, leg.id) !== null);
}

/** Nobody rings the agent, and the agent talks to nobody: calls on hold are no hindrance. */
export function mayBeRung(agent: Agent | undefined, callOf: (id: CallId) => Call | null): boolean {
  if (agent === undefined || agent.offeredCallId !== null) return false;
  return agent.callIds.every((callId) => {
    const call = callOf(callId);
    return call !== null && ownLeg(call, agent.id) !== null && !takesPart(call, agent.id);
  });
}
