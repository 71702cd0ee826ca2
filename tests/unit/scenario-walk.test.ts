/** A caller's way through a scenario, decision by decision. */
import { describe, expect, test } from '@jest/globals';
import { readPosition, written } from '../../src/core/scenario/position.js';
import { readScenario } from '../../src/core/scenario/read.js';
import fc from '../support/properties.js';
import { MONDAY_NOON, randomInput, randomScenario, scenarioOf, Walk, WORLD } from '../support/scenarios.js';

const END = { type: 'hangUp' };
const ENDED = { type: 'release', reason: 'normal' };
const MENU = {
  type: 'menu',
  prompt: 'menu',
  invalidPrompt: 'wrong',
  repeats: 1,
  timeoutMs: 4_000,
  choices: { 1: 'sales' },
  noInput: 'end',
  invalid: 'busy',
};
const SALES = { type: 'queue', queueId: 'sales', next: 'end', after: 'rate' };
const RATE = { type: 'rate', prompt: 'menu', repeats: 0, next: 'end' };
const steps = {
  hello: { type: 'play', prompt: 'welcome', next: 'menu' },
  menu: MENU,
  sales: SALES,
  rate: RATE,
  busy: { type: 'hangUp', reason: 'busy' },
  end: END,
};
const sound = (name: string) => ({ kind: 'sound', name });

describe('a menu', () => {
  const atMenu = () => new Walk(scenarioOf(steps)).said();

  test('the caller is answered, hears the welcome, then the menu, and then has so long to choose', () => {
    const walk = new Walk(scenarioOf(steps));
    expect(walk.effects).toEqual([
      { type: 'answer' },
      { type: 'say', turn: walk.position.turn, items: [sound('welcome')] },
    ]);
    walk.said();
    expect(walk.effects).toEqual([{ type: 'say', turn: walk.position.turn, items: [sound('menu')] }]);
    walk.said();
    expect(walk.effects).toEqual([{ type: 'timer', turn: walk.position.turn, ms: 4_000 }]);
    walk.keys('1');
    const to = { kind: 'queue', queueId: 'sales', priority: 0, maxWaitMs: null };
    expect(walk.effects).toEqual([{ type: 'go', to, comesBack: 'after' }]);
  });

  test('a key cuts the prompt short', () => {
    expect(atMenu().keys('1').did).toEqual(['hush', 'go']);
  });

  test('a wrong key is told and asked again, then leads elsewhere', () => {
    const walk = atMenu().keys('7');
    expect(walk.effects).toEqual([
      { type: 'hush' },
      { type: 'say', turn: walk.position.turn, items: [sound('wrong'), sound('menu')] },
    ]);
    expect(walk.said().keys('8').effects).toEqual([{ type: 'release', reason: 'busy' }]);
  });

  test('no key in time: asked again, then elsewhere', () => {
    const walk = atMenu().said().timeout();
    expect(walk.effects).toEqual([{ type: 'say', turn: walk.position.turn, items: [sound('menu')] }]);
    expect(walk.said().timeout().effects).toEqual([ENDED]);
  });

  test('a timer that was set for something earlier changes nothing', () => {
    const walk = atMenu().said();
    const { turn } = walk.position;
    walk.timeout();
    expect(walk.hear({ type: 'timeout', turn }).did).toEqual([]);
    expect(walk.hear({ type: 'said', turn }).did).toEqual([]);
  });

  test('a key during the welcome is lost, unless the welcome can be interrupted: then it is the choice', () => {
    expect(new Walk(scenarioOf(steps)).keys('1').did).toEqual([]);
    const hello = { ...steps.hello, interruptible: true };
    expect(new Walk(scenarioOf({ ...steps, hello })).keys('1').did).toEqual(['hush', 'go']);
  });

  test('after a restart it is asked from the beginning', () => {
    const walk = atMenu().said();
    const stored = readPosition(written(walk.position));
    expect(stored).toEqual(walk.position);
    const late = walk.position.turn;
    expect(walk.hear({ type: 'begin' }).effects).toEqual([{ type: 'say', turn: late + 1, items: [sound('menu')] }]);
  });
});

