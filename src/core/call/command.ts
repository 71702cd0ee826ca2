/** What may be asked of a call. A command may be refused and then changes nothing. */
import type { NewLeg } from './event.js';
import type { AgentId, Direction, Language, LeaveReason, Onward, Party, SoundItem, Target } from './state.js';

/** How a call comes into being. */
export type Beginning =
  /** A leg called in and goes onward. */
  | {
      readonly type: 'arrive';
      readonly direction: Direction;
      readonly from: Party;
      readonly dialled: string;
      readonly language: Language;
      readonly leg: NewLeg;
      readonly onward: Onward;
    }
  /** An agent asked for a call from the desktop: `own` rings first, then `next`. */
  | {
      readonly type: 'originate';
      readonly direction: Direction;
      readonly from: Party;
      readonly dialled: string;
      readonly language: Language;
      readonly own: Target;
      readonly next: Onward;
    };

export type CallCommand =
  /** An agent of the queue (already claimed) is to be rung for the waiting caller. */
  | { readonly type: 'offer'; readonly target: Target }
  /** The wait is over; another destination is looked for. */
  | { readonly type: 'leaveQueue'; readonly reason: LeaveReason }
  /** A caller whose wait is over goes onward. */
  | { readonly type: 'moveOn'; readonly onward: Onward }
  | {
      readonly type: 'announce';
      readonly announcementId: string;
      readonly items: readonly SoundItem[];
      readonly timeoutMs: number;
    }
  /** An agent leaves. */
  | { readonly type: 'hangUp'; readonly agentId: AgentId }
  | { readonly type: 'setMuted'; readonly agentId: AgentId; readonly muted: boolean }
  /** A supervisor ends it for everybody. */
  | { readonly type: 'end' };

/** What Asterisk, or the clock, says has happened. Facts cannot be refused; late or doubled ones change nothing. */
export type CallFact =
  | { readonly type: 'legRinging'; readonly legId: string }
  | { readonly type: 'legAnswered'; readonly legId: string }
  /** `cause` is the Q.850 cause of the hang-up, 0 when unknown. */
  | { readonly type: 'legLeft'; readonly legId: string; readonly cause: number }
  | { readonly type: 'announcementEnded'; readonly announcementId: string }
  /** Another controller has this offer's agent. */
  | { readonly type: 'agentTaken'; readonly offerId: string }
  /** Time has passed: deadlines are looked at. */
  | { readonly type: 'clock' };
