/**
 * An agent takes over a call that rings a colleague. From the desktop the agent's own phones ring for it too; a leg of the agent that is
 * there already (a number dialled on the phone) goes over into the call at once.
 */
import { type AgentId, type CallId, linesOf, type Offer, type OfferPurpose, type QueueId } from '../core/call/state.js';
import { isRefusal, type Refusal, refuse } from '../core/refusal.js';
import type { CallMailbox } from './call-mailbox.js';
import type { CallTarget } from './call-target.js';
import type { AgentAccount } from './directory.js';
import { legGoesOver } from './leg-goes-over.js';
import { type CallOperationsPorts, unavailable } from './own-call.js';
import { agentTarget } from './routing.js';
import type { SettingsInForce } from './settings-in-force.js';
import type { CallView } from './view.js';

/** Whose ringing call; null: any that the agent may pick up. */
export type PickUpTarget = CallTarget | { readonly callId: CallId } | null;

/** Rings because its agent wanted it. */
const OWN_DOING: ReadonlySet<OfferPurpose> = new Set(['own', 'retrieve']);

interface Candidate {
  readonly mailbox: CallMailbox;
  readonly offer: Offer;
  readonly queueId: QueueId | null;
}

/** `fromCallId`: the call in which the agent's leg is that takes it; null: the agent's phones are rung. The longest ringing goes first. */
export async function pickUp(
  ports: CallOperationsPorts,
  agentId: AgentId,
  target: PickUpTarget,
  fromCallId: CallId | null,
): Promise<CallView | Refusal> {
  const { settings } = ports.routing();
  const account = settings.agents.get(agentId);
  if (account === undefined || !ports.isLoggedIn(agentId)) return refuse('notLoggedIn', 'Log in first.');
  if (ports.phones.status !== 'connected') return unavailable();
  const wanted = wantedBy(settings, target);
  if (isRefusal(wanted)) return wanted;
  const candidates = ringing(ports, fromCallId)
    .filter((each) => wanted(each) && mayTake(settings, agentId, each.offer.agentId, each.queueId))
    .sort((one, other) => one.offer.offeredAt - other.offer.offeredAt);
  let result: CallMailbox | Refusal = refuse('notFound', 'No call rings that you could pick up.');
  for (const each of candidates) {
    result = fromCallId === null ? ring(ports, account, each) : bringOver(ports, agentId, fromCallId, each);
    if (!isRefusal(result)) break;
  }
  if (isRefusal(result)) return result;
  await result.written();
  return result.call === null ? refuse('callEnded', 'The call has ended.') : ports.views.callView(result.call);
}

/**
 * Is a call of this queue, or of this colleague, one that the agent may take? By the centre's setting: any, or only those of queues
 * that the agent serves and of colleagues who serve a queue together with the agent.
 */
export function mayTake(
  { centre, membershipsOf }: SettingsInForce,
  agentId: AgentId,
  colleagueId: AgentId | null,
  queueId: QueueId | null,
): boolean {
  if (centre.pickUpFrom === 'all' || colleagueId === agentId) return true;
  const own = new Set((membershipsOf.get(agentId) ?? []).map((member) => member.queueId));
  if (queueId !== null && own.has(queueId)) return true;
  const theirs = colleagueId === null ? [] : (membershipsOf.get(colleagueId) ?? []);
  return theirs.some((member) => own.has(member.queueId));
}

/** Every offer that rings an agent, in whatever call. */
function ringing({ switchboard }: CallOperationsPorts, besides: CallId | null): Candidate[] {
  const found: Candidate[] = [];
  for (const call of switchboard.calls()) {
    const mailbox = call.id === besides ? undefined : switchboard.mailbox(call.id);
    if (mailbox === undefined) continue;
    for (const { offers, stay } of linesOf(call)) {
      for (const offer of offers) {
        const { agentId, purpose, picksUp } = offer;
        if (agentId === null || OWN_DOING.has(purpose) || picksUp !== undefined) continue;
        found.push({ mailbox, offer, queueId: stay?.queueId ?? null });
      }
    }
  }
  return found;
}

function wantedBy(settings: SettingsInForce, target: PickUpTarget): ((each: Candidate) => boolean) | Refusal {
  if (target === null) return () => true;
  if ('callId' in target) return ({ mailbox }) => mailbox.id === target.callId;
  const agentId =
    'agentId' in target ? target.agentId : 'number' in target && settings.agentByNumber.get(target.number)?.id;
  if (agentId) return ({ offer }) => offer.agentId === agentId;
  const queueId =
    'queueId' in target ? target.queueId : 'number' in target && settings.queueByNumber.get(target.number)?.id;
  if (queueId) return (each) => each.queueId === queueId;
  return refuse('notFound', 'There is no agent and no queue with this number.');
}

function ring(ports: CallOperationsPorts, account: AgentAccount, { mailbox, offer }: Candidate): CallMailbox | Refusal {
  const { settings, isRung } = ports.routing();
  const { id: agentId, devices } = account;
  if (devices.length === 0) return refuse('noDevice', 'You have no phone to pick the call up with.');
  if (isRung(agentId)) return refuse('agentBusy', 'Your phone is ringing already.');
  const rings = agentTarget(mailbox.id, account, offer.shows, settings.centre.directRingMs);
  const legs = rings.legs.map((leg, index) => ({ ...leg, autoAnswer: devices[index]?.autoAnswer ?? false }));
  const done = mailbox.decideNow({ type: 'pickUp', agentId, offerId: offer.id, target: { ...rings, legs } });
  return isRefusal(done) ? done : mailbox;
}

function bringOver(
  ports: CallOperationsPorts,
  agentId: AgentId,
  fromCallId: CallId,
  { mailbox, offer }: Candidate,
): CallMailbox | Refusal {
  const takes = { type: 'takeOver', agentId, offerId: offer.id, fromCallId } as const;
  return legGoesOver(ports, agentId, fromCallId, mailbox, (leg) => ({ ...takes, leg }));
}
