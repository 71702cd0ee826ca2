/** Scenarios as they are written: every fault is found, with its place. */
import { describe, expect, test } from '@jest/globals';
import { FAULT_CODES } from '../../src/core/scenario/fault.js';
import { readScenario } from '../../src/core/scenario/read.js';
import { referenceFaults } from '../../src/core/scenario/references.js';
import fc from '../support/properties.js';
import { SURROUNDINGS, type Written } from '../support/scenarios.js';

const END = { type: 'hangUp' };
const MENU = { type: 'menu', prompt: 'menu', choices: { 1: 'end' }, noInput: 'end', invalid: 'end' };
const HTTP = { type: 'http', url: 'https://crm.example/{x}', next: 'end', failed: 'end' };
const written = (steps: Written, more: Written = {}) => ({
  name: 'Main',
  start: Object.keys(steps)[0],
  steps,
  ...more,
});

/** Code and place of all that is wrong. */
function faults(json: unknown, surroundings = SURROUNDINGS): readonly string[] {
  const { scenario, faults } = readScenario(json);
  const all = scenario === null ? faults : [...faults, ...referenceFaults(scenario, surroundings)];
  return all.map(({ code, path, severity }) => `${severity === 'error' ? '' : '? '}${code} ${path}`);
}

test('a scenario with every kind of step has no fault', () => {
  const asks = { prompt: ['menu', { number: '{x}' }], invalidPrompt: 'wrong', timeoutMs: 3_000, repeats: 1 };
  const steps = {
    answer: { type: 'answer', next: 'welcome' },
    welcome: { type: 'play', prompt: ['welcome', { message: 'm1' }], interruptible: true, next: 'digits' },
    digits: {
      type: 'collect',
      ...asks,
      variable: 'x',
      min: 4,
      max: 8,
      endKey: '#',
      next: 'say',
      noInput: 'end',
      invalid: 'end',
    },
    say: { type: 'say', say: [{ digits: '{x}' }, { date: true }, { time: true }], next: 'hours' },
    hours: {
      type: 'time',
      zone: 'Europe/Moscow',
      hours: [{ days: ['mon', 'sun'], from: '22:00', to: '24:00' }],
      calendar: 'holidays',
      next: 'who',
      otherwise: 'mail',
    },
    who: { type: 'caller', is: 'blacklisted', next: 'end', otherwise: 'which' },
    which: { type: 'if', variable: 'x', comparison: 'atLeast', value: '{dialled}', next: 'mark', otherwise: 'ask' },
    mark: { type: 'set', variable: 'y', value: 'a{x}', next: 'tag' },
    tag: { type: 'tag', tag: '{y}', next: 'crm' },
    crm: {
      ...HTTP,
      method: 'POST',
      headers: { 'X-Key': 'k' },
      body: '{"n":"{caller.number}"}',
      answer: { z: 'a.0.b' },
      next: 'ask',
    },
    ask: { type: 'menu', ...asks, choices: { 1: 'sales', 2: 'anna', '*': 'mobile' }, noInput: 'pbx', invalid: 'other' },
    sales: { type: 'queue', queueId: 'sales', priority: 5, maxWaitMs: 60_000, next: 'anna', after: 'rate' },
    anna: { type: 'agent', agentId: 'anna', ringMs: 15_000, next: 'mobile' },
    mobile: { type: 'number', number: '8{z}', next: 'mail' },
    rate: { type: 'rate', ...asks, next: 'end' },
    mail: { type: 'voicemail', greeting: 'vm-intro', maxMs: 60_000, to: { agentId: 'anna' }, next: 'end' },
    other: { type: 'scenario', scenarioId: 'other' },
    pbx: { type: 'fallback' },
    end: { type: 'hangUp', reason: 'busy' },
  };
  const more = {
    language: 'ru',
    zone: 'Europe/Moscow',
    fallbackQueueId: 'sales',
    calendars: { holidays: ['01-01', '2026-12-31'] },
  };
  expect(faults(written(steps, more))).toEqual([]);
});

