/** What the database would not store, as a refusal. */
import { type Refusal, refuse } from '../core/refusal.js';
import { ConfigurationConflict } from './configuration-store.js';

const CONFLICTS: Readonly<Record<ConfigurationConflict['code'], string>> = {
  alreadyExists: 'Something else already has this.',
  stillInUse: 'It is still in use elsewhere.',
  unknownReference: 'It refers to something that does not exist.',
};

/** @throws the error itself if it is a fault and no conflict. */
export function refusalOf(error: unknown): Refusal {
  if (!(error instanceof ConfigurationConflict)) throw error;
  const { code, field, usedBy } = error;
  return refuse(code, CONFLICTS[code], usedBy === null ? { field } : { field, usedBy });
}
