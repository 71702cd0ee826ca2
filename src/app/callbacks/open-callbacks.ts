/** Callbacks put together with the rest of the centre. */

import { isOfferable } from '../../core/agent/availability.js';
import type { AgentId, CallId, QueueId } from '../../core/call/state.js';
import type { Callback } from '../../core/callback/callback.js';
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
import { CALLBACK_DEFAULTS } from './settings.js';
import type { CallbackStore } from './store.js';
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
    settings: () => CALLBACK_DEFAULTS,
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
  return { operations, scheduler, upcoming, abandoned };
}

/** Who could take a call, and how it is begun and ended. */
function dialling({ phones, switchboard, dispatcher, agents, routing, clock, isInCharge }: CallbackParts) {
  return {
    mayDial: () => phones.status === 'connected' && isInCharge(),
    newCallId: () => phones.newCallId(),
    isLive: (callId: CallId) => switchboard.mailbox(callId)?.call?.phase === 'live',
    capacity: (queueId: QueueId) => {
      const desk = dispatcher.desk(queueId);
      return { free: desk?.ranking.size ?? 0, seeking: desk?.seeking.size ?? 0 };
    },
    isFree: (agentId: AgentId) => {
      const agent = agents.get(agentId);
      return agent !== undefined && isOfferable(agent, routing().settings.policy, clock.now());
    },
    dial: (callback: Callback, callId: CallId) => {
      const beginning = attemptCall(routing(), callback, callId);
      if (beginning !== null) switchboard.originate(callId, beginning);
      return beginning !== null;
    },
    endCall: (callId: CallId) => void switchboard.mailbox(callId)?.decideNow({ type: 'end' }),
  };
}
