/** What must hold for every entry of the catalogue. */
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { catalogue } from '../../src/app/catalogue/catalogue.js';
import { REFUSAL_CODES } from '../../src/core/refusal.js';
import { openApiDocument } from '../../src/http/openapi.js';
import { HTTP_STATUS } from '../../src/http/status.js';
import { HOSTILE_VALUES, validInput } from '../support/fuzz.js';
import fc from '../support/properties.js';

const entries = [...catalogue.values()];
const named = entries.map((entry) => [entry.name, entry] as const);

describe('the catalogue', () => {
  test('has one entry for each name and one for each method and path', () => {
    const addresses = entries.map(({ rest }) => `${rest.method} ${rest.path.replace(/\{\w+\}/g, '{}')}`);
    expect(new Set(addresses).size).toBe(addresses.length);
  });

  test.each(named)('%s takes every input its description allows', (_name, entry) => {
    fc.assert(
      fc.property(validInput(entry), (input) => {
        const prepared = entry.prepare(input);
        // Reserved words and control characters are the rules that JSON Schema cannot say; random input seldom meets them.
        const unsayable = prepared.valid ? [] : prepared.issues.filter((issue) => issue.code !== 'custom');
        expect(unsayable).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  test.each(named)('%s refuses fields it does not know', (_name, entry) => {
    const [sample] = fc.sample(validInput(entry), 1);
    expect(entry.prepare({ ...(sample as object), unheardOf: 1 }).valid).toBe(false);
    for (const value of HOSTILE_VALUES) {
      if (JSON.stringify(value) !== '{}') expect(entry.prepare(value).valid).toBe(false);
    }
  });

  test.each(named)('%s bounds every text, list and number', (_name, entry) => {
    expect(unbounded(z.toJSONSchema(entry.input, { io: 'input', unrepresentable: 'any' }), '')).toEqual([]);
  });

  test.each(named)('%s has a field for every part of its path', (_name, entry) => {
    for (const [, field] of entry.rest.path.matchAll(/\{(\w+)\}/g))
      expect(entry.input.shape).toHaveProperty(field ?? '');
  });
});

/** Paths of strings, arrays and numbers without limits. */
function unbounded(schema: unknown, path: string): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { type, pattern, maxLength, maxItems, maximum, enum: values } = schema as Record<string, unknown>;
  const open =
    (type === 'string' && pattern === undefined && maxLength === undefined && values === undefined) ||
    (type === 'array' && maxItems === undefined) ||
    ((type === 'integer' || type === 'number') && maximum === undefined);
  const inner = Object.entries(schema).flatMap(([key, value]) => unbounded(value, `${path}/${key}`));
  return open && !('const' in schema) ? [path, ...inner] : inner;
}

describe('the description of the API', () => {
  const document = openApiDocument();

  test('has one operation for every command, by its name', () => {
    const operations = Object.values(document.paths ?? {}).flatMap((path) => Object.values(path as object));
    const names = operations.map((operation: { operationId: string }) => operation.operationId);
    expect(names.sort()).toEqual(
      [
        ...catalogue.keys(),
        'login',
        'voicemail.audio',
        'logout',
        'message.upload',
        'message.audio',
        'recording.audio',
        'history.calls.export',
        'contacts.export',
        'contacts.import',
      ].sort(),
    );
  });

  test('names what clients see', () => {
    const names = Object.keys(document.components?.schemas ?? {});
    for (const name of ['Agent', 'Queue', 'Call', 'Error', 'QueueSettings', 'AgentAccount'])
      expect(names).toContain(name);
  });

  test('describes a path field, a query and a body where they belong', () => {
    const force = document.paths?.['/agents/{agentId}/status']?.put;
    expect(force?.parameters).toEqual([expect.objectContaining({ name: 'agentId', in: 'path', required: true })]);
    expect(JSON.stringify(force?.requestBody)).toContain('"blocking"');
    expect(JSON.stringify(force?.requestBody)).not.toContain('"agentId"');
    const calls = document.paths?.['/history/calls']?.get?.parameters ?? [];
    expect(calls).toContainEqual(expect.objectContaining({ name: 'limit', in: 'query', required: false }));
  });
});

test('every refusal has an HTTP status of the client or of a part that is away, never 500', () => {
  for (const code of REFUSAL_CODES) {
    expect(HTTP_STATUS[code] === 503 || (HTTP_STATUS[code] >= 400 && HTTP_STATUS[code] < 500)).toBe(true);
  }
});
