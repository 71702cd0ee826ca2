/** Scenarios for tests: a usual one, random ones, and a walk through one with what was done in it. */
import fc from 'fast-check';
import { advance } from '../../src/core/scenario/advance.js';
import type { Effect, Input } from '../../src/core/scenario/effect.js';
import { beginning, type Position } from '../../src/core/scenario/position.js';
import { readScenario } from '../../src/core/scenario/read.js';
import type { Surroundings } from '../../src/core/scenario/references.js';
import type { Scenario } from '../../src/core/scenario/scenario.js';
import { type LocalTime, NOBODY, type World } from '../../src/core/scenario/world.js';

export type Written = Readonly<Record<string, unknown>>;

export const SURROUNDINGS: Surroundings = {
  queues: new Set(['sales']),
  agents: new Set(['anna']),
  scenarios: new Set(['other']),
  messages: new Set(['m1']),
  groups: new Set(['vip']),
  tags: new Set(['important']),
  sounds: new Set(['welcome', 'menu', 'wrong', 'vm-intro']),
  isZone: (name) => name === 'UTC' || name === 'Europe/Moscow',
};

export const MONDAY_NOON: LocalTime = { weekday: 1, minute: 12 * 60, date: '2026-11-23' };

export const WORLD: World = {
  now: 1_700_000_000_000,
  timeIn: () => MONDAY_NOON,
  caller: NOBODY,
  facts: { 'caller.number': '79161234567', dialled: '74951234567' },
};

/** Of the steps given; begins with the first. */
export function scenarioOf(steps: Written, more: Written = {}): Scenario {
  const { scenario, faults } = readScenario({ name: 'Test', start: Object.keys(steps)[0], steps, ...more });
  const errors = faults.filter(({ severity }) => severity === 'error');
  if (scenario === null || errors.length > 0) throw new Error(JSON.stringify(errors));
  return scenario;
}

/** One caller in a scenario. */
export class Walk {
  readonly #scenario: Scenario;
  world: World;
  position: Position;
  effects: readonly Effect[] = [];

  constructor(scenario: Scenario, world: World = WORLD) {
    this.#scenario = scenario;
    this.world = world;
    this.position = beginning({ id: 'test', version: 1 }, scenario.start, world.now);
    this.hear({ type: 'begin' });
  }

  hear(input: Input): this {
    const turn = advance(this.#scenario, this.position, input, this.world);
    this.position = turn.position;
    this.effects = turn.effects;
    return this;
  }

  said = () => this.hear({ type: 'said', turn: this.position.turn });
  timeout = () => this.hear({ type: 'timeout', turn: this.position.turn });
  web = (ok: boolean, json: unknown = null) => this.hear({ type: 'web', turn: this.position.turn, ok, json });
  back = (outcome: Extract<Input, { type: 'back' }>['outcome']) => this.hear({ type: 'back', outcome });
  keys(keys: string): this {
    for (const key of keys) this.hear({ type: 'key', key });
    return this;
  }

  /** What the last turn did, in words. */
  get did(): readonly string[] {
    return this.effects.map((effect) => effect.type);
  }
}

const IDS = ['a', 'b', 'c', 'd', 'e', 'f'];
const anyStep = fc.constantFrom(...IDS);
const seeks = { next: anyStep, after: fc.option(anyStep, { nil: undefined }) };
const asks = { prompt: fc.constant('menu'), timeoutMs: fc.constant(1_000), repeats: fc.integer({ min: 0, max: 2 }) };
const choices = fc.dictionary(fc.constantFrom('1', '2', '3', '*'), anyStep, { minKeys: 1, maxKeys: 3 });
const branches = { next: anyStep, otherwise: anyStep };
const of = (type: string, fields: Record<string, fc.Arbitrary<unknown>>) =>
  fc.record({ type: fc.constant(type), ...fields });
const HOURS = [{ days: ['mon'], from: '09:00', to: '18:00' }];

const randomStep = fc.oneof(
  of('answer', { next: anyStep }),
  of('play', { prompt: fc.constant(['welcome', { number: '{x}' }]), interruptible: fc.boolean(), next: anyStep }),
  of('say', { say: fc.constant([{ time: true }]), next: anyStep }),
  of('menu', { ...asks, choices, noInput: anyStep, invalid: anyStep }),
  of('collect', {
    ...asks,
    min: fc.constant(2),
    max: fc.constant(4),
    variable: fc.constant('x'),
    next: anyStep,
    noInput: anyStep,
    invalid: anyStep,
  }),
  of('time', { hours: fc.constant(HOURS), ...branches }),
  of('caller', { is: fc.constant('blacklisted'), ...branches }),
  of('if', {
    variable: fc.constant('x'),
    comparison: fc.constantFrom('equals', 'atLeast'),
    value: fc.constant('12'),
    ...branches,
  }),
  of('set', { variable: fc.constantFrom('x', 'y'), value: fc.constantFrom('{x}{x}1', 'ы'.repeat(200)), next: anyStep }),
  of('tag', { tag: fc.constant('t {x}'), next: anyStep }),
  of('queue', { queueId: fc.constant('sales'), keys: choices, ...seeks }),
  of('number', { number: fc.constant('8{x}'), ...seeks }),
  of('http', {
    method: fc.constantFrom('GET', 'POST'),
    url: fc.constant('http://127.0.0.1/{x}'),
    answer: fc.constant({ y: 'a.b' }),
    next: anyStep,
    failed: anyStep,
  }),
  of('callback', { queueId: fc.constant('sales'), next: anyStep, failed: anyStep }),
  of('voicemail', { to: fc.constant({ queueId: 'sales' }), next: anyStep }),
  of('rate', { ...asks, next: anyStep }),
  of('scenario', { scenarioId: fc.constant('other') }),
  of('hangUp', {}),
);

/** Any six steps that lead to each other in any way. */
export const randomScenario: fc.Arbitrary<Written> = fc
  .record(Object.fromEntries(IDS.map((id) => [id, randomStep] as const)))
  .map((steps) => ({ name: 'Random', start: 'a', steps }));

const turn = fc.nat(60);
export const randomInput: fc.Arbitrary<Input> = fc.oneof(
  fc.constantFrom(...'0123456789*#').map((key) => ({ type: 'key', key }) as const),
  fc.constant({ type: 'begin' } as const),
  turn.map((turn) => ({ type: 'said', turn }) as const),
  turn.map((turn) => ({ type: 'timeout', turn }) as const),
  fc.record({ type: fc.constant('web' as const), turn, ok: fc.boolean(), json: fc.constant({ a: { b: 5 } }) }),
  turn.map((turn) => ({ type: 'recorded', turn }) as const),
  fc.record({ type: fc.constant('promised' as const), turn, ok: fc.boolean() }),
  fc
    .constantFrom('talked', 'noAnswer', 'empty', 'key', 'refused')
    .map((outcome) => ({ type: 'back', outcome }) as Input),
);
