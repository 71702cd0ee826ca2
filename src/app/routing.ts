/**
 * Where a call goes: from the number dialled, or from a configured destination, to a queue, a target that rings at once, or nowhere.
 * Reads only; the caller takes the claim of an agent that the answer names.
 */
import { randomUUID } from 'node:crypto';
import type { AgentId, CallId, LegToDial, Onward, Party, Target } from '../core/call/state.js';
import { DIALLABLE, matchesPattern } from '../core/dial-rule.js';
import { mayWait } from '../core/queue/empty-rule.js';
import type { Destination, QueueSettings } from '../core/queue/settings.js';
import { isRefusal, type Refusal, refuse } from '../core/refusal.js';
import type { Callers } from './contacts/callers.js';
import type { AgentAccount } from './directory.js';
import { intoScenario } from './scenarios/start.js';
import type { SettingsInForce } from './settings-in-force.js';

/** Overflow from queue to queue ends here: configured circles must not keep a call busy for ever. */
const MAX_HOPS = 5;

export interface RoutingState {
  readonly settings: SettingsInForce;
  readonly callers: Callers;
  /** May the agent be rung: nobody else rings the agent, and all calls the agent has are on hold? */
  isFree(agentId: AgentId): boolean;
  /** Does a phone of the agent ring? */
  isRung(agentId: AgentId): boolean;
  presence(queueId: string): { readonly loggedIn: number; readonly receiving: number };
}

let counter = 0;
/** Short, never used twice by this process, and unlike another process's. */
const RUN = randomUUID().slice(0, 8);

/** An id for a new leg, offer or announcement of the call. */
export function newId(callId: CallId): string {
  counter += 1;
  return `${callId}~${RUN}${counter.toString(36)}`;
}

/** The agent's devices as a target. */
export function agentTarget(callId: CallId, agent: AgentAccount, shows: Party, ringMs: number): Target {
  const legs: LegToDial[] = agent.devices.map((device) => ({
    id: newId(callId),
    address: device.address,
    autoAnswer: false,
  }));
  return { offerId: newId(callId), agentId: agent.id, party: partyOf(agent), shows, legs, ringMs };
}

export function partyOf(agent: AgentAccount): Party {
  return { number: agent.number, name: agent.name };
}

