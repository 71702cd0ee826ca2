/** The tags that agents may give calls. Calls keep the word, whatever becomes of the definition. */
import { type Refusal, refuse } from '../core/refusal.js';
import type { Deed } from './changes.js';

export interface TagDefinition {
  readonly id: string;
  /** The word that calls get, unique. */
  readonly name: string;
  /** `#rrggbb`. */
  readonly colour: string;
  /** False: no call is given it any more; it is still shown, and searched for, in the past. */
  readonly enabled: boolean;
}

/** A published scenario gives calls this word. */
export interface TagInUse {
  readonly scenarioId: string;
}

export interface TagStore {
  /** By name. */
  list(): Promise<readonly TagDefinition[]>;
  /** The one whose word this is, capitals included; or null. */
  named(name: string): Promise<TagDefinition | null>;
  /** One in use keeps its word, and stays enabled. */
  save(tag: TagDefinition, deed: Deed): Promise<'saved' | 'alreadyExists' | TagInUse>;
  /** Calls keep the word. */
  remove(id: string, deed: Deed): Promise<boolean | TagInUse>;
}

/** Why a call may not be given this word now; null: it may. */
export async function tagProblem(tags: Pick<TagStore, 'named'>, name: string): Promise<Refusal | null> {
  const found = await tags.named(name);
  if (found === null) return refuse('tagUnknown', 'There is no such tag.', { tag: name });
  return found.enabled ? null : refuse('tagDisabled', 'This tag is not used any more.', { tag: name });
}
