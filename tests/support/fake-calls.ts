/** Commands about calls, for the application in memory: calls are pictures in a map, and commands change the pictures. */
import type { CallOperations } from '../../src/app/application.js';
import type { CallView, LineView } from '../../src/app/view.js';
import type { CoachMode } from '../../src/core/call/state.js';
import { isRefusal, type Refusal, refuse } from '../../src/core/refusal.js';
import { callView } from './fake-views.js';

type Answer = CallView | Refusal;

const involves = (call: CallView, agentId: string) => call.legs.some((leg) => leg.agentId === agentId);

class FakeCalls {
  readonly #calls: Map<string, CallView>;
  readonly #now: number;

  constructor(calls: Map<string, CallView>, now: number) {
    this.#calls = calls;
    this.#now = now;
  }

  own(agentId: string | null, callId: string): Answer {
    const call = this.#calls.get(callId);
    const mine = call !== undefined && (agentId === null || involves(call, agentId));
    return mine ? call : refuse('notFound', 'No such call.');
  }

  end(call: Answer): Answer {
    if (isRefusal(call)) return call;
    this.#calls.delete(call.id);
    return { ...call, phase: 'ended', endedAt: this.#now, outcome: 'answered', legs: [], lines: [] };
  }

  /** Of the agent's call; where another one is needed too, that must be the agent's as well. */
  change(
    agentId: string | null,
    callId: string,
    changed: (call: CallView) => Answer,
    otherId: string | null = null,
  ): Answer {
    const call = this.own(agentId, callId);
    const other = otherId === null ? call : this.own(agentId, otherId);
    if (isRefusal(call) || isRefusal(other)) return isRefusal(call) ? call : other;
    const result = changed(call);
    if (!isRefusal(result)) this.#calls.set(callId, result);
    return result;
  }

  /** `lineId` null: the only line. */
  line(agentId: string, callId: string, lineId: string | null, changed: (line: LineView) => LineView): Answer {
    return this.change(agentId, callId, (call) => {
      const asked = lineId ?? call.lines[0]?.id;
      return call.lines.some(({ id }) => id === asked)
        ? { ...call, lines: call.lines.map((line) => (line.id === asked ? changed(line) : line)) }
        : refuse('notFound', 'No such line.');
    });
  }

  /** Leg of the call that the agent has a part in. */
  party(agentId: string, callId: string, legId: string, changed: (call: CallView) => CallView): Answer {
    return this.change(agentId, callId, (call) =>
      call.legs.some(({ id }) => id === legId) ? changed(call) : refuse('notFound', 'No such party.'),
    );
  }

  heldBy(agentId: string): CallView | undefined {
    return [...this.#calls.values()].find(
      (call) => involves(call, agentId) && call.lines.some(({ state }) => state === 'held'),
    );
  }
}

export function callOperations(views: Map<string, CallView>, now: number): CallOperations {
  const calls = new FakeCalls(views, now);
  const same = (call: CallView) => call;
  const hold = (agentId: string, callId: string, lineId: string | null, onHold: boolean) =>
    calls.line(agentId, callId, lineId, (line) => ({ ...line, state: onHold ? 'held' : 'active' }));
  return {
    dial: async (agentId) => ({ ...callView('call-dialled', agentId), direction: 'outbound' }),
    hangUp: async (agentId, callId) => calls.end(calls.own(agentId, callId)),
    hold: async (agentId, callId, lineId) => hold(agentId, callId, lineId, true),
    resume: async (agentId, callId, lineId) => hold(agentId, callId, lineId, false),
    async swap(agentId) {
      const held = calls.heldBy(agentId);
      return held === undefined
        ? refuse('wrongState', 'There is no call on hold.')
        : hold(agentId, held.id, null, false);
    },
    consult: async (agentId, callId) => hold(agentId, callId, null, true),
    transfer: async (agentId, callId) => calls.end(calls.own(agentId, callId)),
    complete: async (agentId, callId, _lineId, other) => calls.end(calls.change(agentId, callId, same, other.callId)),
    conference: async (agentId, callId, otherCallId) => calls.change(agentId, callId, same, otherCallId),
    invite: async (agentId, callId, lineId) =>
      calls.line(agentId, callId, lineId, (line) => ({ ...line, conference: true })),
    removeParty: async (agentId, callId, legId) =>
      calls.party(agentId, callId, legId, (call) => ({ ...call, legs: call.legs.filter(({ id }) => id !== legId) })),
    muteParty: async (agentId, callId, legId, muted) =>
      calls.party(agentId, callId, legId, (call) => ({
        ...call,
        legs: call.legs.map((leg) => (leg.id === legId ? { ...leg, muted } : leg)),
      })),
    sendDigits: async (agentId, callId, legId) => calls.party(agentId, callId, legId ?? `${callId}-caller`, same),
    tag: async (agentId, callId, tag) =>
      calls.change(agentId, callId, (call) => ({ ...call, tags: [...new Set([...call.tags, tag])] })),
    untag: async (agentId, callId, tag) =>
      calls.change(agentId, callId, (call) => ({ ...call, tags: call.tags.filter((each) => each !== tag) })),
    record: async (agentId, callId, lineId, action) => {
      const recording = action === 'stop' ? 'no' : action === 'pause' ? 'paused' : 'yes';
      return calls.line(agentId, callId, lineId, (line) => ({ ...line, recording }));
    },
    leaveMessage: async (agentId, callId, lineId) =>
      calls.line(agentId, callId, lineId, (line) => ({ ...line, state: 'message' })),
    dictate: async (agentId, name) => ({
      id: 'dictated',
      agentId,
      name,
      sound: 'ringmaster/messages/dictated',
      durationMs: 0,
      bytes: 0,
      createdAt: now,
      state: 'recording',
    }),
    setMuted: async (agentId, callId, muted) =>
      calls.change(agentId, callId, (call) => ({
        ...call,
        legs: call.legs.map((leg) => (leg.agentId === agentId ? { ...leg, muted } : leg)),
      })),
    pickUp: async (agentId, target) =>
      target === null || !('callId' in target) || views.has(target.callId)
        ? callView('call-picked-up', agentId)
        : refuse('notFound', 'No call rings that you could pick up.'),
    moveToDevice: async (agentId, callId) =>
      calls.change(agentId, callId, (call) => ({ ...call, moves: [{ agentId, since: now }] })),
    cancelMove: async (agentId, callId) => calls.change(agentId, callId, (call) => ({ ...call, moves: [] })),
    coach: async (agentId, callId, trainerId) =>
      calls.change(agentId, callId, (call) => coached(call, agentId, trainerId ?? 'boris', 'whisper')),
    listen: async (by, callId, agentId, mode) =>
      calls.change(agentId, callId, (call) => coached(call, agentId, by, mode)),
    coachMode: async (coachId, callId, mode) =>
      calls.change(coachId, callId, (call) => ({
        ...call,
        coachings: call.coachings.map((each) => (each.coachId === coachId ? { ...each, mode } : each)),
      })),
    stopCoaching: async ({ agentId, role }, callId, coachId) =>
      calls.change(role === 'agent' ? agentId : null, callId, (call) => ({
        ...call,
        coachings: call.coachings.filter((each) => each.coachId !== (coachId ?? agentId)),
      })),
    park: async (agentId, callId) => {
      const call = calls.own(agentId, callId);
      if ('refused' in call) return call;
      const { id, from: party, queueId } = call;
      return { slot: '701', byAgentId: agentId, since: now, until: now, callId: id, lineId: 'l', party, queueId };
    },
    retrieve: async (agentId, slot) =>
      slot === '701' ? callView('call-retrieved', agentId) : refuse('notFound', 'Nobody waits in this slot.'),
    end: async (callId) => calls.end(calls.own(null, callId)),
  };
}

function coached(call: CallView, agentId: string, coachId: string, mode: CoachMode): CallView {
  const outcome = null;
  const coaching = {
    agentId,
    coachId,
    coachName: coachId,
    byAgentId: agentId,
    mode,
    state: 'ringing',
    outcome,
  } as const;
  return { ...call, coachings: [...call.coachings, coaching] };
}
