/** What the centre's settings say about agents' statuses; read afresh for every decision, so a change of settings holds at once. */
import type { StatusDefinition, StatusId } from './state.js';

export interface AgentPolicy {
  readonly statuses: ReadonlyMap<StatusId, StatusDefinition>;
  /** Session start, or Ready at once. */
  readonly statusAfterLogin: StatusId;
  /** Queue offers missed in a row before the No answer status; 0: never. */
  readonly missedLimit: number;
}
