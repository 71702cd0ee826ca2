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

export interface TagStore {
  /** By name. */
  list(): Promise<readonly TagDefinition[]>;
  /** The one whose word this is, capitals included; or null. */
  named(name: string): Promise<TagDefinition | null>;
  save(tag: TagDefinition, deed: Deed): Promise<'saved' | 'alreadyExists'>;
  /** Calls keep the word. */
  remove(id: string, deed: Deed): Promise<boolean>;
}

/** Why a call may not be given this word now; null: it may. */
export async function tagProblem(tags: Pick<TagStore, 'named'>, name: string): Promise<Refusal | null> {
  const found = await tags.named(name);
  if (found === null) return refuse('tagUnknown', 'There is no such tag.', { tag: name });
  return found.enabled ? null : refuse('tagDisabled', 'This tag is not used any more.', { tag: name });
}
