/** Callbacks put together with the rest of the centre. */
import { isOfferable } from '../../core/agent/availability.js';
import type { Agents } from '../agents.js';
import type { Dispatcher } from '../dispatcher.js';
import type { History } from '../history/store.js';
import type { PhoneSystem } from '../phone-system.js';
import type { Clock, Log } from '../ports.js';
import type { RoutingState } from '../routing.js';
import type { Switchboard } from '../switchboard.js';
import type { Change } from '../view.js';
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
}

export function openCallbacks(parts: CallbackParts): {
  readonly operations: Callbacks;
  readonly scheduler: CallbackScheduler;
  readonly upcoming: UpcomingCallbacks;
} {
  const { store, history, clock, log, phones, switchboard, dispatcher, agents, routing, tell } = parts;
  const scheduler = new CallbackScheduler({
    ...{ store, history, clock, log },
    settings: () => CALLBACK_DEFAULTS,
    mayDial: () => phones.status === 'connected',
    newCallId: () => phones.newCallId(),
    isLive: (callId) => switchboard.mailbox(callId)?.call?.phase === 'live',
    capacity: (queueId) => {
      const desk = dispatcher.desk(queueId);
      return { free: desk?.ranking.size ?? 0, seeking: desk?.seeking.size ?? 0 };
    },
    isFree: (agentId) => {
      const agent = agents.get(agentId);
      return agent !== undefined && isOfferable(agent, routing().settings.policy, clock.now());
    },
    dial: (callback, callId) => {
      const beginning = attemptCall(routing(), callback, callId);
      if (beginning !== null) switchboard.originate(callId, beginning);
      return beginning !== null;
    },
  });
  const operations = new Callbacks({ store, clock, routing, changed: () => scheduler.wake() });
  const upcoming = new UpcomingCallbacks({
    ...{ store, clock, log, tell },
    settings: () => routing().settings,
    membersOf: (queueId) => dispatcher.desk(queueId)?.memberIds ?? [],
  });
  return { operations, scheduler, upcoming };
}
