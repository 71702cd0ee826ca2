/** What happens to a line in a parking slot. */
import type { AgentId, Instant, LineId } from './state.js';

export type ParkingEvent =
  /** It waits in the slot until then; the agent has left it. */
  | {
      readonly type: 'line.parked';
      readonly lineId: LineId;
      readonly slot: string;
      readonly agentId: AgentId;
      readonly until: Instant;
    }
  /** The slot is free again: an agent has retrieved the line, the time is up, or nobody is on it any more. */
  | {
      readonly type: 'line.unparked';
      readonly lineId: LineId;
      readonly slot: string;
      readonly why: 'retrieved' | 'timeUp' | 'over';
      readonly agentId: AgentId | null;
    };