test.each<[string, unknown, readonly string[]]>([
  ['no object', [], ['invalidValue ']],
  ['nothing in it', {}, ['missingField name', 'missingStep start', 'missingField steps']],
  ['a step of no type', written({ a: {} }), ['unknownType steps.a.type']],
  ['a step of a strange type', written({ a: { type: 'toString' } }), ['unknownType steps.a.type']],
  ['a step that is a list', written({ a: [] }), ['invalidValue steps.a']],
  ['an id that is none', written({ '1a': END }), ['invalidValue start', 'invalidValue steps.1a']],
  ['no next', written({ a: { type: 'answer' } }), ['missingStep steps.a.next']],
  ['a next that is not there', written({ a: { type: 'answer', next: 'b' } }), ['unknownStep steps.a.next']],
  [
    'a choice that leads nowhere',
    written({ menu1: { ...MENU, choices: { 1: 'end', 3: 'x' } }, end: END }),
    ['unknownStep steps.menu1.choices.3'],
  ],
  [
    'a key that is none',
    written({ m: { ...MENU, choices: { 12: 'end' } }, end: END }),
    ['invalidValue steps.m.choices.12'],
  ],
  ['a menu without keys', written({ m: { ...MENU, choices: {} }, end: END }), ['missingField steps.m.choices']],
  [
    'a misspelt field',
    written({ a: { ...END, raeson: 'busy' } }, { langauge: 'ru' }),
    ['unknownField steps.a.raeson', 'unknownField langauge'],
  ],
  ['a step nobody comes to', written({ a: END, b: END }), ['? unreachableStep steps.b']],
  [
    'a sound that is not there',
    written({ a: { type: 'play', prompt: ['welcome', 'nope'], next: 'b' }, b: END }),
    ['unknownSound steps.a.prompt.1'],
  ],
  [
    'a way out of the sounds',
    written({ a: { type: 'play', prompt: '../../etc/passwd', next: 'b' }, b: END }),
    ['invalidValue steps.a.prompt.0'],
  ],
  [
    'a message that is not there',
    written({ a: { type: 'play', prompt: { message: 'm9' }, next: 'b' }, b: END }),
    ['unknownMessage steps.a.prompt.0'],
  ],
  [
    'a queue that is not there',
    written({ a: { type: 'queue', queueId: 'q', next: 'b' }, b: END }),
    ['unknownQueue steps.a.queueId'],
  ],
  ['a fallback that is not there', written({ a: END }, { fallbackQueueId: 'q' }), ['unknownQueue fallbackQueueId']],
  [
    'an agent who is not there',
    written({ a: { type: 'agent', agentId: 'q', next: 'b' }, b: END }),
    ['unknownAgent steps.a.agentId'],
  ],
  [
    'a scenario that is not there',
    written({ a: { type: 'scenario', scenarioId: 'q' } }),
    ['unknownScenario steps.a.scenarioId'],
  ],
  [
    'a group that is not there',
    written({ a: { type: 'caller', is: 'inGroup', groupId: 'g', next: 'b', otherwise: 'b' }, b: END }),
    ['unknownGroup steps.a.groupId'],
  ],
  [
    'a tag that is not in the list',
    written({ a: { type: 'tag', tag: 'nope', next: 'b' }, b: END }),
    ['unknownTag steps.a.tag'],
  ],
  ['a zone that is none', written({ a: END }, { zone: 'Mars/Base' }), ['unknownZone zone']],
  ['a box of nobody', written({ a: { type: 'voicemail', to: {}, next: 'b' }, b: END }), ['invalidValue steps.a.to']],
  [
    'a host from a variable',
    written({ a: { ...HTTP, url: 'https://{dialled}/x' }, end: END }),
    ['invalidValue steps.a.url'],
  ],
  [
    'a header of the connection',
    written({ a: { ...HTTP, url: 'https://a/', headers: { Host: 'b' } }, end: END }),
    ['invalidValue steps.a.headers.Host'],
  ],
  ['a variable nobody sets', written({ a: HTTP, end: END }), ['? unknownVariable steps.a.url']],
  [
    'times that are none',
    written({
      a: { type: 'time', hours: [{ days: ['mo'], from: '9:00', to: '25:00' }], next: 'b', otherwise: 'b' },
      b: END,
    }),
    [
      'invalidValue steps.a.hours.0.days.0',
      'invalidValue steps.a.hours.0.from',
      'invalidValue steps.a.hours.0.to',
      'invalidValue steps.a.hours.0.to',
    ],
  ],
  [
    'a calendar that is not there',
    written({
      a: {
        type: 'time',
        hours: [{ days: ['mon'], from: '09:00', to: '10:00' }],
        calendar: 'c',
        next: 'b',
        otherwise: 'b',
      },
      b: END,
    }),
    ['unknownCalendar steps.a.calendar'],
  ],
  [
    'a day that is none',
    written({ a: END }, { calendars: { c: ['02-30', '12-31', '2026-13-01'] } }),
    ['invalidValue calendars.c.0', 'invalidValue calendars.c.2'],
  ],
  [
    'too many steps',
    written(Object.fromEntries(Array.from({ length: 201 }, (_, index) => [`s${index}`, END]))),
    ['tooMany steps'],
  ],
  ['too much text', written({ a: END }, { name: 'x'.repeat(300_000) }), ['tooLarge ']],
])('%s', (_what, json, expected) => {
  expect(faults(json)).toEqual(expected);
});

