/**
 * Changes of the configuration in the log of changes: what was asked for, by whom. Noted once the change has been made, so that any command
 * that configures something is noted without its store having to know.
 */
import type { Noted } from '../changes.js';
import type { Command } from './command.js';

const CONFIGURES = /^(configuration|scenarios)\./;
/** Whatever lets somebody in somewhere is nobody's business. */
const SECRET = /pass|secret|pin$|token|apikey|auth|header|url|body/i;
const LONGEST = 8_000;
const LONGEST_ID = 80;

/** Null for what configures nothing, and for what has a log of its own. */
export function configurationChange({ name, rest }: Command, input: unknown): Noted | null {
  // Whoever only asks what is wrong with a scenario has changed nothing.
  if (rest.method === 'get' || !CONFIGURES.test(name) || name === 'scenarios.validate') return null;
  const asked = withoutSecrets(input);
  const short = JSON.stringify(asked).length <= LONGEST;
  const noun = name.replace(/^configuration\./, '').replace(/\.\w+$/, '');
  return {
    entity: 'configuration',
    entityId: [noun, ...idsOf(input)].join('/').slice(0, LONGEST_ID),
    action: name.endsWith('.remove') ? 'removed' : 'changed',
    fields: { asked: { before: null, after: short ? asked : 'too long to be kept' } },
  };
}

/** The fields that name it: of a member its queue's and its agent's. */
function idsOf(input: unknown): readonly string[] {
  if (typeof input !== 'object' || input === null) return [];
  const named = new Map(Object.entries(input));
  if (named.has('id')) return [String(named.get('id'))];
  return [...named].flatMap(([field, value]) =>
    /Id$|^number$/.test(field) && typeof value === 'string' ? [value] : [],
  );
}

function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([field, inner]) => [field, SECRET.test(field) ? '***' : withoutSecrets(inner)]),
  );
}
