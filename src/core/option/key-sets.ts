/** Which keys are in force where: of several sets the more specific one says what a sequence does. */
import { BETWEEN_DIGITS_MS, type Key, type KeyScope, type KeySet, type KeyTable } from './option.js';

/** A key in force, and the set it comes from. */
export interface EffectiveKey extends Key {
  readonly from: KeyScope;
}

export interface EffectiveKeys extends KeyTable {
  readonly keys: readonly EffectiveKey[];
}

/**
 * `sets` from the least to the most specific; missing ones are left out. A reserved key keeps its meaning, whatever a more specific set
 * says that was there before it.
 */
export function effectiveKeys(sets: readonly KeySet[]): EffectiveKeys {
  const bySequence = new Map<string, EffectiveKey>();
  let betweenDigitsMs = BETWEEN_DIGITS_MS;
  for (const set of sets) {
    betweenDigitsMs = set.betweenDigitsMs ?? betweenDigitsMs;
    for (const key of set.keys) {
      if (bySequence.get(key.sequence)?.reserved !== true) bySequence.set(key.sequence, { ...key, from: set.scope });
    }
  }
  const keys = [...bySequence.values()].filter(({ option }) => option.kind !== 'none');
  return { betweenDigitsMs, keys: keys.sort((one, other) => (one.sequence < other.sequence ? -1 : 1)) };
}
