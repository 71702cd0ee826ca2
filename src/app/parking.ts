/** Parking: an agent's line waits in a numbered slot, with music; whoever knows the number, and may, retrieves it. */
import { ownLeg } from '../core/call/line.js';
import { type AgentId, type Call, type CallId, type LineId, linesOf } from '../core/call/state.js';
import { isRefusal, type Refusal, refuse } from '../core/refusal.js';
import type { CallMailbox } from './call-mailbox.js';
import { parkedViews } from './call-view.js';
import type { AgentAccount, CentreSettings } from './directory.js';
import { legGoesOver } from './leg-goes-over.js';
import { type CallOperationsPorts, ownMailbox, unavailable } from './own-call.js';
import { mayTake } from './pick-up.js';
import { agentTarget } from './routing.js';
import type { SettingsInForce } from './settings-in-force.js';
import type { CallView, ParkedView } from './view.js';

/** Every parked call. It happens seldom, and a look at all calls cannot be out of step with them. */
export function* parkedCalls(calls: Iterable<Call>): IterableIterator<ParkedView> {
  for (const call of calls) {
    if (linesOf(call).some(({ parked }) => parked !== null)) yield* parkedViews(call);
  }
}

/** May the agent see it, and retrieve it? As with a ringing call: by queue, or by the colleague who parked it. */
export function mayRetrieve(settings: SettingsInForce, agentId: AgentId, { byAgentId, queueId }: ParkedView): boolean {
  return mayTake(settings, agentId, byAgentId, queueId);
}

/** The slots of the centre, in their order. */
export function slotsOf({ parkingFirstSlot, parkingLastSlot }: CentreSettings): readonly string[] {
  const count = Math.max(0, parkingLastSlot - parkingFirstSlot + 1);
  return Array.from({ length: count }, (_, index) => String(parkingFirstSlot + index));
}

/** Into the first free slot. */
export async function park(
  ports: CallOperationsPorts,
  agentId: AgentId,
  callId: CallId,
  lineId: LineId | null,
): Promise<ParkedView | Refusal> {
  const mailbox = ownMailbox(ports, agentId, callId);
  if (isRefusal(mailbox)) return mailbox;
  const { centre } = ports.routing().settings;
  const taken = new Set([...parkedCalls(ports.switchboard.calls())].map(({ slot }) => slot));
  const slot = slotsOf(centre).find((each) => !taken.has(each));
  if (slot === undefined) return refuse('tooMany', 'All parking slots are taken.');
  const done = mailbox.decideNow({ type: 'park', agentId, lineId, slot, limitMs: centre.parkingLimitMs });
  if (isRefusal(done)) return done;
  const parked = parkedViews(done).find((each) => each.slot === slot);
  await mailbox.written();
  return parked ?? refuse('callEnded', 'The call has ended.');
}

/** `fromCallId`: the call in which the agent's leg is that takes it; null: the agent's phones are rung, if the agent is not in the call. */
export async function retrieve(
  ports: CallOperationsPorts,
  agentId: AgentId,
  slot: string,
  fromCallId: CallId | null,
): Promise<CallView | Refusal> {
  const { settings } = ports.routing();
  const account = settings.agents.get(agentId);
  if (account === undefined || !ports.isLoggedIn(agentId)) return refuse('notLoggedIn', 'Log in first.');
  if (ports.phones.status !== 'connected') return unavailable();
  const place = [...parkedCalls(ports.switchboard.calls())].find((each) => each.slot === slot);
  const mailbox = place === undefined ? undefined : ports.switchboard.mailbox(place.callId);
  if (place === undefined || mailbox === undefined || !mayRetrieve(settings, agentId, place)) {
    return refuse('notFound', 'Nobody waits in this slot.');
  }
  const done =
    fromCallId === null || fromCallId === place.callId
      ? take(ports, account, place, mailbox)
      : legGoesOver(ports, agentId, fromCallId, mailbox, (leg) => {
          return { type: 'takeParked', agentId, lineId: place.lineId, fromCallId, leg };
        });
  if (isRefusal(done)) return done;
  await done.written();
  return done.call === null ? refuse('callEnded', 'The call has ended.') : ports.views.callView(done.call);
}

function take(
  ports: CallOperationsPorts,
  account: AgentAccount,
  { lineId, party }: ParkedView,
  mailbox: CallMailbox,
): CallMailbox | Refusal {
  const { settings, isRung } = ports.routing();
  const { id: agentId, devices } = account;
  const isThere = mailbox.call !== null && ownLeg(mailbox.call, agentId) !== null;
  if (!isThere && devices.length === 0) return refuse('noDevice', 'You have no phone to take the call with.');
  if (!isThere && isRung(agentId)) return refuse('agentBusy', 'Your phone is ringing already.');
  const rings = agentTarget(mailbox.id, account, party, settings.centre.directRingMs);
  const legs = rings.legs.map((leg, index) => ({ ...leg, autoAnswer: devices[index]?.autoAnswer ?? false }));
  const done = mailbox.decideNow({ type: 'retrieve', agentId, lineId, target: { ...rings, legs } });
  return isRefusal(done) ? done : mailbox;
}