describe('digits', () => {
  const collect = {
    type: 'collect',
    prompt: 'menu',
    variable: 'x',
    min: 2,
    max: 4,
    repeats: 0,
    timeoutMs: 2_000,
    next: 'say',
    noInput: 'end',
    invalid: 'busy',
  };
  const say = { type: 'say', say: [{ digits: '{x}' }], next: 'end' };
  const asked = () => new Walk(scenarioOf({ collect, say, busy: steps.busy, end: END })).said();
  const SAID = { kind: 'digits', value: '12' };

  test.each([
    ['by the end key', (walk: Walk) => walk.keys('12#')],
    ['when no more comes', (walk: Walk) => walk.keys('12').timeout()],
  ])('are taken %s', (_how, enter) => {
    expect(enter(asked()).effects.at(-1)).toMatchObject({ type: 'say', items: [SAID] });
  });

  test('as many as there may be are taken at once', () => {
    expect(asked().keys('1234').effects.at(-1)).toMatchObject({ items: [{ kind: 'digits', value: '1234' }] });
  });

  test('too few lead elsewhere, and none at all elsewhere too', () => {
    expect(asked().keys('1#').effects).toEqual([{ type: 'release', reason: 'busy' }]);
    expect(asked().timeout().effects).toEqual([ENDED]);
  });

  test('each key gives the whole time again', () => {
    const walk = asked();
    const { turn } = walk.position;
    walk.keys('1');
    expect(walk.effects).toEqual([{ type: 'timer', turn: turn + 1, ms: 2_000 }]);
    expect(walk.hear({ type: 'timeout', turn }).did).toEqual([]);
  });
});

describe('sent on', () => {
  const talked = () => new Walk(scenarioOf(steps)).said().keys('1');

  test('nobody answered: the next step', () => {
    expect(talked().back('maxWait').effects).toEqual([ENDED]);
  });

  test('after the conversation the caller is asked for a mark', () => {
    const walk = talked().back('talked');
    expect(walk.did).toEqual(['say']);
    expect(walk.said().keys('4').effects).toEqual([{ type: 'rate', score: 4 }, ENDED]);
  });

  test('no mark is no mark', () => {
    expect(talked().back('talked').said().keys('9').effects).toEqual([ENDED]);
  });
});

describe('conditions', () => {
  const branch = (type: string, fields: object) =>
    scenarioOf(
      { a: { type, ...fields, next: 'yes', otherwise: 'end' }, yes: { type: 'hangUp', reason: 'busy' }, end: END },
      { calendars: { off: ['11-23', '2026-11-30'] } },
    );
  const isYes = (walk: Walk) => walk.effects[0]?.type === 'release' && walk.effects[0].reason === 'busy';

  test.each([
    ['mon', '09:00', '18:00', 12 * 60, true],
    ['mon', '09:00', '12:00', 12 * 60, false],
    ['mon', '12:00', '24:00', 12 * 60, true],
    ['tue', '09:00', '18:00', 12 * 60, false],
    ['mon', '22:00', '06:00', 23 * 60, true],
    ['sun', '22:00', '06:00', 5 * 60, true],
    ['mon', '22:00', '06:00', 5 * 60, false],
    ['sun', '22:00', '06:00', 6 * 60, false],
  ])('%s %s–%s on a Monday at minute %i: %s', (day, from, to, minute, open) => {
    const world = { ...WORLD, timeIn: () => ({ ...MONDAY_NOON, minute }) };
    expect(isYes(new Walk(branch('time', { hours: [{ days: [day], from, to }] }), world))).toBe(open);
  });

  test('a holiday is never within the hours; the zone is the one that is asked for', () => {
    const hours = [{ days: ['mon'], from: '00:00', to: '24:00' }];
    const scenario = branch('time', { hours, calendar: 'off', zone: 'Europe/Moscow' });
    const on = (date: string) =>
      isYes(
        new Walk(scenario, {
          ...WORLD,
          timeIn: (zone) => ({ ...MONDAY_NOON, date: zone === 'Europe/Moscow' ? date : '2026-11-23' }),
        }),
      );
    expect(['2027-11-23', '2026-11-30', '2027-11-30', '2026-11-24'].map(on)).toEqual([false, false, true, true]);
  });

  test.each([
    ['equals', '79161234567', true],
    ['differs', '79161234567', false],
    ['contains', '123', true],
    ['startsWith', '7916', true],
    ['startsWith', '916', false],
    ['atLeast', '79161234567', true],
    ['atMost', '5', false],
    ['atLeast', 'x', false],
  ])('the number %s %s: %s', (comparison, value, result) => {
    expect(isYes(new Walk(branch('if', { variable: 'caller.number', comparison, value })))).toBe(result);
  });

  test.each([
    [{ is: 'contact' }, true],
    [{ is: 'inGroup', groupId: 'vip' }, true],
    [{ is: 'inGroup', groupId: 'x' }, false],
    [{ is: 'hasManager' }, false],
    [{ is: 'blacklisted' }, false],
  ])('the caller: %j %s', (question, result) => {
    const caller = { contactId: 'c', name: 'C', groupIds: ['vip'], managerId: null, blacklisted: false };
    expect(isYes(new Walk(branch('caller', question), { ...WORLD, caller }))).toBe(result);
  });
});

