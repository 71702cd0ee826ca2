/** Leading a caller through a scenario: the version, what goes wrong, keys, other systems, voicemail. Asterisk is not asked. */
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { lineViews } from '../../src/app/call-view.js';
import type { WebAnswer } from '../../src/app/integrations/web-client.js';
import { offer } from '../support/call-fixtures.js';
import { QUEUE } from '../support/configuration.js';
import { Led } from '../support/led.js';
import { scenarioOf } from '../support/scenarios.js';

const END = { type: 'hangUp' };
const MENU = { type: 'menu', prompt: 'menu', choices: { 1: 'sales' }, noInput: 'end', invalid: 'end' };
const STEPS = { menu: MENU, sales: { type: 'queue', queueId: QUEUE.id, next: 'end' }, end: END };
const FALLBACK = { type: 'call.ended', outcome: 'fallback' };

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

/** Everything that is only waiting for a promise. */
const settled = () => jest.advanceTimersByTimeAsync(0);

describe('the version', () => {
  test('that the call began with is kept, also when a newer one is published', async () => {
    const led = new Led(scenarioOf(STEPS));
    await led.store.save('day', { name: 'Day', start: 'menu', steps: STEPS }, { by: 'vera', at: 1 });
    await led.store.publish('day', led.store.drafts.get('day')?.draft ?? {}, { by: 'vera', at: 1 });
    led.begin();
    const newer = scenarioOf({ menu: { ...MENU, prompt: 'welcome' }, sales: STEPS.sales, end: END });
    led.published = [{ id: 'day', version: 2, scenario: newer }];
    led.lead();
    led.resume();
    await settled();
    expect(led.saying).toEqual(['menu']);
    expect(led.key('1').story.bodies.at(-1)).toMatchObject({ type: 'call.queued', queueId: QUEUE.id });
  });

  test('that is not there: the fallback, never silence', async () => {
    const led = new Led(null).begin();
    await settled();
    expect(led.story.bodies.at(-1)).toMatchObject(FALLBACK);
  });
});

describe('something goes wrong', () => {
  test('the scenario’s own fallback queue takes the caller', () => {
    const led = new Led(scenarioOf(STEPS, { fallbackQueueId: QUEUE.id }));
    led.contactOf = () => {
      throw new Error('the address book has burnt');
    };
    led.begin();
    expect(led.story.bodies.slice(-2)).toMatchObject([{ type: 'script.over' }, { type: 'call.queued' }]);
  });

  test('without one, the PBX’s fallback', () => {
    const led = new Led(scenarioOf(STEPS)).begin();
    led.contactOf = () => {
      throw new Error('the address book has burnt');
    };
    expect(led.said().story.bodies.at(-1)).toMatchObject(FALLBACK);
  });

  test('scenarios that lead to each other for ever are given up', () => {
    const led = new Led(scenarioOf({ a: { type: 'scenario', scenarioId: 'day' } })).begin();
    expect(led.story.bodies.at(-1)).toMatchObject(FALLBACK);
  });
});

describe('keys', () => {
  test('are heard while the caller is led, and not while the caller waits in a queue', () => {
    const led = new Led(scenarioOf(STEPS)).begin();
    expect(led.digits.isListenedTo('caller')).toBe(true);
    expect(lineViews(led.story.call)).toMatchObject([{ state: 'scenario', scenarioId: 'day' }]);
    led.key('1');
    expect(lineViews(led.story.call)).toMatchObject([{ state: 'queued', scenarioId: 'day' }]);
    expect(led.digits.isListenedTo('caller')).toBe(false);
    expect(led.story.bodies.at(-1)).toMatchObject({ type: 'call.queued' });
  });

  test('none in time: the timer decides', async () => {
    const led = new Led(scenarioOf({ menu: { ...MENU, repeats: 0 }, sales: STEPS.sales, end: END })).begin().said();
    await jest.advanceTimersByTimeAsync(4_999);
    expect(led.story.call.phase).toBe('live');
    await jest.advanceTimersByTimeAsync(1);
    expect(led.story.bodies.at(-1)).toMatchObject({ type: 'call.ended', outcome: 'scenario' });
  });

  test('nothing of it is left when the caller has hung up, or the controller ends', async () => {
    const led = new Led(scenarioOf(STEPS)).begin().said();
    led.story.leaves('caller');
    led.begin();
    expect(led.digits.isListenedTo('caller')).toBe(false);
    const other = new Led(scenarioOf(STEPS));
    const runner = other.lead();
    other.begin().said();
    runner.stop();
    const before = other.story.events.length;
    await jest.advanceTimersByTimeAsync(60_000);
    expect([other.story.events.length, jest.getTimerCount()]).toEqual([before, 0]);
  });
});

