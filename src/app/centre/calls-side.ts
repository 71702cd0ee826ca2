/** The calls' side of the centre: every live call, what follows a call's changes, who is turned away, and the looks at Asterisk. */
import type { QueueId } from '../../core/call/state.js';
import { CallFollowers } from '../call-followers.js';
import { mayPress } from '../keys/key-presses.js';
import { Overload } from '../overload.js';
import type { Arrival } from '../phone-system.js';
import { receive } from '../receive.js';
import { Reconciler } from '../reconciler.js';
import { Scripts } from '../scripts.js';
import { Switchboard } from '../switchboard.js';
import { TurnedAway } from '../turned-away.js';
import type { AgentsSide } from './agents-side.js';
import type { Ground } from './ground.js';
import type { Part } from './part.js';

export interface CallsSide {
  readonly followers: CallFollowers;
  readonly scripts: Scripts;
  readonly turnedAway: TurnedAway;
  readonly switchboard: Switchboard;
  readonly reconciler: Reconciler;
}

export interface ToldOfCalls extends Pick<Required<Part>, 'callPublished'> {
  readonly queueChanged: (queueId: QueueId) => void;
}

export function openCalls(ground: Ground, { agents, dispatcher }: AgentsSide, told: ToldOfCalls): CallsSide {
  const { ports, settings, digits, routing, addressBook, stream } = ground;
  const { journal, phones, clock, log, recordings, execute, keySender } = ports;
  const scripts = new Scripts(() => switchboard);
  const followers = new CallFollowers({
    ...{ journal, phones, clock, log, agents, dispatcher, routing, scripts, digits, execute, keySender, settings },
    mayWriteRecordings: () => recordings.mayRecord(),
    switchboard: () => switchboard,
  });
  const toBeReceived = (arrival: Arrival) => receive(routing(), arrival);
  const overload = new Overload({ ...ports.load, log, liveCalls: () => switchboard.size });
  const { queueChanged } = told;
  const turnedAway = new TurnedAway({
    ...{ overload, journal, clock, log, dispatcher, stream, receive: toBeReceived, queueChanged },
  });
  const switchboard: Switchboard = new Switchboard({
    ...{ journal, phones, clock, log, receive: toBeReceived },
    mayPress: (call, legId) => mayPress(settings(), call, legId),
    turnsAway: (arrival) => !addressBook.isBlocked(arrival.from.number) && turnedAway.turnsAway(arrival),
    listener: {
      decided: (before, after, events) => followers.callDecided(before, after, events),
      published: (call, events) => told.callPublished(call, events),
    },
  });
  const reconciler = new Reconciler(phones, switchboard, log, ports.reconcileMs, () => {
    followers.checkAll();
    dispatcher.dispatchAll();
  });
  return { followers, scripts, turnedAway, switchboard, reconciler };
}