/** With the name from the address book, where the network gives none, or the number in its place. */
export function named({ callers }: RoutingState, party: Party): Party {
  if (/[^\d\s+()*#-]/.test(party.name)) return party;
  const name = callers.contactOf(party.number)?.name ?? '';
  return name === '' ? party : { ...party, name };
}

/** Where a call from outside goes. */
export function routeInbound(state: RoutingState, callId: CallId, from: Party, dialled: string): Onward {
  const route = state.settings.routes.get(dialled);
  return toDestination(state, callId, from, route?.to ?? state.settings.centre.defaultRoute, route?.priority ?? 0);
}

export function toDestination(
  state: RoutingState,
  callId: CallId,
  from: Party,
  destination: Destination,
  priority: number,
  hops = 0,
): Onward {
  if (hops >= MAX_HOPS) return { kind: 'nowhere', reason: 'fallback' };
  const { settings } = state;
  switch (destination.kind) {
    case 'queue': {
      const queue = settings.queues.get(destination.queueId);
      if (queue === undefined) return { kind: 'nowhere', reason: 'fallback' };
      if (mayWait(queue.joinWhenEmpty, state.presence(queue.id))) return intoQueue(queue, priority);
      return toDestination(state, callId, from, queue.overflow, priority, hops + 1);
    }
    case 'agent': {
      const agent = settings.agents.get(destination.agentId);
      if (agent === undefined || agent.devices.length === 0 || !state.isFree(agent.id)) {
        return { kind: 'nowhere', reason: 'fallback' };
      }
      return { kind: 'target', target: agentTarget(callId, agent, from, settings.centre.directRingMs) };
    }
    case 'number': {
      const inside = insideDestination(settings, destination.number);
      if (inside !== null) return toDestination(state, callId, from, inside, priority, hops + 1);
      const target = outsideTarget(state, callId, destination.number, from);
      return isRefusal(target) ? { kind: 'nowhere', reason: 'fallback' } : { kind: 'target', target };
    }
    case 'scenario':
      return intoScenario(settings, destination.scenarioId) ?? { kind: 'nowhere', reason: 'fallback' };
    case 'fallback':
      return { kind: 'nowhere', reason: 'fallback' };
    case 'hangup':
      return { kind: 'nowhere', reason: 'normal' };
  }
}

/** The agent or queue that has this internal number. */
function insideDestination(settings: SettingsInForce, number: string): Destination | null {
  const agent = settings.agentByNumber.get(number);
  if (agent !== undefined) return { kind: 'agent', agentId: agent.id };
  const queue = settings.queueByNumber.get(number);
  return queue === undefined ? null : { kind: 'queue', queueId: queue.id };
}

/** `priority` is added to the queue's own. */
export function intoQueue(queue: QueueSettings, priority: number): Onward {
  const { id: queueId, music, maxWaitMs } = queue;
  return { kind: 'queue', entry: { queueId, priority: queue.priority + priority, music, maxWaitMs } };
}

/** How somebody is rung: whom the phone shows, and for how long. */
export interface Ringing {
  readonly shows: Party;
  readonly ringMs: number;
}

/** Where an agent's call goes: an agent's number, a queue's number, or outside as far as the agent may. */
export function routeDialled(
  state: RoutingState,
  callId: CallId,
  by: AgentAccount,
  number: string,
  ringing: Ringing = { shows: partyOf(by), ringMs: state.settings.centre.directRingMs },
): Onward | Refusal {
  if (!DIALLABLE.test(number)) return refuse('numberInvalid', 'This is not a number that can be dialled.');
  const { settings } = state;
  const agent = settings.agentByNumber.get(number);
  if (agent !== undefined) {
    if (agent.id === by.id) return refuse('numberInvalid', 'This is your own number.');
    if (agent.devices.length === 0) return refuse('noDevice', 'The agent has no phone.');
    if (!state.isFree(agent.id)) return refuse('agentBusy', 'The agent is busy.');
    return { kind: 'target', target: agentTarget(callId, agent, ringing.shows, ringing.ringMs) };
  }
  const queue = settings.queueByNumber.get(number);
  if (queue !== undefined) return toDestination(state, callId, ringing.shows, { kind: 'queue', queueId: queue.id }, 0);
  if (!by.allow.some((pattern) => matchesPattern(pattern, number))) {
    return refuse('numberNotAllowed', 'You may not dial this number.');
  }
  const target = outsideTarget(state, callId, number, ringing.shows);
  return isRefusal(target) ? target : { kind: 'target', target: { ...target, ringMs: ringing.ringMs } };
}

/** An outside number by the first outgoing rule that matches. */
export function outsideTarget(state: RoutingState, callId: CallId, number: string, from: Party): Target | Refusal {
  const { settings } = state;
  const rule = settings.outgoingRules.find((candidate) => matchesPattern(candidate.pattern, number));
  if (rule === undefined) return refuse('noOutgoingRule', 'No rule says how to dial this number.');
  const sent = rule.prepend + number.slice(rule.strip);
  if (!DIALLABLE.test(sent))
    return refuse('numberInvalid', 'The outgoing rule makes no number of it that can be dialled.');
  const leg = { id: newId(callId), address: rule.address.replaceAll('{number}', sent), autoAnswer: false };
  return {
    offerId: newId(callId),
    agentId: null,
    party: named(state, { number, name: '' }),
    shows: { number: rule.callerNumber ?? from.number, name: from.name },
    legs: [rule.detectMachines ? { ...leg, detectMachine: true } : leg],
    ringMs: settings.centre.directRingMs,
  };
}
