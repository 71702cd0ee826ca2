/** Commands: may this be done to this call now, and what happens then? Pure; a refusal changes nothing. */
import { isRefusal, type Refusal, refuse } from '../refusal.js';
import { coach, leavesCoaching, setCoachMode, stopCoaching } from './coaching.js';
import type { AgentsCommand, Beginning, CallCommand } from './command.js';
import { settled } from './consequences.js';
import { cancelMove, moveToDevice } from './device-move.js';
import { releaseAll } from './ending.js';
import type { CallEventBody } from './event.js';
import { start } from './evolve.js';
import { lineOf, ownLeg } from './line.js';
import * as moving from './moving.js';
import { failOffer, offered } from './offer.js';
import { goOnward } from './onward.js';
import * as own from './own-lines.js';
import * as parking from './parking.js';
import * as pickingUp from './picking-up.js';
import { ringAgain } from './ringing-again.js';
import { scripted } from './script.js';
import type { Call, CallId, Instant, Line, LiveCall } from './state.js';
import { agentsIn, waitingLine } from './state.js';

type Decided = readonly CallEventBody[] | Refusal;

/** The first events of a call. */
export function begin(id: CallId, beginning: Beginning, now: Instant): readonly CallEventBody[] {
  const { direction, from, dialled, language, hangUpRule, holdMusic } = beginning;
  const common = { type: 'call.started', direction, from, dialled, language, hangUpRule, holdMusic } as const;
  if (beginning.type === 'originate') {
    const { own: target, next, queueId } = beginning;
    const forQueue = queueId === undefined ? {} : { queueId };
    const started = { ...common, ...forQueue, leg: null, next, agentId: target.agentId };
    const { lineId } = firstLine(start(id, started, now));
    return [started, offered(target, lineId, 'own', now)];
  }
  const { leg, waitingSince } = beginning;
  // A clock of the PBX that is ahead of ours makes nobody wait for less than no time.
  const since = waitingSince === undefined ? {} : { waitingSince: Math.min(waitingSince, now) };
  const started = { ...common, ...since, leg, next: null, agentId: leg.agentId };
  const call = start(id, started, now);
  return [started, ...goOnward(beginning.onward, call, firstLine(call).lineId, [leg.id], now)];
}

function firstLine(call: LiveCall): { readonly lineId: string } {
  return { lineId: call.lines[0]?.id ?? '' };
}

export function decide(call: Call, command: CallCommand, now: Instant): Decided {
  if (call.phase === 'ended') return refuse('callEnded', 'The call has ended.');
  const events = 'agentId' in command ? askedByAgent(call, command, now) : asked(call, command, now);
  return isRefusal(events) ? events : settled(call, events, now);
}

function asked(call: LiveCall, command: Exclude<CallCommand, AgentsCommand>, now: Instant): Decided {
  switch (command.type) {
    case 'offer':
    case 'leaveQueue':
    case 'announce':
      return toWaiting(call, command, now);
    case 'moveOn': {
      const line = lineOf(call, command.lineId);
      const waits = line?.stay != null ? line.stay.leaving !== null : line?.orphan != null && line.offers.length === 0;
      if (line === null || !waits) return own.wrongState(call);
      return goOnward(command.onward, call, line.id, legIdsOf(line), now);
    }
    case 'recall': {
      const line = lineOf(call, command.lineId);
      if (line?.orphan?.stage !== 'recall' || line.offers.length > 0) return own.wrongState(call);
      const { agentId } = command.target;
      if (agentId !== null && ownLeg(call, agentId) !== null) {
        return refuse('agentBusy', 'The agent is already part of this call.');
      }
      return [offered(command.target, line.id, 'recall', now)];
    }
    case 'scriptAnswer':
    case 'scriptSay':
    case 'scriptHush':
    case 'scriptTag':
    case 'scriptRate':
    case 'scriptStep':
    case 'scriptGo':
    case 'scriptTake':
      return scripted(call, command, now);
    case 'coach':
      return coach(call, command, now);
    case 'coachMode':
      return setCoachMode(call, command);
    case 'stopCoaching':
      return stopCoaching(call, command);
    case 'end':
      return releaseAll(call, 'cancelled', 'normal', now);
  }
}

