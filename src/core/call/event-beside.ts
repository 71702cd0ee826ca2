/** What has happened beside a call's lines: with trainers, and with an agent's several phones. */
import type { NewLeg } from './new-leg.js';
import type { AgentId, CoachMode, LegId, LineId } from './state.js';

/** A trainer (`agentId`) is with an agent, or is heard by others than before. */
export interface CoachEvent {
  readonly type: 'coach.joined' | 'coach.changed';
  readonly legId: LegId;
  readonly agentId: AgentId;
  readonly coachedId: AgentId;
  readonly mode: CoachMode;
}

export type DeviceEvent =
  /** The agent's new leg is everywhere where the former one was. */
  | { readonly type: 'device.moved'; readonly agentId: AgentId; readonly fromLegId: LegId; readonly legId: LegId }
  /** A phone that rang, and has been started anew since, rings again on a leg of its own, for the same offer. */
  | {
      readonly type: 'device.rungAgain';
      readonly agentId: AgentId;
      readonly offerId: string;
      readonly fromLegId: LegId;
      readonly leg: NewLeg;
    }
  /** The agent's leg has hung up while the other devices rang: they ring on for a line. */
  | {
      readonly type: 'device.ringsOn';
      readonly agentId: AgentId;
      readonly offerId: string;
      readonly lineId: LineId;
      readonly purpose: 'recall' | 'invite';
    };