describe('to be called back', () => {
  const steps = {
    sales: { type: 'queue', queueId: QUEUE.id, keys: { 1: 'promise' }, next: 'end' },
    promise: { type: 'callback', queueId: QUEUE.id, next: 'told', failed: 'sorry' },
    told: { type: 'play', prompt: 'welcome', next: 'end' },
    sorry: { type: 'play', prompt: 'wrong', next: 'sales' },
    end: END,
  };

  test('a key takes the caller out of the queue, and the promise is kept', async () => {
    const led = new Led(scenarioOf(steps)).begin();
    led.story.wait(5_000);
    led.key('5');
    expect(led.story.bodies.at(-1)).toMatchObject({ type: 'call.queued' });
    led.key('1');
    expect(led.story.bodies).toContainEqual({ type: 'script.resumed', lineId: 'c1~l1', outcome: 'key' });
    await settled();
    const { number, name } = led.story.call.from;
    expect(led.promised).toMatchObject([{ number, name, queueId: QUEUE.id, priority: 'medium', zone: 'UTC' }]);
    expect(led.promised).toMatchObject([{ place: { since: 0, priority: QUEUE.priority } }]);
    expect(led.saying).toEqual(['welcome']);
  });

  test('it cannot be kept: the caller is told, and waits on at the old place', async () => {
    const led = new Led(scenarioOf(steps)).begin();
    led.mayPromise = false;
    led.story.wait(5_000);
    led.key('1');
    await settled();
    expect(led.saying).toEqual(['wrong']);
    expect(led.said().story.bodies.at(-1)).toMatchObject({ type: 'call.queued', enteredAt: 0 });
  });

  test('after a restart in between it is the same promise', async () => {
    const led = new Led(scenarioOf({ promise: steps.promise, told: steps.told, sorry: END, end: END })).begin();
    led.lead();
    led.resume();
    await settled();
    expect(new Set(led.promised.map(({ id }) => id)).size).toBe(1);
  });

  test('once somebody has answered, keys are for the conversation', () => {
    const led = new Led(scenarioOf({ ...steps, sales: { ...steps.sales, after: 'told' } })).begin();
    led.story.command(offer('anna'));
    led.story.answers('anna.1');
    led.begin();
    expect(led.digits.isListenedTo('caller')).toBe(false);
  });
});

describe('another system', () => {
  const http = { type: 'http', url: 'http://crm.example/{caller.number}', next: 'menu', failed: 'end' };
  const asking = () => new Led(scenarioOf({ ask: { ...http, answer: { x: 'a' } }, ...STEPS })).begin();

  test('is asked; whoever waits for more than a second hears music until it answers', async () => {
    const led = asking();
    expect(led.asked).toMatchObject([{ method: 'GET', timeoutMs: 5_000, body: null }]);
    await jest.advanceTimersByTimeAsync(999);
    expect(led.music).toBeNull();
    await jest.advanceTimersByTimeAsync(1);
    expect(led.music).toBe(led.story.call.holdMusic);
    led.answerWeb({ kind: 'answered', status: 200, body: '{"a":1}', cut: false });
    await settled();
    expect([led.music, led.saying]).toEqual([null, ['menu']]);
  });

  test.each<[string, WebAnswer]>([
    ['no answer', { kind: 'failed', code: 'timeout', reached: true }],
    ['an error', { kind: 'answered', status: 404, body: '{}', cut: false }],
    ['no JSON', { kind: 'answered', status: 200, body: '<html>', cut: false }],
    ['too much', { kind: 'answered', status: 200, body: '{}', cut: true }],
  ])('%s: the other way', async (_what, answer) => {
    const led = asking();
    led.answerWeb(answer);
    await settled();
    expect(led.story.bodies.at(-1)).toMatchObject({ type: 'call.ended', outcome: 'scenario' });
  });
});

describe('voicemail', () => {
  const mail = { type: 'voicemail', greeting: 'vm-intro', to: { queueId: QUEUE.id }, next: 'menu' };
  const mailing = () => new Led(scenarioOf({ mail, ...STEPS }));

  test('greeting and recording are one; then it goes on', async () => {
    const led = mailing().begin();
    await settled();
    const [row] = led.voicemails.rows.values();
    expect(row).toMatchObject({ to: { kind: 'queue', queueId: QUEUE.id }, state: 'recording' });
    expect(led.saying).toEqual(['vm-intro', row?.sound]);
    expect(led.said().saying).toEqual(['menu']);
  });

  test('where nothing can be recorded it is left out', async () => {
    const led = mailing();
    led.mayRecord = false;
    led.begin();
    await settled();
    expect(led.saying).toEqual(['menu']);
  });

  test('of which nothing was said there is nothing', async () => {
    const led = mailing().begin();
    await settled();
    led.story.leaves('caller');
    led.begin();
    await settled();
    expect(led.voicemails.rows.size).toBe(0);
  });
});
