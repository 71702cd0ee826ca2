/** Callbacks put together with the rest of the centre. */
import { isOfferable, willReceive } from '../../core/agent/availability.js';
import type { AgentId, CallId, QueueId } from '../../core/call/state.js';
import type { Callback } from '../../core/callback/callback.js';
import type { Away } from '../../core/callback/rule.js';
import { type Turn, turnOf } from '../../core/callback/turn.js';
import type { Agents } from '../agents.js';
import type { Dispatcher } from '../dispatcher.js';
import type { History } from '../history/store.js';
import type { PhoneSystem } from '../phone-system.js';
import type { Clock, Log } from '../ports.js';
import type { RoutingState } from '../routing.js';
import type { Switchboard } from '../switchboard.js';
import type { Change } from '../view.js';
import { AbandonedCallers } from './abandoned.js';
import { attemptCall } from './attempt-call.js';
import { Callbacks } from './callbacks.js';
import { CallbackScheduler } from './scheduler.js';
import type { CallbackStore } from './store.js';
import type { TakersPorts } from './takers.js';
import { UpcomingCallbacks } from './upcoming.js';

export interface CallbackParts {
  readonly store: CallbackStore;
  readonly history: History;
  readonly clock: Clock;
  readonly log: Log;
  readonly phones: PhoneSystem;
  readonly switchboard: Switchboard;
  readonly dispatcher: Dispatcher;
  readonly agents: Agents;
  readonly routing: () => RoutingState;
  readonly tell: (change: Change) => void;
  readonly isInCharge: () => boolean;
}

/** Callbacks as the centre has them, by part. */
export interface OpenCallbacks {
  readonly operations: Callbacks;
  readonly scheduler: CallbackScheduler;
  readonly upcoming: UpcomingCallbacks;
  readonly abandoned: AbandonedCallers;
}

export function openCallbacks(parts: CallbackParts): OpenCallbacks {
  const { store, history, clock, log, switchboard, dispatcher, routing, tell } = parts;
  const scheduler: CallbackScheduler = new CallbackScheduler({
    ...dialling(parts),
    ...{ store, history, clock, log },
    customerSince: (callback) => abandoned.customerSince(callback),
  });
  const operations = new Callbacks({ store, history, clock, routing, changed: () => scheduler.wake() });
  const upcoming = new UpcomingCallbacks({
    ...{ store, clock, log, tell },
    settings: () => routing().settings,
    membersOf: (queueId) => dispatcher.desk(queueId)?.memberIds ?? [],
  });
  const abandoned = new AbandonedCallers({
    ...{ store, history, clock, log },
    settings: () => routing().settings,
    offer: (promised) => operations.offer(promised),
    callsNow: (number) =>
      [...switchboard.calls()].some(
        (call) => call.phase === 'live' && call.direction === 'inbound' && call.from.number === number,
      ),
    withdraw: (callback) => scheduler.withdraw(callback),
  });
  dispatcher.agentsKept = (queueId, head) =>
    scheduler.agentsKept(queueId, head, switchboard.mailbox(head.callId)?.call?.from.number ?? '');
  return { operations, scheduler, upcoming, abandoned };
}

/** How an attempt's call is begun and ended. */
function dialling(parts: CallbackParts) {
  const { phones, switchboard, dispatcher, routing, isInCharge } = parts;
  const takers = takersIn(parts);
  return {
    takers,
    mayDial: () => phones.status === 'connected' && isInCharge(),
    newCallId: () => phones.newCallId(),
    isKnown: (callId: CallId) => switchboard.mailbox(callId) !== undefined,
    dial: (callback: Callback, callId: CallId, agentId: AgentId | null) => {
      if (agentId !== null && takers.agentNow(agentId) !== 'free') return 'agentTaken';
      const beginning = attemptCall(routing(), callback, callId, agentId);
      if (beginning !== null) switchboard.originate(callId, beginning);
      return beginning === null ? 'impossible' : 'begun';
    },
    dispatch: (queueId: QueueId) => dispatcher.dispatchQueue(queueId),
    endCall: (callId: CallId) => void switchboard.mailbox(callId)?.decideNow({ type: 'end' }),
  } as const;
}

function takersIn({ dispatcher, agents, routing, clock }: CallbackParts): TakersPorts {
  return {
    queueRule: (queueId: QueueId) => routing().settings.queues.get(queueId)?.callbacks,
    personalRule: () => routing().settings.centre.personalCallbacks,
    turn: (callback: Callback) =>
      turnOf(callback, routing().settings.queues.get(callback.queueId ?? '')?.priority ?? 0),
    capacity: (queueId: QueueId, turn: Turn) => {
      const desk = dispatcher.desk(queueId);
      return {
        free: desk?.ranking ?? [],
        size: desk?.ranking.size ?? 0,
        seeking: desk?.seeking.countBefore(turn) ?? 0,
      };
    },
    agentNow: (agentId: AgentId): Away | 'free' => {
      const agent = agents.get(agentId);
      const { policy } = routing().settings;
      if (agent === undefined || agent.session === null) return 'loggedOut';
      if (isOfferable(agent, policy, clock.now())) return 'free';
      return willReceive(agent, policy) ? 'busy' : 'notReady';
    },
  };
}
