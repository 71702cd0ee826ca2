/** What an event makes of the agents who are moving to another device. */
import type { CallEventBody } from './event.js';
import { mapLine } from './line.js';
import type { Leg, LegId, LiveCall, Offer } from './state.js';

type Event<T extends CallEventBody['type']> = Extract<CallEventBody, { type: T }>;

/** `offer` is that of the event. */
export function moveOffered(call: LiveCall, { byAgentId: agentId }: Event<'call.offered'>, offer: Offer): LiveCall {
  return agentId === null ? call : { ...call, deviceMoves: [...call.deviceMoves, { agentId, offer }] };
}

export function moveChanged(call: LiveCall, event: CallEventBody): LiveCall {
  switch (event.type) {
    case 'device.moved':
      return moved(call, event);
    case 'device.ringsOn':
      return ringsOn(call, event);
    case 'offer.failed':
      return without(call, event.offerId);
    case 'offer.weakened': {
      const { offerId, outcome } = event;
      const deviceMoves = call.deviceMoves.map((move) =>
        move.offer.id === offerId ? { ...move, offer: { ...move.offer, outcome } } : move,
      );
      return call.deviceMoves.length === 0 ? call : { ...call, deviceMoves };
    }
    default:
      return call;
  }
}

function without(call: LiveCall, offerId: string): LiveCall {
  const deviceMoves = call.deviceMoves.filter(({ offer }) => offer.id !== offerId);
  return deviceMoves.length === call.deviceMoves.length ? call : { ...call, deviceMoves };
}

/** The new leg is on every line in the former one's place, as loud as that. */
function moved(call: LiveCall, { fromLegId, legId }: Event<'device.moved'>): LiveCall {
  const lines = call.lines.map((line) => ({
    ...line,
    members: line.members.map((member) => (member.legId === fromLegId ? { ...member, legId } : member)),
  }));
  const coachings = call.coachings.map((each) =>
    each.stage === 'there' && each.legId === fromLegId ? { ...each, legId } : each,
  );
  const deviceMoves = call.deviceMoves.filter(({ offer }) => !offer.legIds.includes(legId));
  const legs: Record<LegId, Leg> = { ...call.legs };
  const leg = legs[legId];
  if (leg !== undefined) legs[legId] = { ...leg, muted: call.legs[fromLegId]?.muted ?? false };
  return { ...call, lines, coachings, deviceMoves, legs };
}

function ringsOn(call: LiveCall, { agentId, offerId, lineId, purpose }: Event<'device.ringsOn'>): LiveCall {
  const move = call.deviceMoves.find(({ offer }) => offer.id === offerId);
  if (move === undefined) return call;
  const offer: Offer = { ...move.offer, agentId, purpose, byAgentId: null };
  return mapLine(without(call, offerId), lineId, (line) => ({ ...line, offers: [...line.offers, offer] }));
}

/** The call with the offer that has the new leg in the former one's place; the leg itself is there already. */
export function rungAgain(call: LiveCall, { offerId, fromLegId, leg }: Event<'device.rungAgain'>): LiveCall {
  const swapped = (offer: Offer): Offer =>
    offer.id === offerId ? { ...offer, legIds: offer.legIds.map((id) => (id === fromLegId ? leg.id : id)) } : offer;
  return {
    ...call,
    lines: call.lines.map((line) => ({ ...line, offers: line.offers.map(swapped) })),
    coachings: call.coachings.map((each) => (each.stage === 'rings' ? { ...each, offer: swapped(each.offer) } : each)),
    deviceMoves: call.deviceMoves.map((move) => ({ ...move, offer: swapped(move.offer) })),
  };
}
