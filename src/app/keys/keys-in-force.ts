/** Which keys count for a leg: those of the configuration in force, for its agent or its customer, and the queue of its call. */
import { type AgentId, type Call, type LegId, presentLegs, type QueueId } from '../../core/call/state.js';
import { type EffectiveKeys, effectiveKeys } from '../../core/option/key-sets.js';
import { CENTRE_OWNER, type KeyScope, type KeySet, NO_KEYS } from '../../core/option/option.js';

type KeySets = ReadonlyMap<string, KeySet>;

/** By what `indexKeySets` indexes. */
function addressOf(scope: KeyScope, ownerId: string): string {
  return `${scope}/${ownerId}`;
}

export function indexKeySets(sets: readonly KeySet[]): KeySets {
  return new Map(sets.map((set) => [addressOf(set.scope, set.ownerId), set]));
}

export function keysOfAgent(sets: KeySets, agentId: AgentId, queueId: QueueId | null): EffectiveKeys {
  return merged(sets, [
    ['centre', CENTRE_OWNER],
    ['queue', queueId],
    ['agent', agentId],
  ]);
}

export function keysOfCustomer(sets: KeySets, queueId: QueueId | null): EffectiveKeys {
  return merged(sets, [['customer', queueId]]);
}

/** For the agent's own leg, or for a party from outside in a call of a queue that lets its customers press. */
export function keysOfLeg(sets: KeySets, call: Call, legId: LegId): EffectiveKeys {
  if (sets.size === 0) return { ...NO_KEYS, keys: [] };
  const leg = presentLegs(call).find(({ id }) => id === legId);
  if (leg === undefined) return { ...NO_KEYS, keys: [] };
  const { queueId } = call.marks;
  return leg.agentId === null ? keysOfCustomer(sets, queueId) : keysOfAgent(sets, leg.agentId, queueId);
}

function merged(sets: KeySets, from: readonly (readonly [KeyScope, string | null])[]): EffectiveKeys {
  return effectiveKeys(
    from.flatMap(([scope, owner]) => (owner === null ? [] : (sets.get(addressOf(scope, owner)) ?? []))),
  );
}