/** What concerns the line that waits in a queue. */
function toWaiting(
  call: LiveCall,
  command: Extract<CallCommand, { type: 'offer' | 'leaveQueue' | 'announce' }>,
  now: Instant,
): Decided {
  const line = waitingLine(call);
  if (line === null || line.stay.leaving !== null) return own.wrongState(call);
  const { id: lineId, stay } = line;
  switch (command.type) {
    case 'offer': {
      const { agentId } = command.target;
      if (agentId !== null && agentsIn(call).includes(agentId)) {
        return refuse('agentBusy', 'The agent is already part of this call.');
      }
      return [offered(command.target, lineId, 'queue', now)];
    }
    case 'leaveQueue': {
      const { queueId } = stay;
      const offers = line.offers.flatMap((offer) => failOffer(call, offer, queueId, 'withdrawn', 'normal'));
      return [...offers, { type: 'queue.left', lineId, queueId, reason: command.reason }];
    }
    case 'announce': {
      if (line.announcement !== null) return own.wrongState(call);
      const { announcementId, items, timeoutMs } = command;
      return [
        { type: 'announcement.started', lineId, ending: 'wait', announcementId, items, deadlineAt: now + timeoutMs },
      ];
    }
  }
}

function legIdsOf(line: Line): readonly string[] {
  return line.members.map(({ legId }) => legId);
}

function askedByAgent(call: LiveCall, command: AgentsCommand, now: Instant): Decided {
  switch (command.type) {
    case 'hangUp':
      return leavesCoaching(call, command.agentId) ?? own.hangUp(call, command, now);
    case 'hold':
      return own.hold(call, command);
    case 'resume':
      return own.resume(call, command);
    case 'stepAside': {
      const leg = ownLeg(call, command.agentId);
      if (leg === null) return own.NO_SUCH_CALL;
      return leavesCoaching(call, command.agentId) ?? own.holdActive(call, leg);
    }
    case 'setMuted':
      return own.setMuted(call, command);
    case 'tag':
    case 'untag':
      return own.tag(call, command);
    case 'record':
      return own.record(call, command);
    case 'leaveMessage':
      return own.leaveMessage(call, command, now);
    case 'consult':
      return moving.consult(call, command, now);
    case 'transfer':
      return moving.transfer(call, command, now);
    case 'complete':
      return moving.complete(call, command, now);
    case 'conference':
      return moving.conference(call, command, now);
    case 'moveToDevice':
      return moveToDevice(call, command, now);
    case 'cancelMove':
      return cancelMove(call, command);
    case 'ringAgain':
      return ringAgain(call, command);
    case 'invite':
      return moving.invite(call, command, now);
    case 'removeParty':
      return moving.removeParty(call, command, now);
    case 'muteParty':
      return moving.muteParty(call, command);
    default:
      return askedAcrossCalls(call, command, now);
  }
}

/** What brings parties into another call or out of one, or to another agent. */
type AcrossCalls = Extract<
  AgentsCommand,
  { type: 'park' | 'retrieve' | 'takeParked' | 'pickUp' | 'takeOver' | 'goOver' | 'handOver' | 'adopt' }
>;

function askedAcrossCalls(call: LiveCall, command: AcrossCalls, now: Instant): Decided {
  switch (command.type) {
    case 'park':
      return parking.park(call, command, now);
    case 'retrieve':
      return parking.retrieve(call, command, now);
    case 'takeParked':
      return parking.takeParked(call, command, now);
    case 'pickUp':
      return pickingUp.pickUp(call, command, now);
    case 'takeOver':
      return pickingUp.takeOver(call, command, now);
    case 'goOver':
      return pickingUp.goOver(call, command);
    case 'handOver':
      return moving.handOver(call, command);
    case 'adopt':
      return moving.adopt(call, command, now);
  }
}
