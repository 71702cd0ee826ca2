/** What an agent, or a supervisor, can do with calls. */
import type { AgentsCommand, CallCommand } from '../core/call/command.js';
import { linesWith, ownLeg } from '../core/call/line.js';
import type { AgentId, CallId, LineId } from '../core/call/state.js';
import { isRefusal, type Refusal, refuse } from '../core/refusal.js';
import type { CallOperations } from './application.js';
import type { CallMailbox } from './call-mailbox.js';
import { type CallTarget, routeTarget } from './call-target.js';
import { coachOperations } from './coach-operations.js';
import { deviceOperations } from './device-operations.js';
import { dial } from './dialling.js';
import { joinCalls } from './joining.js';
import { otherParty } from './other-party.js';
import { type CallOperationsPorts, NO_SUCH_CALL, ownMailbox, unavailable } from './own-call.js';
import { park, retrieve } from './parking.js';
import { pickUp } from './pick-up.js';
import { newId, partyOf } from './routing.js';
import { sendDigits } from './sent-digits.js';
import type { CallView } from './view.js';

/** Longer than Asterisk takes to begin: the watchdog for a message that never finishes. */
const MESSAGE_MARGIN_MS = 10_000;

export function callOperations(ports: CallOperationsPorts): Omit<CallOperations, 'dictate'> {
  const command = async (mailbox: CallMailbox | Refusal, what: CallCommand): Promise<CallView | Refusal> => {
    if (isRefusal(mailbox)) return mailbox;
    const result = await mailbox.command(what);
    return isRefusal(result) ? result : ports.views.callView(result);
  };
  const own = (id: CallId, what: AgentsCommand) => command(ownMailbox(ports, what.agentId, id), what);
  const any = (id: CallId): CallMailbox | Refusal =>
    ports.phones.status === 'connected' ? (ports.switchboard.mailbox(id) ?? NO_SUCH_CALL) : unavailable();
  return {
    dial: (agentId, target) => dial(ports, agentId, target),
    hangUp: (agentId, id, lineId) => own(id, { type: 'hangUp', agentId, lineId }),
    hold: (agentId, id, lineId) => own(id, { type: 'hold', agentId, lineId }),
    resume: (agentId, id, lineId) => own(id, { type: 'resume', agentId, lineId }),
    swap: (agentId) => swap(ports, agentId, own),
    setMuted: (agentId, id, muted) => own(id, { type: 'setMuted', agentId, muted }),
    ...movingOperations(ports, own),
    removeParty: (agentId, id, legId) => own(id, { type: 'removeParty', agentId, legId }),
    muteParty: (agentId, id, legId, muted) => own(id, { type: 'muteParty', agentId, legId, muted }),
    sendDigits: (agentId, id, legId, digits) => sendDigits(ports, agentId, id, legId, digits),
    tag: (agentId, id, tag) => own(id, { type: 'tag', agentId, tag }),
    untag: (agentId, id, tag) => own(id, { type: 'untag', agentId, tag }),
    async record(agentId, id, lineId, action) {
      if (ports.routing().settings.agents.get(agentId)?.mayRecord !== true) {
        return refuse('recordingNotAllowed', 'You may not control recordings.');
      }
      if (action === 'start' && !ports.mayWriteRecordings()) {
        return refuse('storageFull', 'There is too little space left for recordings.');
      }
      return own(id, { type: 'record', agentId, lineId, action });
    },
    leaveMessage: (agentId, id, lineId, message) =>
      own(id, {
        type: 'leaveMessage',
        agentId,
        lineId,
        announcementId: newId(id),
        items: [{ kind: 'recording', name: message.sound }],
        timeoutMs: message.durationMs + MESSAGE_MARGIN_MS,
      }),
    pickUp: (agentId, target, fromCallId) => pickUp(ports, agentId, target, fromCallId),
    ...coachOperations(ports),
    park: (agentId, id, lineId) => park(ports, agentId, id, lineId),
    retrieve: (agentId, slot, fromCallId) => retrieve(ports, agentId, slot, fromCallId),
    ...deviceOperations(ports),
    end: (id) => command(any(id), { type: 'end' }),
  };
}

type Own = (id: CallId, what: AgentsCommand) => Promise<CallView | Refusal>;

/** Bringing others into a line, and lines together. */
function movingOperations(
  ports: CallOperationsPorts,
  own: Own,
): Pick<CallOperations, 'consult' | 'transfer' | 'complete' | 'conference' | 'invite'> {
  const sent = (agentId: AgentId, id: CallId, target: CallTarget, lineId: LineId | null, consults: boolean) =>
    send(ports, agentId, id, target, lineId, consults);
  return {
    async consult(agentId, id, target) {
      const onward = sent(agentId, id, target, null, true);
      return isRefusal(onward) ? onward : own(id, { type: 'consult', agentId, onward });
    },
    async transfer(agentId, id, lineId, target) {
      const onward = sent(agentId, id, target, lineId, false);
      return isRefusal(onward) ? onward : own(id, { type: 'transfer', agentId, lineId, onward, stays: false });
    },
    complete: (agentId, id, lineId, other) =>
      other.callId === null || other.callId === id
        ? own(id, { type: 'complete', agentId, lineId, withId: other.lineId })
        : joinCalls(ports, agentId, { callId: id, lineId }, { callId: other.callId, lineId: other.lineId }, false),
    conference: (agentId, id, otherId) =>
      otherId === null || otherId === id
        ? own(id, { type: 'conference', agentId })
        : joinCalls(ports, agentId, { callId: id, lineId: null }, { callId: otherId, lineId: null }, true),
    async invite(agentId, id, lineId, target) {
      const onward = sent(agentId, id, target, lineId, true);
      if (isRefusal(onward)) return onward;
      if (onward.kind !== 'target') return refuse('numberInvalid', 'Only somebody who can be rung can be invited.');
      return own(id, { type: 'invite', agentId, lineId, target: onward.target });
    },
  };
}

/** Who is asked sees the agent; to whom a line is sent sees the party on it. */
function send(
  ports: CallOperationsPorts,
  agentId: AgentId,
  id: CallId,
  target: CallTarget,
  lineId: LineId | null,
  consults: boolean,
) {
  const mailbox = ownMailbox(ports, agentId, id);
  if (isRefusal(mailbox)) return mailbox;
  const routing = ports.routing();
  const by = routing.settings.agents.get(agentId);
  if (by === undefined || mailbox.call === null) return NO_SUCH_CALL;
  const shows = consults ? partyOf(by) : (otherParty(mailbox.call, agentId, lineId) ?? partyOf(by));
  return routeTarget(routing, id, by, target, { shows, ringMs: routing.settings.centre.transferRingMs });
}

/** To the line that was put on hold last, of whatever call: from one party to the other and back. */
async function swap(ports: CallOperationsPorts, agentId: AgentId, own: Own): Promise<CallView | Refusal> {
  const held = ports.callIdsOf(agentId).flatMap((callId) => {
    const call = ports.switchboard.mailbox(callId)?.call ?? null;
    const leg = call === null ? null : ownLeg(call, agentId);
    if (call === null || leg === null) return [];
    return linesWith(call, leg.id).flatMap(({ id: lineId, members }) => {
      const member = members.find(({ legId }) => legId === leg.id);
      return member?.away === true ? [{ callId, lineId, since: member.since }] : [];
    });
  });
  const [last] = held.sort((one, other) => other.since - one.since);
  return last === undefined
    ? refuse('wrongState', 'There is no call on hold.')
    : own(last.callId, { type: 'resume', agentId, lineId: last.lineId });
}
