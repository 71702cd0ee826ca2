/** What may be asked of a call. A command may be refused and then changes nothing. */
import type { NewLeg } from './new-leg.js';
import type {
  AgentId,
  AnsweredBy,
  CallId,
  CoachMode,
  Direction,
  HangUpRule,
  Instant,
  Language,
  LeaveReason,
  Leg,
  LegId,
  LineId,
  Offer,
  Onward,
  Party,
  QueueId,
  ScriptKeep,
  ScriptReturn,
  SoundItem,
  Target,
} from './state.js';

/** Where a party is sent or asked for: somebody to ring, a queue, or a script. */
export type Destined = Extract<Onward, { kind: 'queue' | 'target' | 'script' }>;

interface Manners {
  readonly hangUpRule: HangUpRule;
  readonly holdMusic: string;
}

/** How a call comes into being. */
export type Beginning =
  /** A leg called in and goes onward. */
  | (Manners & {
      readonly type: 'arrive';
      readonly direction: Direction;
      readonly from: Party;
      readonly dialled: string;
      readonly language: Language;
      readonly leg: NewLeg;
      /** When the caller began to wait, if that was before we heard of the call. */
      readonly waitingSince?: Instant;
      readonly onward: Onward;
    })
  /** An agent, or a callback, asked for a call: `own` rings first, then `next`. */
  | (Manners & {
      readonly type: 'originate';
      readonly direction: Direction;
      readonly from: Party;
      readonly dialled: string;
      readonly language: Language;
      /** Whose call it is, where it is made on behalf of a queue. */
      readonly queueId?: QueueId;
      readonly own: Target;
      readonly next: Onward;
    });

export type CallCommand =
  /** An agent of the queue (already claimed) is to be rung for the waiting caller. */
  | { readonly type: 'offer'; readonly target: Target }
  /** The wait is over; another destination is looked for. */
  | { readonly type: 'leaveQueue'; readonly reason: LeaveReason }
  /** A line whose wait is over, or whose agent could not be reached again, goes onward. */
  | { readonly type: 'moveOn'; readonly lineId: LineId; readonly onward: Onward }
  /** The agent who hung up while the line was on hold is rung. */
  | { readonly type: 'recall'; readonly lineId: LineId; readonly target: Target }
  | {
      readonly type: 'announce';
      readonly announcementId: string;
      readonly items: readonly SoundItem[];
      readonly timeoutMs: number;
    }
  | ScriptCommand
  /** A trainer, or a supervisor, is rung to be with an agent of the call. */
  | {
      readonly type: 'coach';
      readonly coachedId: AgentId;
      readonly byAgentId: AgentId;
      readonly mode: CoachMode;
      readonly target: Target;
    }
  | { readonly type: 'coachMode'; readonly coachId: AgentId; readonly mode: CoachMode }
  | { readonly type: 'stopCoaching'; readonly coachId: AgentId }
  | AgentsCommand
  /** A supervisor ends it for everybody. */
  | { readonly type: 'end' };

/** What leads a line's party through its script. All but `scriptTake` are for one that is active. */
export type ScriptCommand = { readonly lineId: LineId } & (
  | { readonly type: 'scriptAnswer' }
  /** What is being said is cut off by what is said next. */
  | {
      readonly type: 'scriptSay';
      readonly announcementId: string;
      readonly items: readonly SoundItem[];
      readonly timeoutMs: number;
    }
  | { readonly type: 'scriptHush' }
  | { readonly type: 'scriptTag'; readonly tag: string }
  | { readonly type: 'scriptRate'; readonly score: number }
  /** `music` left out: as it was. */
  | { readonly type: 'scriptStep'; readonly position: string; readonly music?: string | null }
  /** The party is sent on; `keep` says when it comes back, `position` where it goes on then. */
  | { readonly type: 'scriptGo'; readonly onward: Onward; readonly keep: ScriptKeep; readonly position: string }
  /** The party comes back now: from the queue it waits in, or from phones that ring. */
  | { readonly type: 'scriptTake'; readonly outcome: ScriptReturn }
);

