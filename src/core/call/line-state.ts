/** A line of a call: who is on it, who takes part, and what it waits for. */
import type { Offer, OfferOutcome, Onward } from './offer-state.js';
import type { AgentId, Instant, LegId, QueueId } from './state.js';

/** One item: a sound's name, a recorded file's name, a number to say, digits to spell; or what the party says is recorded. */
export type SoundItem =
  | { readonly kind: 'sound'; readonly name: string }
  | { readonly kind: 'recording'; readonly name: string }
  /** Ends with the key #, after `maxMs`, or when the party hangs up. */
  | { readonly kind: 'dictation'; readonly name: string; readonly maxMs: number }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'digits'; readonly value: string };

export interface Announcement {
  readonly id: string;
  readonly items: readonly SoundItem[];
  /** When it is taken for finished even if nothing was heard of it (a lost or missing sound never finishes). */
  readonly deadlineAt: Instant;
  /** wait: then the line waits on; release: then the line is over (a message left on an answering machine). */
  readonly ending: 'wait' | 'release';
}

export interface QueueStay {
  readonly queueId: QueueId;
  /** When the caller first joined a queue: the place in line goes by this and survives every offer. */
  readonly enteredAt: Instant;
  /** Higher is served first. */
  readonly priority: number;
  readonly music: string;
  /** When the caller has waited long enough, or null for no limit. */
  readonly maxWaitAt: Instant | null;
  /** Was called back, and did not call: waits, and goes on, by the rules of callbacks. */
  readonly callback?: true;
  /** Stands in line as if having joined then: was there before. */
  readonly placeSince?: Instant;
  /** Set once the wait is over and a new destination is being looked for; no offer is made any more. */
  readonly leaving: LeaveReason | null;
}

export type LeaveReason = 'maxWait' | 'empty' | 'moved';

/** Legs that hear each other. Every pairing has an id of its own; three or more are a conference, which people join and leave. */
export interface Conversation {
  readonly id: string;
  readonly mode: 'pair' | 'conference';
  readonly legIds: readonly LegId[];
  readonly startedAt: Instant;
  /** The segment that is being recorded. */
  readonly recording: { readonly id: string; readonly name: string; readonly paused: boolean } | null;
}

export interface Member {
  readonly legId: LegId;
  /** Has put the line on hold. */
  readonly away: boolean;
  /** Of the last change. */
  readonly since: Instant;
}

/** An agent hung up while the line was on hold. */
export interface Orphan {
  readonly agentId: AgentId;
  /** recall: the agent's phone is to ring, or rings; onward: that was in vain, another destination is looked for. */
  readonly stage: 'recall' | 'onward';
}

/**
 * Steps that are gone through with the one party of the line: a scenario, or what a feature code asks. Whoever leads through them
 * tells the call each step; here only that is kept which another controller needs to go on.
 */
export interface Script {
  /** Which: `scenario:<id>@<version>`, `feature:<name>`. */
  readonly name: string;
  /** How far it is: JSON that only whoever leads through it understands. */
  readonly position: string;
  /** The party hears it; before, only ringing. */
  readonly answered: boolean;
  /** What is heard between announcements: music of this class, or nothing. */
  readonly music: string | null;
  /** False while the party has been sent on, to a queue or somebody's phone, and may come back. */
  readonly active: boolean;
  /** When the party comes back: never; when nobody answered; also when the conversation is over and the party is still there. */
  readonly keep: ScriptKeep;
  /** Somebody has answered since the party was sent on. */
  readonly talked: boolean;
}

export type ScriptKeep = 'no' | 'failure' | 'after';

/** Why a party comes back into the script. */
export type ScriptReturn = OfferOutcome | LeaveReason | 'talked' | 'key';

/** An agent has put the line into a slot, where its parties hear music until somebody retrieves them, or the time is up. */
export interface Parked {
  /** The number by which it is retrieved. */
  readonly slot: string;
  readonly byAgentId: AgentId;
  readonly since: Instant;
  /** Then the agent is rung again. */
  readonly until: Instant;
}

export type LineId = string;

export interface Line {
  readonly id: LineId;
  readonly members: readonly Member[];
  readonly offers: readonly Offer[];
  readonly stay: QueueStay | null;
  readonly announcement: Announcement | null;
  readonly orphan: Orphan | null;
  readonly script: Script | null;
  readonly parked: Parked | null;
  /** Where the line goes once the agent's own phone is answered. */
  readonly next: Onward | null;
  /** The line that an agent put on hold to open this one: where the agent returns to. */
  readonly originId: LineId | null;
  /** no: nobody has wanted it yet; stopped: somebody wants it no more, and no rule begins it again. */
  readonly recorded: 'no' | 'yes' | 'paused' | 'stopped';
  /** Null while fewer than two members are there. */
  readonly conversation: Conversation | null;
}
