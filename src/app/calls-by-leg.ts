/**
 * Which call a leg belongs to, at a cost that does not grow with the calls there are: a key may be pressed on any of a thousand phones.
 * Legs may go over to another call than the one that their ids say.
 */
import type { CallEvent } from '../core/call/event.js';
import type { Call, CallId, LegId } from '../core/call/state.js';

export class CallsByLeg {
  /** Every leg of every live call. */
  readonly #live = new Map<LegId, CallId>();
  /** Legs that have gone over to another call than their ids say, also when they have left it: their end is told to it. */
  readonly #adopted = new Map<LegId, CallId>();
  readonly #adoptedBy = new Map<CallId, Set<LegId>>();

  /** The live call that the leg takes part in. */
  callOf(legId: LegId): CallId | undefined {
    return this.#live.get(legId);
  }

  /** The call that has the leg now; `callId` is the one that its id names. */
  ownerOf(legId: LegId, callId: CallId): CallId {
    return this.#adopted.get(legId) ?? callId;
  }

  changed(before: Call | null, after: Call, events: readonly CallEvent[]): void {
    for (const legId of adoptedIn(events)) this.#adopt(legId, after.id);
    const [were, are] = [liveLegs(before), liveLegs(after)];
    if (were === are) return;
    for (const legId of Object.keys(are)) if (were[legId] === undefined) this.#live.set(legId, after.id);
    for (const legId of Object.keys(were)) if (are[legId] === undefined) this.#left(legId, after.id);
  }

  /** A call is taken up from an earlier run. */
  restored(call: Call, events: readonly CallEvent[]): void {
    // Calls come in no particular order: one that has handed a leg on since is not its owner.
    for (const legId of adoptedIn(events)) if (call.legs[legId] !== undefined) this.#adopt(legId, call.id);
    this.changed(null, call, []);
  }

  retired(id: CallId): void {
    for (const legId of this.#adoptedBy.get(id) ?? []) this.#adopted.delete(legId);
    this.#adoptedBy.delete(id);
  }

  #adopt(legId: LegId, id: CallId): void {
    this.#adoptedBy.get(this.#adopted.get(legId) ?? '')?.delete(legId);
    this.#adopted.set(legId, id);
    const all = this.#adoptedBy.get(id) ?? new Set();
    this.#adoptedBy.set(id, all.add(legId));
  }

  /** Whichever of two calls tells first that a leg goes over: the one that has it keeps it. */
  #left(legId: LegId, id: CallId): void {
    if (this.#live.get(legId) === id) this.#live.delete(legId);
  }
}

const NONE: Call['legs'] = {};

function liveLegs(call: Call | null): Call['legs'] {
  return call?.phase === 'live' ? call.legs : NONE;
}

function adoptedIn(events: readonly CallEvent[]): readonly LegId[] {
  return events.flatMap((event) => (event.type === 'legs.adopted' ? event.legs.map(({ id }) => id) : []));
}
