/**
 * What a call is: one customer's conversation from first ring to end, with every leg that ever takes part, and its lines.
 *
 *   begin ─► live ─► ended
 *
 * A line is what an agent sees as a tab: parties who belong together. A leg may be a member of several lines and takes part in one
 * of them at most; from the others it is away: it has put them on hold.
 *
 *             offers ring, or the line waits in a queue
 *               │
 *   opened ─► seeking ──────► joined: two or more members ──► closed
 *               ▲                │ its agent hung up while the others were on hold
 *               └── orphaned ◄───┘ the agent is rung again; else the line goes to a queue or to the fallback
 *
 * ended       decided; legs marked `leaving` may still be on their way out.
 */

import type { Coaching } from './coaching-state.js';
import type { Line, QueueStay } from './line-state.js';
import type { AnsweredBy } from './machine.js';
import type { NewLeg } from './new-leg.js';
import type { DeviceMove, Offer } from './offer-state.js';

export type { Coaching, CoachMode } from './coaching-state.js';
export type * from './line-state.js';
export type { AnsweredBy } from './machine.js';
export type * from './offer-state.js';

export type CallId = string;
/** Chosen before dialling; a new attempt is a new id. */
export type LegId = string;
export type AgentId = string;
export type QueueId = string;
/** Milliseconds since 1970, UTC. */
export type Instant = number;

export type LegRole = 'caller' | 'agent' | 'target' | 'coach';
export type Direction = 'inbound' | 'outbound' | 'internal';
export type Language = 'en' | 'ru';

export interface Party {
  readonly number: string;
  readonly name: string;
}

/** Why a leg is told to go. */
export type ReleaseReason =
  | 'normal'
  | 'answeredElsewhere'
  | 'noAnswer'
  | 'busy'
  | 'rejected'
  | 'unavailable'
  | 'unknownNumber'
  /** Handed back to the PBX's own dial plan (its fallback queue). */
  | 'fallback';

interface LegBase extends NewLeg {
  /** The others do not hear this leg. */
  readonly muted: boolean;
  /** Left out until it is known. */
  readonly answeredBy?: AnsweredBy;
  readonly since: Instant;
}

/**
 * arrived: called in, not answered yet. dialling → ringing → up. leaving: must go, Asterisk has not yet said that it went;
 * a leaving leg takes part in nothing.
 */
export type Leg = LegBase &
  (
    | { readonly phase: 'arrived' | 'dialling' | 'ringing' | 'up' }
    | { readonly phase: 'leaving'; readonly reason: ReleaseReason }
  );

/** What history and statistics keep of a call; filled as the call goes on. */
export interface Marks {
  readonly queueId: QueueId | null;
  readonly queuedAt: Instant | null;
  /** The queue that somebody from outside waited in last, and how urgently: where a party goes back to whom nobody else takes. */
  readonly place: { readonly queueId: QueueId; readonly priority: number } | null;
  readonly connectedAt: Instant | null;
  /** The agent who first spoke with (or made) the call. */
  readonly agentId: AgentId | null;
}

export type CallOutcome =
  | 'answered'
  | 'abandoned'
  | 'blocked'
  | 'busy'
  | 'rejected'
  | 'noAnswer'
  | 'unavailable'
  | 'unknownNumber'
  | 'cancelled'
  | 'fallback'
  /** Somebody from outside was led through a scenario and spoke with nobody. */
  | 'scenario'
  /** There was too much to do: sent to the PBX's fallback at once. */
  | 'turnedAway'
  | 'lost';

/** recall: the agent's phone rings again; complete: the held line and the other one are joined. */
export type HangUpRule = 'recall' | 'complete';

interface CallBase {
  readonly id: CallId;
  /** Number of events applied; the next event carries seq + 1. */
  readonly seq: number;
  readonly direction: Direction;
  readonly from: Party;
  /** What was dialled. */
  readonly dialled: string;
  readonly language: Language;
  readonly startedAt: Instant;
  /** When the caller began to wait, if that was before the call's start; the first queue takes it for the time of joining. */
  readonly waitingSince?: Instant;
  readonly legs: Readonly<Record<LegId, Leg>>;
  /** What an agent hears as "hung up" during a consult means. */
  readonly hangUpRule: HangUpRule;
  /** Music class of the PBX for those who are on hold. */
  readonly holdMusic: string;
  /** How many conversations, lines and recordings the call has had; they name the next one. */
  readonly conversationCount: number;
  readonly lineCount: number;
  readonly recordingCount: number;
  /** Each once, in the order in which they were set. */
  readonly tags: readonly string[];
  /** Recordings of which Asterisk has not said that they have ended. */
  readonly openRecordings: readonly { readonly id: string; readonly name: string }[];
  readonly marks: Marks;
}

export type LiveCall = CallBase & {
  readonly phase: 'live';
  readonly lines: readonly Line[];
  /** Trainers and supervisors who are with an agent, or are rung for it. */
  readonly coachings: readonly Coaching[];
  /** Agents who are moving to another phone. */
  readonly deviceMoves: readonly DeviceMove[];
};
export type EndedCall = CallBase & {
  readonly phase: 'ended';
  readonly outcome: CallOutcome;
  readonly endedAt: Instant;
};

export type Call = LiveCall | EndedCall;

/** Legs that still take part: every leg but those on their way out. */
export function presentLegs(call: Call): readonly Leg[] {
  return Object.values(call.legs).filter((leg) => leg.phase !== 'leaving');
}

/** Lines of a call; none of one that has ended. */
export function linesOf(call: Call): readonly Line[] {
  return call.phase === 'live' ? call.lines : [];
}

/** The offers that ring now, on whatever line, and those of trainers and other devices. */
export function ringingOffers(call: Call): readonly Offer[] {
  if (call.phase === 'ended') return [];
  const coaches = call.coachings.flatMap((each) => (each.stage === 'rings' ? [each.offer] : []));
  const devices = call.deviceMoves.map(({ offer }) => offer);
  return [...call.lines.flatMap((line) => line.offers), ...coaches, ...devices];
}

/** The line that waits in a queue; a call has one at most. */
export function waitingLine(call: Call): (Line & { readonly stay: QueueStay }) | null {
  for (const line of linesOf(call)) if (line.stay !== null) return { ...line, stay: line.stay };
  return null;
}

/** Agents who have a leg in the call (ringing or up), each once. */
export function agentsIn(call: Call): readonly AgentId[] {
  return [...new Set(presentLegs(call).flatMap((leg) => leg.agentId ?? []))];
}

/** What a call is at the moment, in one word, for people. */
export type CallPhase = 'queued' | 'preparing' | 'connecting' | 'talking' | 'ended';

/** talking: people have been connected, whatever else rings; before that what the only line does. */
export function phaseOf(call: Call): CallPhase {
  if (call.phase === 'ended') return 'ended';
  if (call.lines.some((line) => line.members.length > 1)) return 'talking';
  if (waitingLine(call) !== null) return 'queued';
  if (call.lines.some((line) => line.offers.some(({ purpose }) => purpose === 'own'))) return 'preparing';
  return call.marks.connectedAt === null ? 'connecting' : 'talking';
}