/** What an agent asks for. `lineId` null: the line the agent takes part in, else the last one. */
export type AgentsCommand = { readonly agentId: AgentId } & (
  | { readonly type: 'hangUp'; readonly lineId: LineId | null }
  | { readonly type: 'hold'; readonly lineId: LineId | null }
  | { readonly type: 'resume'; readonly lineId: LineId | null }
  /** The agent takes up a line of another call: here nobody is talked to any more, also nobody who is only rung or waited for yet. */
  | { readonly type: 'stepAside' }
  | { readonly type: 'setMuted'; readonly muted: boolean }
  /** The agent's lines go on hold and somebody is asked on a new one. */
  | { readonly type: 'consult'; readonly onward: Destined }
  /** `stays`: the agent's leg is only let go once somebody has answered (a phone that asked by REFER waits to be told). */
  | { readonly type: 'transfer'; readonly lineId: LineId | null; readonly onward: Destined; readonly stays: boolean }
  /** The parties of two lines are joined and the agent leaves. `withId` null: the line from which the consult was opened. */
  | { readonly type: 'complete'; readonly lineId: LineId | null; readonly withId: LineId | null }
  /** All lines of the agent become one. */
  | { readonly type: 'conference' }
  /** The agent's other devices ring, to take the conversation over; asked while they ring: they do not any longer. */
  | { readonly type: 'moveToDevice'; readonly target: Target }
  | { readonly type: 'cancelMove' }
  /** The phone at this address, which rings, was started anew: it rings on a new leg, for as long as it would have. */
  | { readonly type: 'ringAgain'; readonly address: string; readonly legId: LegId }
  | { readonly type: 'invite'; readonly lineId: LineId | null; readonly target: Target }
  | { readonly type: 'tag' | 'untag'; readonly tag: string }
  | { readonly type: 'removeParty'; readonly legId: LegId }
  | { readonly type: 'muteParty'; readonly legId: LegId; readonly muted: boolean }
  | {
      readonly type: 'record';
      readonly lineId: LineId | null;
      readonly action: 'start' | 'stop' | 'pause' | 'resume';
    }
  /** Something is said to the line's parties, and the agent is free at once. */
  | {
      readonly type: 'leaveMessage';
      readonly lineId: LineId | null;
      readonly announcementId: string;
      readonly items: readonly SoundItem[];
      readonly timeoutMs: number;
    }
  /** The line's parties wait with music in a slot, and the agent leaves them. */
  | { readonly type: 'park'; readonly lineId: LineId | null; readonly slot: string; readonly limitMs: number }
  /** Whoever waits in a slot is taken: at once by a leg that the agent has in the call, else by the target, which is rung. */
  | { readonly type: 'retrieve'; readonly lineId: LineId; readonly target: Target }
  /** The agent's leg, which comes over from another call, takes whoever waits in a slot. */
  | { readonly type: 'takeParked'; readonly lineId: LineId; readonly fromCallId: CallId; readonly leg: Leg }
  /** The agent asks for a call that rings a colleague: the own phones ring for it too, and whoever answers first has it. */
  | { readonly type: 'pickUp'; readonly offerId: string; readonly target: Target }
  /** The agent's leg, which comes over from another call, takes what rings a colleague, as if it had answered. */
  | { readonly type: 'takeOver'; readonly offerId: string; readonly fromCallId: CallId; readonly leg: Leg }
  /** The agent's leg, which talks to nobody here, goes over to another call. */
  | { readonly type: 'goOver'; readonly toCallId: CallId }
  /** The line's other parties go to another call, and the agent's part in this line ends. */
  | { readonly type: 'handOver'; readonly lineId: LineId; readonly toCallId: CallId }
  /** Parties of another call join the line; `stays`: the agent with them. */
  | {
      readonly type: 'adopt';
      readonly lineId: LineId;
      readonly fromCallId: CallId;
      readonly legs: readonly Leg[];
      readonly memberIds: readonly LegId[];
      readonly offers: readonly Offer[];
      readonly stays: boolean;
    }
);

/** What Asterisk, or the clock, says has happened. Facts cannot be refused; late or doubled ones change nothing. */
export type CallFact =
  | { readonly type: 'legRinging'; readonly legId: string }
  | { readonly type: 'legAnswered'; readonly legId: string }
  /** `cause` is the Q.850 cause of the hang-up, 0 when unknown. */
  | { readonly type: 'legLeft'; readonly legId: string; readonly cause: number }
  /** What the party sounds like, or that nobody will say. */
  | { readonly type: 'legDetected'; readonly legId: string; readonly by: AnsweredBy }
  | { readonly type: 'announcementEnded'; readonly announcementId: string }
  /** The hold key of a phone. */
  | { readonly type: 'legHeld'; readonly legId: string; readonly held: boolean }
  | {
      readonly type: 'recordingEnded';
      readonly name: string;
      readonly outcome: 'kept' | 'failed';
      /** Null when Asterisk did not say. */
      readonly durationMs: number | null;
    }
  /** Another controller has this offer's agent. */
  | { readonly type: 'agentTaken'; readonly offerId: string }
  /** The phone system was started anew: nobody is there any more. */
  | { readonly type: 'phonesRestarted' }
  /** Time has passed: deadlines are looked at. */
  | { readonly type: 'clock' };
