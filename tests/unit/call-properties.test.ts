/** What holds for every call, whatever happens in whatever order: random commands, people and an Asterisk that is late or fails. */
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import type { Beginning } from '../../src/core/call/command.js';
import { decide } from '../../src/core/call/decide.js';
import type { CallEventBody } from '../../src/core/call/event.js';
import { observe } from '../../src/core/call/observe.js';
import { isRefusal } from '../../src/core/refusal.js';
import { ANYTHING, type Anything } from '../support/call-actions.js';
import { agentTarget, annaDials, customerCalls, toScript, toTarget } from '../support/call-fixtures.js';
import { joined, tookOver } from '../support/call-joining.js';
import { CallRun } from '../support/call-run.js';
import { replayed } from '../support/call-story.js';
import fc from '../support/properties.js';

/** After every event the story itself checks: numbers without a gap, no leg in two conversations, none that has left. */
function ran({ beginning, hangUpRule, talks, actions }: Anything): CallRun {
  const run = new CallRun({ ...beginning, hangUpRule });
  if (talks) run.connect();
  for (const action of actions) run.perform(action);
  return run;
}

const RUNS = { numRuns: 1500 };

/** Another customer talks with Anna, on another call. */
function secondCall(): CallRun {
  const beginning = customerCalls(toTarget(agentTarget('anna', 1, 2 ** 41)), 'caller-of-c2');
  const run = new CallRun(beginning, 'c2');
  run.settle();
  for (const legId of run.asterisk.legs.keys()) run.asterisk.pickUp(legId);
  run.settle();
  return run;
}

/** An agent has dialled a feature code, and is led through it. */
function zoeDials(): CallRun {
  const party = { number: '109', name: 'zoe' };
  const leg = { id: 'zoe.own', role: 'agent', party, agentId: 'zoe', address: null } as const;
  const run = new CallRun({ ...annaDials('internal', toScript()), from: party, leg } as Beginning, 'c3');
  run.settle();
  return run;
}

type Bodies = readonly CallEventBody[];

function nothingRemains({ story, asterisk }: CallRun): void {
  expect(story.call).toMatchObject({ phase: 'ended', legs: {}, openRecordings: [] });
  expect([asterisk.legs.size, asterisk.conversations.size]).toEqual([0, 0]);
  expect(story.events.every((event, index) => event.seq === index + 1)).toBe(true);
  isReplayed(story);
}

/** Its events lead to the very same call. `expect` looks closer, and takes long: it is left to what differs. */
function isReplayed({ events, call }: CallRun['story']): void {
  const again = replayed(events);
  if (!isDeepStrictEqual(again, call)) expect(again).toEqual(call);
}

/** A call that has ended refuses every command, and facts change nothing. */
function refusesAll({ story: { call, now } }: CallRun, { actions }: Anything): void {
  const effects = actions.flatMap((action): readonly object[] => {
    if (action.kind === 'command') return isRefusal(decide(call, action.command, now)) ? [] : [action.command];
    return action.kind === 'foreign' ? observe(call, action.fact, now) : [];
  });
  expect(effects).toEqual([]);
  expect(observe(call, { type: 'clock' }, now + 1e9)).toEqual([]);
}

/** After the end legs only leave and recordings are only closed. */
function endedOnce(bodies: Bodies): void {
  const types = bodies.map((event) => event.type);
  expect(types.filter((type) => type === 'call.ended')).toHaveLength(1);
  const afterwards = types.slice(types.indexOf('call.ended') + 1);
  expect(afterwards.filter((type) => type !== 'leg.left' && type !== 'recording.closed')).toEqual([]);
}

/** Every offer fails or is taken, never both, never twice. */
function offersEndedOnce(bodies: Bodies): void {
  const failed = bodies.flatMap((body) => (body.type === 'offer.failed' ? [body.offerId] : []));
  const offered = bodies.flatMap((body) => (body.type === 'call.offered' ? [body] : []));
  const answered = new Set(bodies.flatMap((body) => (body.type === 'leg.answered' ? [body.legId] : [])));
  const ends = offered.map((offer) => {
    const again = bodies.flatMap((body) =>
      body.type === 'device.rungAgain' && body.offerId === offer.offerId ? [body.leg] : [],
    );
    const taken = [...offer.legs, ...again].filter((leg) => answered.has(leg.id)).length;
    return taken + failed.filter((id) => id === offer.offerId).length;
  });
  expect(ends).toEqual(offered.map(() => 1));
}

/** Never negative; talk is only counted for a call that was connected. */
function sumsAreRight(bodies: Bodies): void {
  const end = bodies.find((body) => body.type === 'call.ended');
  const connections = bodies.flatMap((body) => (body.type === 'call.connected' ? [body.waitedMs] : []));
  expect(Math.min(0, ...connections)).toBe(0);
  expect(end?.waitedMs).toBeGreaterThanOrEqual(0);
  expect(end?.talkedMs).toBeGreaterThanOrEqual(0);
  if (connections.length === 0) expect(end?.talkedMs).toBe(0);
  expect(end?.outcome === 'answered').toBe(connections.length > 0);
}

describe('whatever happens to a call', () => {
  test('nobody is left in silence or alone; when all have gone it has ended once, as has every offer', () => {
    fc.assert(
      fc.property(ANYTHING, (anything) => {
        const run = ran(anything);
        run.settle();
        isReplayed(run.story);
        run.everybodyGoes();
        nothingRemains(run);
        endedOnce(run.story.bodies);
        offersEndedOnce(run.story.bodies);
        sumsAreRight(run.story.bodies);
        refusesAll(run, anything);
      }),
      RUNS,
    );
  });

  test('it ends at once when a supervisor ends it, and nothing of it remains in Asterisk', () => {
    fc.assert(
      fc.property(ANYTHING, (anything) => {
        const run = ran(anything);
        run.story.command({ type: 'end' });
        run.settle();
        expect(run.story.call).toMatchObject({ phase: 'ended', legs: {} });
        expect([run.asterisk.legs.size, run.asterisk.conversations.size]).toEqual([0, 0]);
      }),
      RUNS,
    );
  });

  test('whoever takes with an own leg what rings a colleague has it, and is lost in neither call', () => {
    let times = 0;
    fc.assert(
      fc.property(ANYTHING, ANYTHING, fc.nat({ max: 5 }), (anything, later, pick) => {
        const [into, from] = [ran(anything), zoeDials()];
        for (const run of [into, from]) run.settle();
        if (tookOver(from, into, pick)) times += 1;
        for (const run of [into, from]) run.settle();
        for (const action of later.actions.slice(0, 40)) if (action.kind !== 'late') into.perform(action);
        for (const run of [into, from]) run.everybodyGoes();
        for (const run of [into, from]) nothingRemains(run);
      }),
      RUNS,
    );
    expect(times).toBeGreaterThan(100);
  });

  test('parties who go over to another call are lost in neither, whatever happened before and after', () => {
    fc.assert(
      fc.property(ANYTHING, ANYTHING, fc.boolean(), (anything, later, stays) => {
        const first = ran(anything);
        const second = secondCall();
        for (const run of [first, second]) run.settle();
        joined(first, second, stays);
        for (const run of [first, second]) run.settle();
        for (const action of later.actions.slice(0, 40)) if (action.kind !== 'late') second.perform(action);
        for (const run of [first, second]) run.everybodyGoes();
        for (const run of [first, second]) nothingRemains(run);
      }),
      RUNS,
    );
  });
});
