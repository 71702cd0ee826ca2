/**
 * Inputs for every command of the catalogue, made from its schema: valid, nearly valid, and hostile. Knows nothing of what is
 * behind the doors, so the same inputs serve the fake application and the real service.
 */
import fc from 'fast-check';
import { z } from 'zod';
import type { Command } from '../../src/app/catalogue/command.js';
import { REFUSAL_CODES } from '../../src/core/refusal.js';

interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
}

/** Inputs that the schema allows (but for rules JSON Schema cannot say). */
export function validInput(entry: Pick<Command, 'input'>): fc.Arbitrary<unknown> {
  const schema = z.toJSONSchema(entry.input, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
  return fromSchema(schema, schema.$defs ?? {});
}

function fromSchema(schema: JsonSchema, defs: Readonly<Record<string, JsonSchema>>): fc.Arbitrary<unknown> {
  const inner = (each: JsonSchema) => fromSchema(each, defs);
  if (schema.$ref !== undefined) return inner(defs[schema.$ref.replace('#/$defs/', '')] ?? {});
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return fc.oneof(...choices.map(inner));
  if (schema.allOf?.[0] !== undefined) return inner(schema.allOf[0]);
  switch (schema.type) {
    case 'object':
      return objectOf(schema, inner);
    case 'array':
      return fc.array(inner(schema.items ?? {}), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 5, 5),
      });
    case 'string':
      return stringOf(schema);
    case 'integer':
    case 'number':
      return fc.integer({ min: schema.minimum ?? -(2 ** 31), max: schema.maximum ?? 2 ** 31 });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      throw new Error(`The fuzz cannot read this schema: ${JSON.stringify(schema)}`);
  }
}

function objectOf(schema: JsonSchema, inner: (each: JsonSchema) => fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const fields = Object.entries(schema.properties ?? {}).map(([name, each]) => [name, inner(each)] as const);
  return fc.record(Object.fromEntries(fields), { requiredKeys: [...(schema.required ?? [])] });
}

function stringOf(schema: JsonSchema): fc.Arbitrary<string> {
  if (schema.pattern !== undefined) return fc.stringMatching(new RegExp(schema.pattern));
  return fc.string({ minLength: schema.minLength ?? 0, maxLength: schema.maxLength ?? 100, unit: 'grapheme' });
}

const nested = (depth: number): unknown => {
  let value: unknown = 'deep';
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
};

/** What does not belong anywhere. */
export const HOSTILE_VALUES: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  0.5,
  1e308,
  2 ** 53,
  '',
  ' ',
  [],
  {},
  [[]],
  'x'.repeat(20_000),
  '1'.repeat(33),
  nested(400),
  Array.from({ length: 2_000 }, (_, index) => index),
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\u202e\u2066',
  'a\r\nSet-Cookie: a=b',
  "'; DROP TABLE agents; --",
  '" OR 1=1 --',
  '%00%2e%2e%2f',
  '%',
  '../../../etc/passwd',
  '..',
  'PJSIP/101@evil.example',
  'sip:1@evil.example',
  'http://127.0.0.1:8088/ari/channels',
  '$(id)`id`',
  '{number}',
  '1,1,Dial(PJSIP/1)',
  '1&PJSIP/2',
  '__proto__',
  'constructor',
  'toString',
  JSON.parse('{"__proto__": {"role": "administrator"}}'),
  { constructor: { prototype: { role: 'administrator' } } },
  JSON.parse('{"toJSON": "x", "length": -1, "then": "x"}'),
  { refused: 'notFound', message: 'x' },
  { type: 'Buffer', data: [1, 2, 3] },
  { _placeholder: true, num: 0 },
];

const hostile = fc.oneof(fc.constantFrom(...HOSTILE_VALUES), fc.anything({ maxDepth: 3 }).map(asJson));

/** Only what JSON can carry. */
function asJson(value: unknown): unknown {
  try {
    return JSON.parse(JSON.stringify(value, (_key, each) => (typeof each === 'bigint' ? `${each}` : each)) ?? 'null');
  } catch {
    return null;
  }
}

/** A valid input with one thing wrong: a field replaced, missing, or too many. */
function nearlyValid(entry: Pick<Command, 'input'>): fc.Arbitrary<unknown> {
  const names = Object.keys(entry.input.shape);
  const name = fc.constantFrom(...names, 'role', 'agentId', '__proto__', 'constructor');
  return fc.tuple(validInput(entry), name, fc.option(hostile, { nil: undefined })).map(([valid, field, value]) => {
    const changed: Record<string, unknown> = { ...(valid as object) };
    if (value === undefined) delete changed[field];
    else Object.defineProperty(changed, field, { value, enumerable: true, configurable: true });
    return changed;
  });
}

/** Everything a client might send for this command. */
export function anyInput(entry: Pick<Command, 'input'>): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 3, arbitrary: validInput(entry) },
    { weight: 5, arbitrary: nearlyValid(entry) },
    { weight: 2, arbitrary: hostile },
  );
}

export interface RestRequest {
  readonly method: string;
  /** Below `/api/v1`, with the query. */
  readonly path: string;
  /** Undefined: no body. */
  readonly body: string | undefined;
}

/** The REST request that carries this input: fields of the path there, the rest in the query or the body. */
export function restRequest(entry: Command, input: unknown): RestRequest {
  const method = entry.rest.method.toUpperCase();
  const bodied = method === 'POST' || method === 'PUT';
  const isFields = typeof input === 'object' && input !== null && !Array.isArray(input);
  const fields = new Map<string, unknown>(isFields ? Object.entries(input) : []);
  const path = entry.rest.path.replace(/\{(\w+)\}/g, (_match, name: string) => {
    const value = fields.get(name);
    fields.delete(name);
    // An address of some kilobytes is refused before it is routed; that is another test's matter.
    return encode(textOf(value ?? 'none').slice(0, 2_000)) || 'none';
  });
  if (bodied) return { method, path, body: JSON.stringify(isFields ? Object.fromEntries(fields) : input) };
  const query = [...fields].map(([name, value]) => `${encode(name)}=${encode(textOf(value).slice(0, 2_000))}`);
  return { method, path: query.length === 0 ? path : `${path}?${query.join('&')}`, body: undefined };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

function encode(value: string): string {
  return encodeURIComponent(Buffer.from(value).toString());
}

const CODES = new Set<string>(REFUSAL_CODES);

/** Says what is wrong with an answered error, or null: the one shape, a known code, never `internal`. */
export function errorProblem(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) return `no error object but ${JSON.stringify(error)}`;
  const { code, message, details, ...others } = error as Record<string, unknown>;
  if (typeof code !== 'string' || !CODES.has(code)) return `unexpected code ${JSON.stringify(error)}`;
  if (typeof message !== 'string' || message === '' || message.length > 1000) return `bad message with ${code}`;
  if (details !== undefined && (typeof details !== 'object' || details === null)) return `bad details with ${code}`;
  if (JSON.stringify(error).length > 10_000) return `an error of ${JSON.stringify(error).length} characters`;
  return Object.keys(others).length === 0 ? null : `more than an error: ${Object.keys(others).join()}`;
}
