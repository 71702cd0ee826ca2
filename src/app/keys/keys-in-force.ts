/** Which keys count for a leg: those of the configuration in force, for its agent or its customer, and the queue of its call. */
import { type AgentId, type Call, type LegId, presentLegs, type QueueId } from '../../core/call/state.js';
import { type EffectiveKeys, effectiveKeys } from '../../core/option/key-sets.js';
import { CENTRE_OWNER, type KeyScope, type KeySet, NO_KEYS } from '../../core/option/option.js';
import type { AgentAccount } from '../directory.js';

type KeySets = ReadonlyMap<string, KeySet>;
type KeyOwner = Pick<AgentAccount, 'id' | 'teamId'>;

/** What of the configuration in force says which keys count. */
interface KeySettings {
  readonly keySets: KeySets;
  readonly agents: ReadonlyMap<AgentId, KeyOwner>;
}

/** By what `indexKeySets` indexes. */
function addressOf(scope: KeyScope, ownerId: string): string {
  return `${scope}/${ownerId}`;
}

export function indexKeySets(sets: readonly KeySet[]): KeySets {
  return new Map(sets.map((set) => [addressOf(set.scope, set.ownerId), set]));
}

/** What belongs to persons comes before what belongs to the call. */
export function keysOfAgent(sets: KeySets, { id, teamId }: KeyOwner, queueId: QueueId | null): EffectiveKeys {
  return merged(sets, [
    ['centre', CENTRE_OWNER],
    ['queue', queueId],
    ['team', teamId],
    ['agent', id],
  ]);
}

export function keysOfCustomer(sets: KeySets, queueId: QueueId | null): EffectiveKeys {
  return merged(sets, [['customer', queueId]]);
}

/** For the agent's own leg, or for a party from outside in a call of a queue that lets its customers press. */
export function keysOfLeg({ keySets: sets, agents }: KeySettings, call: Call, legId: LegId): EffectiveKeys {
  if (sets.size === 0) return { ...NO_KEYS, keys: [] };
  const leg = presentLegs(call).find(({ id }) => id === legId);
  if (leg === undefined) return { ...NO_KEYS, keys: [] };
  const { queueId } = call.marks;
  if (leg.agentId === null) return keysOfCustomer(sets, queueId);
  return keysOfAgent(sets, agents.get(leg.agentId) ?? { id: leg.agentId, teamId: null }, queueId);
}

function merged(sets: KeySets, from: readonly (readonly [KeyScope, string | null])[]): EffectiveKeys {
  return effectiveKeys(
    from.flatMap(([scope, owner]) => (owner === null ? [] : (sets.get(addressOf(scope, owner)) ?? []))),
  );
}