describe('a request', () => {
  const http = (method: string) => ({
    type: 'http',
    method,
    url: 'https://crm.example/c?n={x}',
    headers: { 'X-N': '{x}' },
    body: '{"n":"{x}"}',
    answer: { name: 'client.name', sum: 'sum', list: 'client' },
    next: 'found',
    failed: 'end',
  });
  const asked = (method: string) =>
    new Walk(
      scenarioOf({
        set: { type: 'set', variable: 'x', value: 'a&"b\u00e9', next: 'web' },
        web: http(method),
        found: { type: 'tag', tag: '{name} {sum}{list}', next: 'end' },
        end: END,
      }),
    );

  test('is filled in so that a value stays a value', () => {
    expect(asked('POST').effects[0]).toMatchObject({
      request: {
        url: 'https://crm.example/c?n=a%26%22b%C3%A9',
        headers: { 'X-N': 'a&"b?' },
        body: '{"n":"a&\\"b\u00e9"}',
      },
    });
  });

  test('its answer sets variables; what is no text or number is empty', () => {
    const walk = asked('GET').web(true, { client: { name: 'Anna' }, sum: 5 });
    expect(walk.effects).toEqual([{ type: 'tag', tag: 'Anna 5' }, ENDED]);
  });

  test('that fails leads elsewhere', () => {
    expect(asked('GET').web(false).effects).toEqual([ENDED]);
  });

  test('is asked again after a restart, but one that changes something is not', () => {
    expect(asked('GET').hear({ type: 'begin' }).did).toEqual(['web']);
    expect(asked('POST').hear({ type: 'begin' }).effects).toEqual([ENDED]);
  });
});

test('dates and times are said with the sounds there are', () => {
  const say = (language: string, minute: number, date: string) => {
    const scenario = scenarioOf(
      { a: { type: 'say', say: [{ date: true }, { time: true }, { number: '{dialled}' }], next: 'end' }, end: END },
      { language },
    );
    const effect = new Walk(scenario, { ...WORLD, timeIn: () => ({ weekday: 7, minute, date }) }).effects[1];
    return effect?.type === 'say'
      ? effect.items.map((item) => ('name' in item ? item.name : 'value' in item ? item.value : ''))
      : [];
  };
  const number = '74951234567';
  expect(say('en', 605, '2026-11-22')).toEqual([
    'digits/day-0',
    'digits/mon-10',
    'digits/20',
    'digits/h-2',
    10,
    'digits/oh',
    5,
    number,
  ]);
  expect(say('en', 600, '2026-11-20')).toEqual([
    'digits/day-0',
    'digits/mon-10',
    'digits/h-20',
    10,
    'digits/oclock',
    number,
  ]);
  expect(say('ru', 605, '2026-11-30')).toEqual(['digits/day-0', 'digits/h-30', 'digits/mon-10', 10, 0, 5, number]);
});

test('a queue that takes nobody, for ever, is given up', () => {
  const walk = new Walk(scenarioOf({ sales: { type: 'queue', queueId: 'sales', next: 'sales' } }));
  for (let times = 0; times < 1_000 && walk.position.awaits === 'away'; times += 1) walk.back('empty');
  expect(walk.effects).toEqual([{ type: 'fail', why: 'runsInCircles' }]);
  expect(walk.back('empty').did).toEqual([]);
});

test('whatever a caller does, in whatever scenario that may be published, the caller waits for something or is let go', () => {
  fc.assert(
    fc.property(randomScenario, fc.array(randomInput, { maxLength: 40 }), (json, inputs) => {
      const { scenario, faults } = readScenario(json);
      if (scenario === null) throw new Error('a random scenario was not read');
      const mayBePublished = faults.every(({ severity }) => severity !== 'error');
      const walk = new Walk(scenario);
      for (const input of inputs) {
        walk.hear(input);
        const { position } = walk;
        expect(position.awaits).not.toBe('begin');
        expect(position.awaits === 'over' || Object.hasOwn(scenario.steps, position.step)).toBe(true);
        if (mayBePublished) expect(walk.did).not.toContain('fail');
        expect(Buffer.byteLength(written(position))).toBeLessThan(8_000);
        expect(readPosition(written(position))).toEqual(position);
      }
    }),
    { numRuns: 500 },
  );
});

test('every circle that could turn for ever in one turn is found before it is published', () => {
  fc.assert(
    fc.property(randomScenario, (json) => {
      const { scenario, faults } = readScenario(json);
      if (scenario === null) throw new Error('a random scenario was not read');
      const circled = new Walk(scenario).did.includes('fail');
      if (circled) expect(faults.map(({ code }) => code)).toContain('endlessLoop');
    }),
    { numRuns: 500 },
  );
});
