/**
 * Changes of the configuration in the log of changes: what was changed, by whom. Noted once the change has been made, so that any command
 * that configures something is noted without its store having to know.
 */
import { changedFields, type Noted } from '../changes.js';
import type { LoadedConfiguration } from '../configuration-store.js';
import type { Command } from './command.js';

const CONFIGURES = /^(configuration|scenarios)\./;
/** Whatever lets somebody in somewhere is nobody's business. */
const SECRET = /pass|secret|pin$|token|apikey|auth|header|url|body/i;
const LONGEST = 8_000;
const LONGEST_ID = 80;

/** Where what a command saves or removes is found again, and by which of its fields. */
const KEPT: Readonly<Record<string, readonly [keyof LoadedConfiguration, ...(readonly string[])]>> = {
  agents: ['agents', 'id'],
  teams: ['teams', 'id'],
  queues: ['queues', 'id'],
  members: ['members', 'queueId', 'agentId'],
  statuses: ['statuses', 'id'],
  routes: ['routes', 'number'],
  outgoingRules: ['outgoingRules', 'id'],
  keys: ['keySets', 'scope', 'ownerId'],
  trainers: ['trainers', 'of', 'id'],
};

/** Null for what configures nothing, for what has changed nothing, and for what has a log of its own. */
export function configurationChange(
  { name, rest }: Command,
  input: unknown,
  before: LoadedConfiguration,
  after: LoadedConfiguration,
): Noted | null {
  // Whoever only asks what is wrong with a scenario has changed nothing.
  if (rest.method === 'get' || !CONFIGURES.test(name) || name === 'scenarios.validate') return null;
  const noun = name.replace(/^configuration\./, '').replace(/\.\w+$/, '');
  const given = fieldsOf(input);
  const [list, ...names] = KEPT[noun] ?? [];
  const ids = list === undefined ? idsOf(given) : names.map((field) => String(given.get(field)));
  const entityId = [noun, ...ids].join('/').slice(0, LONGEST_ID);
  if (list === undefined && noun !== 'centre') {
    const action = name.endsWith('.remove') ? 'removed' : 'changed';
    return {
      entity: 'configuration',
      entityId,
      action,
      fields: bounded({ asked: { before: null, after: hidden(input) } }),
    };
  }
  const [old, now] = [before, after].map((kept) =>
    list === undefined ? kept.centre : itemOf(kept[list], names, given),
  );
  const secrets = [...given.keys()].filter((field) => SECRET.test(field)).map((field) => [field, HIDDEN] as const);
  const fields = { ...changedFields(hidden(old ?? {}), hidden(now ?? {})), ...Object.fromEntries(secrets) };
  if (Object.keys(fields).length === 0) return null;
  const action = old === undefined ? 'added' : now === undefined ? 'removed' : 'changed';
  return { entity: 'configuration', entityId, action, fields: bounded(fields) };
}

const HIDDEN = { before: null, after: '***' };

function fieldsOf(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
}

function itemOf(items: unknown, names: readonly string[], given: ReadonlyMap<string, unknown>): object | undefined {
  if (!Array.isArray(items)) return undefined;
  return items.find((item: unknown) => names.every((name) => fieldsOf(item).get(name) === given.get(name)));
}

/** The fields that name it. */
function idsOf(given: ReadonlyMap<string, unknown>): readonly string[] {
  if (given.has('id')) return [String(given.get('id'))];
  return [...given].flatMap(([field, value]) =>
    /Id$|^number$/.test(field) && typeof value === 'string' ? [value] : [],
  );
}

function bounded(fields: Noted['fields']): Noted['fields'] {
  if (JSON.stringify(fields).length <= LONGEST) return fields;
  return { asked: { before: null, after: 'too long to be kept' } };
}

function hidden(value: object): object;
function hidden(value: unknown): unknown;
function hidden(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((inner) => hidden(inner));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([field, inner]) => [field, SECRET.test(field) ? '***' : hidden(inner)]),
  );
}
