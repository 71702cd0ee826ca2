// What a customer does not hear: the silence at each step of a call, between what is heard before it and what is heard after it. In
// rounds; the median counts, so that a moment in which the machine was busy with something else does not.
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import type { Call } from '../../lab/call.js';
import type { IncomingCall } from '../../lab/incoming-call.js';
import type { Heard } from '../../lab/tone-analysis.js';
import { CUSTOMER, DID, TestCentre } from '../support/centre.js';

jest.setTimeout(120_000);
const LIMIT_MS = 60;
const ROUNDS = 5;
/** Long enough, before the step and after it, to tell for certain what is heard. */
const BEFORE_MS = 150;
const AFTER_MS = 350;
/** What is heard in this time at either end is what was heard before, or is heard after the step. */
const EDGE_MS = 100;
/** A tone counts from 150 ms on. */
const HEARS_MS = 250;
const TRIES = 10;
const AGENT = 850;
const TARGET = 1250;
const TONES = [AGENT, TARGET];
/** Music, or the ringing tone. */
const COMFORT = null;

let centre: TestCentre;
const gaps = new Map<string, number[]>();

beforeAll(async () => {
  // The sounds of a conference would fill its gaps.
  centre = await TestCentre.start({ phones: ['101', '102'], settings: { conferenceSounds: false } });
  await centre.saveAgent('101', { mayRecord: true });
});
afterEach(() => centre.reset());
afterAll(async () => {
  const rows = [...gaps].map(([step, gapsMs]) => row(step, median(gapsMs), Math.max(...gapsMs)));
  process.stdout.write(`${[row('silence for the customer, ms', 'median', 'longest'), ...rows].join('\n')}\n`);
  await centre.stop();
});