describe('a circle', () => {
  const play = { type: 'play', prompt: 'welcome' };
  const branch = { type: 'if', variable: 'dialled', comparison: 'equals', value: '1' };

  test('in which nobody waits for anybody is a fault, told at each of its steps', () => {
    const steps = {
      in: { ...play, next: 'a' },
      a: { ...play, next: 'b' },
      b: { ...branch, next: 'a', otherwise: 'end' },
      end: END,
    };
    expect(faults(written(steps))).toEqual(['endlessLoop steps.a', 'endlessLoop steps.b']);
  });

  test('of one step', () => {
    expect(faults(written({ a: { ...play, next: 'a' } }))).toEqual(['endlessLoop steps.a']);
  });

  test('through a menu or a queue is none', () => {
    const steps = {
      m: { ...MENU, noInput: 'p', invalid: 'm', choices: { 1: 'q' } },
      q: { type: 'queue', queueId: 'sales', next: 'p' },
      p: { ...play, next: 'm' },
    };
    expect(faults(written(steps))).toEqual([]);
  });
});

test('sounds are not checked while the PBX does not answer', () => {
  const json = written({ a: { type: 'play', prompt: 'nope', next: 'b' }, b: END });
  expect(faults(json, { ...SURROUNDINGS, sounds: null })).toEqual(['? soundsNotChecked steps']);
});

test('whatever is given, it is read or refused with known codes', () => {
  const anything = fc.oneof(
    fc.jsonValue(),
    fc.record({
      name: fc.jsonValue(),
      start: fc.jsonValue(),
      steps: fc.dictionary(
        fc.string(),
        fc.oneof(
          fc.jsonValue(),
          fc.record({
            type: fc.constantFrom('menu', 'http', 'collect', 'time', 'voicemail'),
            prompt: fc.jsonValue(),
            choices: fc.jsonValue(),
            to: fc.jsonValue(),
            hours: fc.jsonValue(),
          }),
        ),
      ),
    }),
  );
  fc.assert(
    fc.property(anything, (json) => {
      const { scenario, faults } = readScenario(json);
      if (scenario === null) expect(faults).not.toEqual([]);
      for (const { code } of faults) expect(FAULT_CODES).toContain(code);
    }),
  );
});
