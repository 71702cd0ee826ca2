/** People, phones and beginnings of calls for tests. */
import type { Beginning, CallCommand } from '../../src/core/call/command.js';
import type { AgentId, Instant, Onward, Party, Target } from '../../src/core/call/state.js';
import { CallStory } from './call-story.js';

export const CUSTOMER: Party = { number: '+15550100', name: 'Customer' };
export const SHOP: Party = { number: '+15550200', name: 'Shop' };
export const RING_MS = 15_000;
const MANNERS = { hangUpRule: 'recall', holdMusic: 'hold-music' } as const;

export function agentParty(agentId: AgentId): Party {
  return { number: `1-${agentId}`, name: agentId };
}

/** An agent with devices `<agent>.1`, `<agent>.2` …; leg ids carry the attempt so that a new attempt is a new id. */
export function agentTarget(agentId: AgentId, devices = 1, attempt = 1, autoAnswer = false): Target {
  const stem = attempt === 1 ? agentId : `${agentId}#${attempt}`;
  return {
    offerId: `offer-${stem}`,
    agentId,
    party: agentParty(agentId),
    shows: CUSTOMER,
    legs: Array.from({ length: devices }, (_, index) => ({
      id: `${stem}.${index + 1}`,
      address: `PJSIP/${agentId}-${index + 1}`,
      autoAnswer,
    })),
    ringMs: RING_MS,
  };
}

/** The outside number of the shop, dialled through a trunk as leg `shop`. */
export function shopTarget(attempt = 1): Target {
  const id = attempt === 1 ? 'shop' : `shop#${attempt}`;
  return {
    offerId: `offer-${id}`,
    agentId: null,
    party: SHOP,
    shows: agentParty('anna'),
    legs: [{ id, address: 'PJSIP/+15550200@trunk', autoAnswer: false }],
    ringMs: RING_MS,
  };
}

export function toQueue(queueId = 'sales', maxWaitMs: number | null = null, priority = 0): Onward {
  return { kind: 'queue', entry: { queueId, priority, music: `${queueId}-music`, maxWaitMs } };
}

export function toTarget(target: Target): Onward {
  return { kind: 'target', target };
}

/** `music` null: silence between what is said. */
export function toScript(music: string | null = 'script-music'): Extract<Onward, { kind: 'script' }> {
  return { kind: 'script', script: { name: 'scenario:welcome@1', position: '{"step":"menu"}', music } };
}

/** A customer calls in from outside. */
export function customerCalls(onward: Onward, legId = 'caller', waitingSince?: Instant): Beginning {
  return {
    ...MANNERS,
    type: 'arrive',
    direction: 'inbound',
    from: CUSTOMER,
    dialled: '5000',
    language: 'en',
    leg: { id: legId, role: 'caller', party: CUSTOMER, agentId: null, address: null },
    ...(waitingSince === undefined ? {} : { waitingSince }),
    onward,
  };
}

/** Agent Anna dials on her phone, leg `caller`. */
export function annaDials(direction: 'internal' | 'outbound', onward: Onward): Beginning {
  return {
    ...MANNERS,
    type: 'arrive',
    direction,
    from: agentParty('anna'),
    dialled: '102',
    language: 'en',
    leg: { id: 'caller', role: 'caller', party: agentParty('anna'), agentId: 'anna', address: null },
    onward,
  };
}

/** Agent Anna asks for a call from the desktop: her own phone, leg `anna.1` (and more), rings first. */
export function annaClicks(direction: 'internal' | 'outbound', next: Onward, devices = 1): Beginning {
  return {
    ...MANNERS,
    type: 'originate',
    direction,
    from: agentParty('anna'),
    dialled: '102',
    language: 'en',
    own: agentTarget('anna', devices, 1, true),
    next,
  };
}

export function offer(agentId: AgentId, devices = 1, attempt = 1): CallCommand {
  return { type: 'offer', target: agentTarget(agentId, devices, attempt) };
}

export function announcement(id = 'a1', timeoutMs = 20_000): CallCommand {
  return { type: 'announce', announcementId: id, items: [{ kind: 'sound', name: 'queue-periodic' }], timeoutMs };
}

/** A customer waits in the queue `sales`. */
export function waitingCustomer(maxWaitMs: number | null = null): CallStory {
  return new CallStory(customerCalls(toQueue('sales', maxWaitMs)));
}

/** A customer waits, and these agents' phones ring for the call. */
export function ringingFor(...agents: readonly AgentId[]): CallStory {
  const story = waitingCustomer();
  for (const agentId of agents) story.command(offer(agentId));
  for (const agentId of agents) story.rings(`${agentId}.1`);
  return story;
}

/** A customer talks with Anna since 3 s after the call came. */
export function talkingWithAnna(): CallStory {
  const story = ringingFor('anna').wait(3000);
  story.answers('anna.1');
  return story;
}