function row(step: string, ...values: readonly (number | string)[]): string {
  return `${step.padEnd(56)}${values.map((value) => `${value}`.padStart(9)).join('')}`;
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const calls = () => centre.centre.calls;

interface Parties {
  readonly customer: Call;
  readonly agent: Call;
  readonly id: string;
}

/** A customer of the queue talks to agent 101. */
async function talking(): Promise<Parties> {
  await centre.ready('101');
  const customer = await centre.lab.bank.trunk.call(DID, CUSTOMER);
  const agent = await centre.rung('101', 'the queue rings');
  await answered(agent, '101', AGENT);
  await customer.untilAnswered();
  const call = await centre.until('they talk', () => centre.calls().find(({ phase }) => phase === 'talking'));
  await untilHeard(customer, AGENT);
  return { customer, agent, id: call.id };
}

/** A tone that has just begun is heard a moment later. */
async function untilHeard(customer: Call, hz: number): Promise<void> {
  for (let turn = 0; turn < TRIES; turn += 1) if ((await customer.hears(HEARS_MS)).hears(hz)) return;
  throw new Error(`the customer does not hear ${hz} Hz`);
}

async function answered(call: IncomingCall, number: string, hz: number): Promise<void> {
  await call.answer();
  await call.untilAnswered();
  await centre.until(`${number} talks`, () => centre.activity(number) === 'talking');
  await call.playTone(hz);
}

/** Agent 102 is asked, or sent for, and answers. */
async function colleague(): Promise<Call> {
  const target = await centre.rung('102', 'the colleague is rung');
  await answered(target, '102', TARGET);
  return target;
}

/** Which of the tones were heard at all in a part of the time. */
function heardIn(heard: Heard, fromMs: number, toMs: number): readonly number[] {
  return TONES.filter((hz) => heard.spans(hz).some((span) => span.fromMs < toMs && span.toMs > fromMs));
}

/** Listens to the customer around the step, and makes sure that it led from the one to the other. */
async function around(
  what: string,
  customer: Call,
  from: number | null,
  to: number | null,
  step: () => Promise<unknown>,
) {
  const listening = await customer.listen(TONES);
  await pause(BEFORE_MS);
  await step();
  await pause(AFTER_MS);
  const heard = await listening.stop();
  const tones = [heardIn(heard, 0, EDGE_MS), heardIn(heard, heard.durationMs - EDGE_MS, heard.durationMs)];
  const wanted = [from, to].map((hz) => (hz === COMFORT ? [] : expect.arrayContaining([hz])));
  expect({ what, tones, timeline: heard.timeline() }).toMatchObject({ what, tones: wanted });
  // Where both are tones, anything else between them (a click, a rest of music) is a gap as well.
  const gapMs = from === COMFORT || to === COMFORT ? heard.silenceMs : heard.longestGapMs(...TONES);
  gaps.set(what, [...(gaps.get(what) ?? []), gapMs]);
}

/** Runs the rounds, each in a call of its own, and holds what was measured in them against the limit. */
async function inRounds(round: (parties: Parties) => Promise<void>): Promise<void> {
  const before = new Set(gaps.keys());
  for (let count = 0; count < ROUNDS; count += 1) {
    await round(await talking());
    await centre.reset();
  }
  const measured = [...gaps].filter(([what]) => !before.has(what));
  expect(measured).not.toEqual([]);
  expect(measured.filter(([, gapsMs]) => !(median(gapsMs) <= LIMIT_MS))).toEqual([]);
}

test('on hold and back', () =>
  inRounds(async ({ customer, id }) => {
    await around('nothing happens', customer, AGENT, AGENT, async () => {});
    await around('hold: agent, then music', customer, AGENT, COMFORT, () => calls().hold('a101', id, null));
    await around('resume: music, then agent', customer, COMFORT, AGENT, () => calls().resume('a101', id, null));
  }));

test('a consult, completed while the customer is on hold', () =>
  inRounds(async ({ customer, agent, id }) => {
    await around('consult: agent, then music', customer, AGENT, COMFORT, () =>
      calls().consult('a101', id, { number: '102' }),
    );
    await colleague();
    await around('complete: music, then colleague', customer, COMFORT, TARGET, async () => {
      await centre.accepted(calls().complete('a101', id, null, { callId: null, lineId: null }));
      await agent.untilEnded();
    });
  }));

test('a consult, completed from the conversation with the customer', () =>
  inRounds(async ({ customer, agent, id }) => {
    await centre.accepted(calls().consult('a101', id, { number: '102' }));
    await colleague();
    await around('swap: music, then agent', customer, COMFORT, AGENT, () => calls().swap('a101'));
    await around('complete: agent, then colleague', customer, AGENT, TARGET, async () => {
      await centre.accepted(calls().complete('a101', id, null, { callId: null, lineId: null }));
      await agent.untilEnded();
    });
  }));

test('a conference: somebody joins, is muted, leaves; the agent leaves the last two', () =>
  inRounds(async ({ customer, agent, id }) => {
    await centre.accepted(calls().invite('a101', id, null, { number: '102' }));
    const target = await centre.rung('102', 'the invitation rings');
    await around('a third joins: agent goes on', customer, AGENT, AGENT, async () => {
      await target.answer();
      await centre.until('102 talks', () => centre.activity('102') === 'talking');
    });
    const [third] = centre.calls()[0]?.legs.filter(({ agentId }) => agentId === 'a102') ?? [];
    const legId = third?.id ?? '';
    await around('the third is muted: agent goes on', customer, AGENT, AGENT, () =>
      calls().muteParty('a101', id, legId, true),
    );
    await around('the third is unmuted: agent goes on', customer, AGENT, AGENT, () =>
      calls().muteParty('a101', id, legId, false),
    );
    await target.playTone(TARGET);
    await around('the agent leaves: colleague goes on', customer, AGENT, TARGET, () => agent.hangup());
  }));

test('a conference of a consult; the third leaves', () =>
  inRounds(async ({ customer, id }) => {
    await centre.accepted(calls().consult('a101', id, { number: '102' }));
    const target = await colleague();
    await target.stopTone();
    await around('conference: music, then agent', customer, COMFORT, AGENT, () => calls().conference('a101', id, null));
    await around('the third leaves: agent goes on', customer, AGENT, AGENT, () => target.hangup());
  }));

test('a blind transfer', () =>
  inRounds(async ({ customer, agent, id }) => {
    await around('transfer: agent, then ringing', customer, AGENT, COMFORT, async () => {
      await centre.accepted(calls().transfer('a101', id, null, { number: '102' }));
      await agent.untilEnded();
    });
    await around('transfer answered: ringing, then colleague', customer, COMFORT, TARGET, () => colleague());
  }));

test('two calls of an agent are joined', () =>
  inRounds(async ({ customer, id }) => {
    const other = await centre.accepted(calls().dial('a101', { number: '102' }));
    const own = await centre.rung('101', 'the own phone rings');
    await around('a second call: agent, then music', customer, AGENT, COMFORT, () => answered(own, '101', AGENT));
    await colleague();
    await around('joined: music, then colleague', customer, COMFORT, TARGET, () =>
      calls().complete('a101', id, null, { callId: other.id, lineId: null }),
    );
  }));

test('a recording begins, pauses, goes on and ends', () =>
  inRounds(async ({ customer, id }) => {
    for (const action of ['start', 'pause', 'resume', 'stop'] as const) {
      await around(`recording, ${action}: agent goes on`, customer, AGENT, AGENT, () =>
        centre.accepted(calls().record('a101', id, null, action)),
      );
    }
  }));

test('the customer is muted and unmuted', () =>
  inRounds(async ({ customer, id }) => {
    const [caller] = centre.calls()[0]?.legs.filter(({ role }) => role === 'caller') ?? [];
    for (const muted of [true, false]) {
      await around(`customer ${muted ? '' : 'un'}muted: agent goes on`, customer, AGENT, AGENT, () =>
        centre.accepted(calls().muteParty('a101', id, caller?.id ?? '', muted)),
      );
    }
  }));
