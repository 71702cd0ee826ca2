/** The legs of a call as history keeps them, gathered from its events one after another. */
import type { NewLeg } from '../../core/call/new-leg.js';
import type { AgentId, Instant, LegId, LegRole } from '../../core/call/state.js';
import type { StoryEvent } from './story-event.js';

export interface LegRecord {
  readonly id: LegId;
  readonly role: LegRole;
  readonly agentId: AgentId | null;
  readonly number: string;
  readonly name: string;
  /** When it called in, was dialled, or came over from another call. */
  readonly startedAt: Instant;
  /** Null: it never took part in a conversation. */
  readonly answeredAt: Instant | null;
  /** Null: it is still there. */
  readonly leftAt: Instant | null;
  /** The Q.850 hang-up cause, 0 when unknown; null while it is there, or when it went on in another call. */
  readonly cause: number | null;
}

/** Legs by id, in order of appearance. */
export type Legs = Map<LegId, LegRecord>;

/** Brings `legs` up to date; answers the legs that have just gone. An event about a leg nobody has seen changes nothing. */
export function noteLegs(legs: Legs, event: StoryEvent): readonly LegRecord[] {
  switch (event.type) {
    case 'call.started':
      if (event.leg !== null) begin(legs, event.leg, event.at, null);
      return [];
    case 'call.offered':
      for (const leg of event.legs) begin(legs, leg, event.at, null);
      return [];
    case 'device.rungAgain':
      begin(legs, event.leg, event.at, null);
      return [];
    case 'legs.adopted':
      for (const leg of event.legs) begin(legs, leg, event.at, event.at);
      return [];
    case 'leg.answered':
      answer(legs, [event.legId], event.at);
      return [];
    case 'line.joined':
      answer(legs, [event.legId], event.at);
      return [];
    case 'line.opened':
      answer(legs, [event.legId], event.at);
      return [];
    case 'call.connected':
      // The leg that called in is not "answered" by anybody but us: it takes part from here.
      answer(legs, event.legIds, event.at);
      return [];
    case 'leg.left':
      return leave(legs, [event.legId], event.at, event.cause);
    case 'legs.handedOver':
      return leave(legs, event.legIds, event.at, null);
    default:
      return [];
  }
}

/** All legs that a whole call had. */
export function legsOf(events: readonly StoryEvent[]): Legs {
  const legs: Legs = new Map();
  for (const event of events) noteLegs(legs, event);
  return legs;
}

/** Whether the agent spoke in the call, on whatever leg. */
export function tookPart(legs: Legs, agentId: AgentId): boolean {
  for (const leg of legs.values()) if (leg.agentId === agentId && leg.answeredAt !== null) return true;
  return false;
}

function begin(legs: Legs, { id, role, agentId, party }: NewLeg, startedAt: Instant, answeredAt: Instant | null): void {
  const { number, name } = party;
  legs.set(id, { id, role, agentId, number, name, startedAt, answeredAt, leftAt: null, cause: null });
}

function answer(legs: Legs, ids: readonly LegId[], at: Instant): void {
  for (const id of ids) {
    const leg = legs.get(id);
    if (leg !== undefined && leg.answeredAt === null) legs.set(id, { ...leg, answeredAt: at });
  }
}

function leave(legs: Legs, ids: readonly LegId[], at: Instant, cause: number | null): readonly LegRecord[] {
  const gone: LegRecord[] = [];
  for (const id of ids) {
    const leg = legs.get(id);
    if (leg === undefined || leg.leftAt !== null) continue;
    const left = { ...leg, leftAt: at, cause };
    legs.set(id, left);
    gone.push(left);
  }
  return gone;
}
