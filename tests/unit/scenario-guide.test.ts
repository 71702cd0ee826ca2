/** The guide to scenarios: its example may be published, and it names everything there is. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { catalogue } from '../../src/app/catalogue/catalogue.js';
import { FAULT_CODES } from '../../src/core/scenario/fault.js';
import { readScenario } from '../../src/core/scenario/read.js';
import { referenceFaults } from '../../src/core/scenario/references.js';
import { BUILT_IN_VARIABLES } from '../../src/core/scenario/scenario.js';
import { SURROUNDINGS, scenarioOf, Walk } from '../support/scenarios.js';

const guide = readFileSync(join(resolve(import.meta.dirname, '../..'), 'docs/scenarios.md'), 'utf8');
const example: unknown = JSON.parse(/```json\n([\s\S]*?)```/.exec(guide)?.[1] ?? '');

test('the example has no fault but sounds that depend on the PBX, and leads callers to its queue', () => {
  const { scenario, faults } = readScenario(example);
  expect(faults).toEqual([]);
  if (scenario === null) throw new Error('the example cannot be read');
  const found = referenceFaults(scenario, { ...SURROUNDINGS, sounds: null });
  expect(found.map(({ code }) => code)).toEqual(['soundsNotChecked']);
  const walk = new Walk(scenario).said().web(true, { client: { grade: 'A' } });
  expect(walk.effects).toMatchObject([
    { type: 'tag', tag: 'important' },
    { type: 'go', to: { kind: 'queue', queueId: 'sales', priority: 10 }, comesBack: 'after' },
  ]);
});

test('every type of step, every code and every variable is told', () => {
  const types = readScenario({ steps: { a: { type: 'no such type' } } }).faults.find(
    ({ code }) => code === 'unknownType',
  );
  const named = types?.message.replace(/^One of |\.$/g, '').split(', ') ?? [];
  expect(named.length).toBeGreaterThan(15);
  const missing = [...named, ...FAULT_CODES, ...BUILT_IN_VARIABLES].filter((word) => !guide.includes(`\`${word}\``));
  expect(missing).toEqual([]);
});

test('every command is named with its method and path', () => {
  const entries = [...catalogue.values()].filter(({ name }) => /^(scenarios|voicemail)\./.test(name));
  expect(entries.length).toBe(10);
  const missing = entries.filter(
    ({ name, rest }) =>
      !(guide.includes(`\`${name}\``) && guide.includes(`${rest.method.toUpperCase()} ${rest.path}\``)),
  );
  expect(missing.map(({ name }) => name)).toEqual([]);
});

test('a step alone is enough', () => {
  expect(new Walk(scenarioOf({ end: { type: 'hangUp' } })).did).toEqual(['release']);
});
