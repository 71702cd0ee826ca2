/** An agent whose trainer does not come is told so, and nobody else is: the conversation goes on. */
import { coachingsOf } from '../core/call/coaching.js';
import type { CallEvent } from '../core/call/event.js';
import { activeLine, ownLeg } from '../core/call/line.js';
import type { AgentId, Call, OfferOutcome } from '../core/call/state.js';
import type { PhoneSystem } from './phone-system.js';
import type { SettingsInForce } from './settings-in-force.js';

interface Telling {
  readonly phones: PhoneSystem;
  readonly settings: () => SettingsInForce;
}

/** "Nobody is available to take your call at the moment": one of Asterisk's core sounds, in every language. */
const NOBODY = 'vm-nobodyavail';

/** To be told of every change of a call. A supervisor who does not answer the own phone concerns no agent. */
export function tellMissedTrainers(
  ports: Telling,
  before: Call | null,
  after: Call,
  events: readonly CallEvent[],
): void {
  if (before === null) return;
  for (const event of events) {
    if (event.type !== 'offer.failed' || !IS_NEWS.has(event.outcome)) continue;
    const missed = coachingsOf(before).find((each) => each.stage === 'rings' && each.offer.id === event.offerId);
    if (missed !== undefined && missed.byAgentId === missed.agentId) tellNobodyComes(ports, after, missed.agentId);
  }
}

/** Whispered while the agent talks. */
export function tellNobodyComes({ phones, settings }: Telling, call: Call, agentId: AgentId): void {
  const leg = ownLeg(call, agentId);
  if (leg === null) return;
  const language = settings().agents.get(agentId)?.language ?? call.language;
  const talks = activeLine(call, leg.id)?.conversation != null;
  void phones.tell(leg.id, [{ kind: 'sound', name: NOBODY }], language, talks);
}

/** Not what the agent has done. */
const IS_NEWS: ReadonlySet<OfferOutcome> = new Set(['noAnswer', 'busy', 'rejected', 'unavailable', 'unknownNumber']);
