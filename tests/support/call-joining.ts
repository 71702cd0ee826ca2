/** Two calls of one agent, of which the parties of one go over to the other. */
import { linesWith, othersOn, ownLeg } from '../../src/core/call/line.js';
import { type Call, type LegId, linesOf } from '../../src/core/call/state.js';
import { isRefusal } from '../../src/core/refusal.js';
import type { CallRun } from './call-run.js';

/** Anna joins the parties of her line with those of her other call, which she leaves if she does not stay. */
export function joined(from: CallRun, into: CallRun, stays: boolean): void {
  const { call: before } = from.story;
  const agentId = 'anna';
  const own = ownLeg(before, agentId);
  const there = ownLeg(into.story.call, agentId);
  const line = own === null ? undefined : linesWith(before, own.id)[0];
  const other = there === null ? undefined : linesWith(into.story.call, there.id)[0];
  if (line === undefined || other === undefined) return;
  const handed = from.story.command({ type: 'handOver', agentId, lineId: line.id, toCallId: into.story.call.id });
  if (isRefusal(handed)) return;
  const legIds = handed.flatMap((event) => (event.type === 'legs.handedOver' ? event.legIds : []));
  const legs = legIds.flatMap((id) => before.legs[id] ?? []);
  const memberIds = othersOn(line, own?.id ?? '');
  const { offers } = line;
  const place = { agentId, lineId: other.id, fromCallId: before.id } as const;
  const adopted = into.story.command({ type: 'adopt', ...place, legs, memberIds, offers, stays });
  if (isRefusal(adopted)) throw new Error('handed over and not adopted');
  giveAway(from, into, legIds);
  into.act();
  from.act();
}

/** Zoe, whose leg is alone in her call, takes with it what rings a colleague in the other one, or is parked there; false where nothing is. */
export function tookOver(from: CallRun, into: CallRun, pick: number): boolean {
  const agentId = 'zoe';
  const leg = ownLeg(from.story.call, agentId);
  const takes = takeable(into.story.call, pick);
  if (leg === null || takes === null) return false;
  const taken = into.story.command({ ...takes, agentId, fromCallId: from.story.call.id, leg });
  if (isRefusal(taken)) throw new Error(taken.message);
  const gone = from.story.command({ type: 'goOver', agentId, toCallId: into.story.call.id });
  if (isRefusal(gone)) throw new Error(gone.message);
  giveAway(from, into, [leg.id]);
  into.act();
  from.act();
  return true;
}

function takeable(call: Call, pick: number) {
  const parked = linesOf(call).find((line) => line.parked !== null && line.offers.length === 0);
  if (parked !== undefined) return { type: 'takeParked', lineId: parked.id } as const;
  const offers = linesOf(call)
    .flatMap((line) => line.offers)
    .filter(({ purpose, picksUp }) => purpose !== 'own' && purpose !== 'retrieve' && picksUp === undefined);
  const offer = offers[pick % Math.max(1, offers.length)];
  return offer === undefined || offer.agentId === null ? null : ({ type: 'takeOver', offerId: offer.id } as const);
}

/** In Asterisk nothing happens to the legs but that the other call knows of them now. */
function giveAway(from: CallRun, into: CallRun, legIds: readonly LegId[]): void {
  const mine = new Map(from.picture.legs);
  const theirs = new Map(into.picture.legs);
  for (const legId of legIds) {
    const known = mine.get(legId);
    const leg = from.asterisk.legs.get(legId);
    // Each simulated Asterisk has the conversations of one call only.
    if (known !== undefined) theirs.set(legId, { ...known, conversationId: null });
    if (leg !== undefined) into.asterisk.legs.set(legId, { ...leg, conversationId: null });
    mine.delete(legId);
    from.asterisk.legs.delete(legId);
  }
  from.picture = { ...from.picture, legs: mine };
  into.picture = { ...into.picture, legs: theirs };
}
