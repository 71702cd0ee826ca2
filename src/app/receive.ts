/** How a leg that called in begins its call: a customer by the number's route, an agent's phone by what it dialled. */
import type { Beginning } from '../core/call/command.js';
import type { Direction, Onward, Party, ReleaseReason } from '../core/call/state.js';
import { isRefusal, type RefusalCode } from '../core/refusal.js';
import type { AgentAccount } from './directory.js';
import { type FeatureDialled, featureDialled, featureScript, takesTheAgent } from './feature-codes/features.js';
import { slotsOf } from './parking.js';
import type { Arrival } from './phone-system.js';
import { named, partyOf, type RoutingState, routeDialled, routeInbound } from './routing.js';
import type { SettingsInForce } from './settings-in-force.js';

/** Longer numbers and names than any network sends are cut, not refused: the customer is worth more. */
const MAX_PARTY = 80;

export function receive(state: RoutingState, arrival: Arrival): Beginning {
  const agent = arrival.entrance === 'phone' ? state.settings.agentByEndpoint.get(arrival.endpoint) : undefined;
  const code = arrival.entrance === 'phone' ? codeDialled(state.settings, arrival.dialled) : null;
  // At a phone that is nobody's there is nothing to do but to log in.
  if (code !== null && (agent !== undefined || code.feature === 'logIn')) return asksFor(state, arrival, agent, code);
  if (arrival.entrance === 'phone')
    return agent === undefined ? stranger(state, arrival) : fromAgent(state, arrival, agent);
  return fromOutside(state, arrival);
}

/** A feature code; or the number of a parking slot, as a lamp's key dials it. */
function codeDialled(settings: SettingsInForce, dialled: string): FeatureDialled | null {
  const { centre, agentByNumber, queueByNumber } = settings;
  const code = featureDialled(centre.featureCodes, dialled);
  if (code !== null || agentByNumber.has(dialled) || queueByNumber.has(dialled)) return code;
  return slotsOf(centre).includes(dialled) ? { feature: 'retrieve', statusId: null, number: dialled } : null;
}

function fromOutside(state: RoutingState, arrival: Arrival): Beginning {
  const from = bounded(named(state, arrival.from));
  const onward = state.callers.isBlocked(from.number)
    ? rejection(state.settings)
    : routeInbound(state, arrival.callId, from, arrival.dialled);
  const queue = onward.kind === 'queue' ? state.settings.queues.get(onward.entry.queueId) : undefined;
  return {
    type: 'arrive',
    ...mannersOf(state.settings),
    direction: 'inbound',
    from,
    dialled: arrival.dialled,
    language: queue?.language ?? 'en',
    leg: { id: arrival.legId, role: 'caller', party: from, agentId: null, address: null },
    ...(arrival.waitingSince === null ? {} : { waitingSince: arrival.waitingSince }),
    onward,
  };
}

function fromAgent(state: RoutingState, arrival: Arrival, agent: AgentAccount): Beginning {
  const from = partyOf(agent);
  const onward = routeDialled(state, arrival.callId, agent, arrival.dialled);
  return {
    type: 'arrive',
    ...mannersOf(state.settings),
    direction: directionOf(isRefusal(onward) ? null : onward),
    from,
    dialled: arrival.dialled,
    language: agent.language,
    leg: {
      id: arrival.legId,
      role: 'agent',
      party: from,
      agentId: agent.id,
      address: null,
      calledFrom: arrival.endpoint,
    },
    onward: isRefusal(onward) ? { kind: 'nowhere', reason: heardAs(onward.refused) } : onward,
  };
}

/** A number that somebody has blocked: nobody is rung, and the call is not answered. */
function rejection({ centre }: SettingsInForce): Onward {
  return { kind: 'nowhere', reason: centre.blockedCallers === 'busy' ? 'busy' : 'rejected', outcome: 'blocked' };
}

/** A feature code: whoever dialled it is led through what it asks. */
function asksFor(
  state: RoutingState,
  arrival: Arrival,
  agent: AgentAccount | undefined,
  code: FeatureDialled,
): Beginning {
  const from = agent === undefined ? bounded(arrival.from) : partyOf(agent);
  // What is over in a moment is no call of the agent: a session cannot be ended, say, in the middle of a call.
  const agentId = agent !== undefined && takesTheAgent(code.feature) ? agent.id : null;
  return {
    type: 'arrive',
    ...mannersOf(state.settings),
    direction: 'internal',
    from,
    dialled: arrival.dialled,
    language: agent?.language ?? 'en',
    leg: { id: arrival.legId, role: agentId === null ? 'caller' : 'agent', party: from, agentId, address: null },
    onward: { kind: 'script', script: featureScript(code, arrival.endpoint, agent?.id ?? null) },
  };
}

/** A phone that belongs to no agent may dial nothing. */
function stranger(state: RoutingState, arrival: Arrival): Beginning {
  const from = bounded(arrival.from);
  return {
    type: 'arrive',
    ...mannersOf(state.settings),
    direction: 'internal',
    from,
    dialled: arrival.dialled,
    language: 'en',
    leg: { id: arrival.legId, role: 'caller', party: from, agentId: null, address: null },
    onward: { kind: 'nowhere', reason: 'rejected' },
  };
}

/** What every call takes along of the centre's settings when it begins. */
export function mannersOf({ centre }: SettingsInForce): Pick<Beginning, 'hangUpRule' | 'holdMusic'> {
  return { hangUpRule: centre.hangUpOnConsult, holdMusic: centre.holdMusic };
}

/** Outbound when an outside number is dialled. */
export function directionOf(onward: Onward | null): Direction {
  return onward?.kind === 'target' && onward.target.agentId === null ? 'outbound' : 'internal';
}

/** A phone has no screen for a reason: it hears the tone that comes nearest. */
function heardAs(refused: RefusalCode): ReleaseReason {
  if (refused === 'agentBusy') return 'busy';
  return refused === 'numberNotAllowed' ? 'rejected' : 'unknownNumber';
}

function bounded(party: Party): Party {
  return { number: party.number.slice(0, MAX_PARTY), name: party.name.slice(0, MAX_PARTY) };
}
