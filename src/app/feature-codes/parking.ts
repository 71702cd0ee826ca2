/** Parking with a telephone alone: the line held last goes into a slot, whose number is said; a parked call is taken out again. */
import type { AgentId, CallId, LineId } from '../../core/call/state.js';
import { isRefusal } from '../../core/refusal.js';
import type { Views } from '../application.js';
import type { Asking } from './asking.js';
import { sound, spelled } from './sounds.js';

const LONGEST_SLOT = 6;
const SORRY = [sound('beeperr'), sound('im-sorry')];

/** To dial the code is a call of its own, so what the agent talked on is on hold by now. */
export async function parkHeld({ ports, dialogue, viewer, call }: Asking): Promise<void> {
  const { views, calls } = ports.application;
  const held = heldLast(views, viewer.agentId, call.id);
  const parked = held === null ? null : await calls.park(viewer.agentId, held.callId, held.lineId);
  await dialogue.tell(parked === null || isRefusal(parked) ? SORRY : [spelled(parked.slot)]);
}

/** True when the phone's own leg has gone over into the parked call. */
export async function retrieveParked({ ports, dialogue, viewer, call }: Asking, number: string): Promise<boolean> {
  const slot = number === '' ? await dialogue.ask({ items: [sound('beep')], most: LONGEST_SLOT }) : number;
  const taken = await ports.application.calls.retrieve(viewer.agentId, slot, call.id);
  if (!isRefusal(taken)) return true;
  await dialogue.tell(SORRY);
  return false;
}

interface Held {
  readonly callId: CallId;
  readonly lineId: LineId;
  readonly since: number;
}

function heldLast(views: Views, agentId: AgentId, besides: CallId): Held | null {
  const callIds = (views.agent(agentId)?.callIds ?? []).filter((id) => id !== besides);
  const held = callIds.flatMap((callId): readonly Held[] => {
    const { legs = [], lines = [] } = views.call(callId) ?? {};
    const own = new Set(legs.filter((leg) => leg.agentId === agentId).map(({ id }) => id));
    return lines.flatMap(({ id: lineId, members }) => {
      const member = members.find(({ legId, onHold }) => onHold && own.has(legId));
      return member === undefined ? [] : [{ callId, lineId, since: member.since }];
    });
  });
  return held.reduce<Held | null>((last, each) => (last === null || each.since > last.since ? each : last), null);
}
