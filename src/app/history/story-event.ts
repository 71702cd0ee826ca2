/** The events a call's story is read from: those of the call itself, and those of its lines. */
import type { CallEvent, NewLeg } from '../../core/call/event.js';
import type { AgentId, CallId, LegId, Party } from '../../core/call/state.js';

/** A line is one conversation of a call as an agent sees it; members may be away for a while: on hold. */
type LineEventBody =
  | {
      readonly type: 'line.opened';
      readonly lineId: string;
      readonly legIds: readonly LegId[];
      /** The line it is a consult of, or null. */
      readonly originId: string | null;
    }
  | { readonly type: 'line.joined'; readonly lineId: string; readonly legId: LegId; readonly agentId: AgentId | null }
  | {
      readonly type: 'line.held' | 'line.resumed';
      readonly lineId: string;
      readonly legId: LegId;
      readonly agentId: AgentId | null;
    }
  | { readonly type: 'line.parted'; readonly lineId: string; readonly legIds: readonly LegId[] }
  | { readonly type: 'line.merged'; readonly fromId: string; readonly intoId: string }
  | { readonly type: 'line.closed'; readonly lineId: string }
  | {
      readonly type: 'line.transferred';
      readonly lineId: string;
      readonly agentId: AgentId | null;
      readonly to: Party;
    }
  /** Legs of another call go on in this one. */
  | {
      readonly type: 'legs.adopted';
      readonly lineId: string;
      readonly legs: readonly NewLeg[];
      readonly fromCallId: CallId;
    }
  /** The other side of it: these legs go on in another call. */
  | { readonly type: 'legs.handedOver'; readonly legIds: readonly LegId[]; readonly toCallId: CallId }
  | { readonly type: 'call.tagged'; readonly tag: string; readonly agentId: AgentId | null };

type LineEvent = LineEventBody & Pick<CallEvent, 'callId' | 'seq' | 'at' | 'v'>;

export type StoryEvent = CallEvent | LineEvent;
