/** What an agent, or a supervisor, can do with calls. */
import type { CallCommand } from '../core/call/command.js';
import { type AgentId, agentsIn, type CallId } from '../core/call/state.js';
import { isRefusal, type Refusal, refuse } from '../core/refusal.js';
import type { CallOperations } from './application.js';
import type { PhoneSystem } from './phone-system.js';
import { directionOf } from './receive.js';
import { agentTarget, partyOf, type RoutingState, routeDialled } from './routing.js';
import type { Switchboard } from './switchboard.js';
import type { CallView } from './view.js';
import type { Views } from './views.js';

export interface CallOperationsPorts {
  readonly switchboard: Switchboard;
  readonly phones: PhoneSystem;
  readonly views: Views;
  readonly routing: () => RoutingState;
  readonly isLoggedIn: (agentId: AgentId) => boolean;
}

const NO_SUCH_CALL = refuse('notFound', 'There is no such call.');

export function callOperations(ports: CallOperationsPorts): CallOperations {
  const { switchboard, phones, views } = ports;

  const command = async (id: CallId, what: CallCommand): Promise<CallView | Refusal> => {
    const mailbox = switchboard.mailbox(id);
    if (mailbox === undefined) return NO_SUCH_CALL;
    if (phones.status !== 'connected') return unavailable();
    const result = await mailbox.command(what);
    return isRefusal(result) ? result : views.callView(result);
  };

  /** Another agent's call looks like no call at all. */
  const ownCommand = async (agentId: AgentId, id: CallId, what: CallCommand): Promise<CallView | Refusal> => {
    const call = switchboard.mailbox(id)?.call ?? null;
    return call === null || !agentsIn(call).includes(agentId) ? NO_SUCH_CALL : await command(id, what);
  };

  return {
    dial: (agentId, number) => dial(ports, agentId, number),
    hangUp: (agentId, callId) => ownCommand(agentId, callId, { type: 'hangUp', agentId }),
    setMuted: (agentId, callId, muted) => ownCommand(agentId, callId, { type: 'setMuted', agentId, muted }),
    end: (callId) => command(callId, { type: 'end' }),
  };
}

async function dial(ports: CallOperationsPorts, agentId: AgentId, number: string): Promise<CallView | Refusal> {
  const { switchboard, phones, views, isLoggedIn } = ports;
  const routing = ports.routing();
  const agent = routing.settings.agents.get(agentId);
  if (agent === undefined || !isLoggedIn(agentId)) return refuse('notLoggedIn', 'Log in first.');
  if (agent.devices.length === 0) return refuse('noDevice', 'You have no phone to call from.');
  if (!routing.isFree(agentId)) return refuse('agentBusy', 'You already have a call.');
  if (phones.status !== 'connected') return unavailable();
  const id = phones.newCallId();
  const next = routeDialled(routing, id, agent, number);
  if (isRefusal(next)) return next;
  const from = partyOf(agent);
  const ringing = agentTarget(id, agent, { number, name: '' }, routing.settings.centre.directRingMs);
  const legs = ringing.legs.map((leg, index) => ({ ...leg, autoAnswer: agent.devices[index]?.autoAnswer ?? false }));
  const mailbox = switchboard.originate(id, {
    type: 'originate',
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

function unavailable(): Refusal {
  return refuse('phoneSystemUnavailable', 'The phone system cannot be reached at the moment.');
}
