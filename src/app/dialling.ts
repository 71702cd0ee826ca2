/** A call that an agent asks for from the desktop: the own phone rings first. */
import type { AgentId } from '../core/call/state.js';
import { isRefusal, type Refusal, refuse } from '../core/refusal.js';
import { browserEndpoint } from './browser-phone/device.js';
import { type CallTarget, numberOf } from './call-target.js';
import type { Device } from './directory.js';
import { type CallOperationsPorts, NO_SUCH_CALL, unavailable } from './own-call.js';
import { directionOf, mannersOf } from './receive.js';
import { agentTarget, named, partyOf, routeDialled } from './routing.js';
import type { CallView } from './view.js';

/** Calls that the agent has already go on hold when the own phone is answered. */
export async function dial(
  ports: CallOperationsPorts,
  agentId: AgentId,
  target: CallTarget,
): Promise<CallView | Refusal> {
  const { switchboard, phones, views, isLoggedIn } = ports;
  const routing = ports.routing();
  const agent = routing.settings.agents.get(agentId);
  if (agent === undefined || !isLoggedIn(agentId)) return refuse('notLoggedIn', 'Log in first.');
  if (agent.devices.length === 0) return refuse('noDevice', 'You have no phone to call from.');
  if (routing.isRung(agentId)) return refuse('agentBusy', 'Your phone is ringing already.');
  if (phones.status !== 'connected') return unavailable();
  const number = numberOf(routing, target);
  if (isRefusal(number)) return number;
  const id = phones.newCallId();
  const next = routeDialled(routing, id, agent, number);
  if (isRefusal(next)) return next;
  const from = partyOf(agent);
  const ringing = agentTarget(id, agent, named(routing, { number, name: '' }), routing.settings.centre.directRingMs);
  // Who has asked for the call in the browser need not answer it there.
  const answers = ({ address, autoAnswer }: Device) => autoAnswer || browserEndpoint(address) !== null;
  const legs = ringing.legs.map((leg, index) => ({
    ...leg,
    autoAnswer: agent.devices.slice(index, index + 1).some(answers),
  }));
  const mailbox = switchboard.originate(id, {
    type: 'originate',
    ...mannersOf(routing.settings),
    direction: directionOf(next),
    from,
    dialled: number,
    language: agent.language,
    own: { ...ringing, legs },
    next,
  });
  await mailbox.written();
  return mailbox.call === null ? NO_SUCH_CALL : views.callView(mailbox.call);
}
