/**
 * What clients see: plain, complete pictures of an agent, a queue and a call, and the changes of them. A change carries the whole
 * new picture of one thing, so a client needs no history to apply it.
 */

import type {
  AgentId,
  AnsweredBy,
  CallId,
  CoachMode,
  Direction,
  Instant,
  LegRole,
  OfferOutcome,
  OfferPurpose,
  Parked,
  Party,
  QueueId,
} from '../core/call/state.js';
import type { Callback } from '../core/callback/callback.js';
import type { CrmView } from './crm/view.js';
import type { SmsView } from './sms/view.js';

export interface AgentView {
  readonly id: AgentId;
  readonly name: string;
  readonly number: string;
  readonly loggedIn: boolean;
  readonly sessionSince: Instant | null;
  readonly status: {
    readonly id: string;
    readonly since: Instant;
    readonly setBy: 'agent' | 'supervisor' | 'system';
    readonly blocking: boolean;
    readonly receiving: boolean;
    readonly until: Instant | null;
    readonly next: string | null;
  } | null;
  /** idle; ringing: an offer or a call rings the agent; talking: in a conversation. */
  readonly activity: 'idle' | 'ringing' | 'talking';
  readonly callIds: readonly CallId[];
  /** May start, pause and stop recordings. */
  readonly mayRecord: boolean;
}

/** free: takes calls and has none; away: logged in, in a status that takes no calls. */
export type ColleagueState = 'free' | 'ringing' | 'busy' | 'away' | 'loggedOut';

export interface ColleagueView {
  readonly id: AgentId;
  readonly name: string;
  /** What to dial. */
  readonly number: string;
  readonly state: ColleagueState;
  /** Null: logged out. */
  readonly statusId: string | null;
}

export interface QueueView {
  readonly id: QueueId;
  readonly name: string;
  readonly waiting: number;
  /** When the caller longest in line joined, or null. */
  readonly longestWaitSince: Instant | null;
  readonly estimatedWaitMs: number | null;
  readonly agentsLoggedIn: number;
  readonly agentsReceiving: number;
  readonly agentsTalking: number;
  /** Since midnight UTC, or since start if later is all that is known. */
  readonly today: {
    readonly offered: number;
    readonly answered: number;
    readonly abandoned: number;
    /** Ended because Asterisk was started anew. */
    readonly lost: number;
    /** Not among the offered: sent to the PBX's fallback at once. */
    readonly turnedAway: number;
    /** Share of offered calls answered in time, 0 to 1, or null before the first. */
    readonly serviceLevel: number | null;
    readonly averageWaitMs: number | null;
  };
}

export interface LegView {
  readonly id: string;
  readonly role: LegRole;
  readonly party: Party;
  readonly agentId: AgentId | null;
  readonly phase: 'arrived' | 'dialling' | 'ringing' | 'up';
  readonly muted: boolean;
  /** Whether a person or a machine answered, where that is found out; null until then. */
  readonly answeredBy: AnsweredBy | null;
  readonly since: Instant;
}

/** What an agent sees as a tab: parties who belong together. */
export interface LineView {
  readonly id: string;
  /**
   * active: people talk; held: on hold; dialling: somebody is rung; queued: waits for an agent; message: hears one; parked: in a slot;
   * scenario: led through one.
   */
  readonly state: 'active' | 'held' | 'dialling' | 'queued' | 'message' | 'parked' | 'scenario';
  /** `onHold`: this member has put the line on hold. */
  readonly members: readonly { readonly legId: string; readonly onHold: boolean; readonly since: Instant }[];
  readonly ringing: readonly {
    readonly offerId: string;
    readonly purpose: OfferPurpose;
    readonly party: Party;
    readonly agentId: AgentId | null;
    readonly since: Instant;
    /** Who asked for it. */
    readonly byAgentId: AgentId | null;
    /** The offer to a colleague that this agent picks up. */
    readonly picksUp: string | null;
  }[];
  /** Whom it calls once the phone that rings is answered: the agent's own phone rings first. */
  readonly calls: Party | null;
  /** The line that was put on hold to open this one. */
  readonly originId: string | null;
  readonly conference: boolean;
  readonly talkingSince: Instant | null;
  readonly recording: 'no' | 'yes' | 'paused';
  /** The agent who hung up while the line was on hold, and is rung again. */
  readonly awaitsAgentId: AgentId | null;
  /** The slot in which it waits to be retrieved, and when its agent is rung again. */
  readonly parked: Parked | null;
  /** The scenario in which the party is, or to which it comes back, by the one that it began with. */
  readonly scenarioId: string | null;
}

/** A call that waits in a parking slot. */
export interface ParkedView extends Parked {
  readonly callId: CallId;
  readonly lineId: string;
  readonly party: Party;
  readonly queueId: QueueId | null;
}

/** A trainer, or a supervisor, with an agent of the call. */
export interface CoachingView {
  /** Who is listened to. */
  readonly agentId: AgentId;
  readonly coachId: AgentId;
  readonly coachName: string;
  /** Who asked for it. */
  readonly byAgentId: AgentId | null;
  readonly mode: CoachMode;
  /** failed: nobody came; shown until the next attempt. */
  readonly state: 'ringing' | 'there' | 'failed';
  /** Why nobody came, else null. */
  readonly outcome: OfferOutcome | null;
}

export interface CallView {
  readonly id: CallId;
  readonly direction: Direction;
  readonly phase: 'queued' | 'preparing' | 'connecting' | 'talking' | 'ended';
  readonly from: Party;
  readonly dialled: string;
  readonly queueId: QueueId | null;
  /** Also for agents who do not serve the queue. */
  readonly queueName: string | null;
  readonly startedAt: Instant;
  readonly connectedAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly outcome: string | null;
  /** Place in line, 1 first; null when not waiting. */
  readonly position: number | null;
  readonly legs: readonly LegView[];
  readonly lines: readonly LineView[];
  readonly coachings: readonly CoachingView[];
  /** Agents whose other phones ring, to take the conversation over. */
  readonly moves: readonly { readonly agentId: AgentId; readonly since: Instant }[];
  readonly tags: readonly string[];
  readonly crm: CrmView;
}

export type Change =
  | { readonly topic: 'agent'; readonly id: AgentId; readonly view: AgentView | null; readonly audience: Audience }
  | { readonly topic: 'queue'; readonly id: QueueId; readonly view: QueueView | null; readonly audience: Audience }
  | { readonly topic: 'parked'; readonly id: string; readonly view: ParkedView | null; readonly audience: Audience }
  | { readonly topic: 'call'; readonly id: CallId; readonly view: CallView | null; readonly audience: Audience }
  /** Each change of any of them, also of one due later than a snapshot reaches; over when its state says so. */
  | { readonly topic: 'callback'; readonly id: string; readonly view: Callback | null; readonly audience: Audience }
  /** A short message; it is in no snapshot. */
  | { readonly topic: 'sms'; readonly id: string; readonly view: SmsView; readonly audience: Audience };

/** Supervisors and administrators always see it; these agents too. */
export interface Audience {
  readonly agentIds: readonly AgentId[];
}

/** Everything one viewer may see, at one moment. */
export interface Snapshot {
  readonly at: Instant;
  readonly agents: readonly AgentView[];
  readonly queues: readonly QueueView[];
  readonly calls: readonly CallView[];
  readonly parked: readonly ParkedView[];
  /** Open ones due within 24 hours, the soonest first, at most 200. */
  readonly callbacks: readonly Callback[];
}
