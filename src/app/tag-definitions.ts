/** The tags that a centre uses: what keys and desktops offer. A call may be given any other word too. */
import type { Deed } from './changes.js';

export interface TagDefinition {
  readonly id: string;
  /** The word that calls get, unique. */
  readonly name: string;
  /** `#rrggbb`. */
  readonly colour: string;
}

export interface TagStore {
  /** By name. */
  list(): Promise<readonly TagDefinition[]>;
  save(tag: TagDefinition, deed: Deed): Promise<'saved' | 'alreadyExists'>;
  /** Calls keep the word. */
  remove(id: string, deed: Deed): Promise<boolean>;
}
