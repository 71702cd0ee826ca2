// Two people do something in the same instant while an agent has several lines: whatever the order, nobody is lost or left over.
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Call } from '../../lab/call.js';
import type { OutgoingCall } from '../../lab/outgoing-call.js';
import { TEST_TONES } from '../../lab/tone-analysis.js';
import { isRefusal } from '../../src/core/refusal.js';
import { CUSTOMER, DID, TestCentre } from '../support/centre.js';
import { centreIs } from '../support/scene.js';

jest.setTimeout(120_000);
const ROUNDS = 30;
const WITHIN_MS = 50;
const ALONE_MS = 2_000;
/** The same seed gives the same offsets. */
const SEED = Number(process.env.RINGMASTER_TEST_SEED ?? Date.now() % 100_000);
const [, , AGENT_HZ = 0, TARGET_HZ = 0] = TEST_TONES;
let centre: TestCentre;
let longestSilenceMs = 0;

beforeAll(async () => {
  process.stderr.write(`line-races: RINGMASTER_TEST_SEED=${SEED}\n`);
  centre = await TestCentre.start({ phones: ['101', '102'], settings: { transferRingMs: 5_000 } });
});
afterEach(() => centre.reset());
afterAll(async () => {
  if (process.env.RINGMASTER_TEST_LOG)
    process.stderr.write(`line-races: the longest silence was ${longestSilenceMs} ms\n`);
  await centre.stop();
});

const phone = (number: string) => centre.lab.bank.phone(number);
const calls = () => centre.centre.calls;

interface Round {
  readonly customer: OutgoingCall;
  readonly agent: Call;
  readonly id: string;
  /** Does both, one after the other or the other way round; answers what each came to. */
  race<A, B>(one: () => Promise<A>, other: () => Promise<B>): Promise<readonly [A, B]>;
}

/** How the lines of the call are now. */
const lines = () => (centre.calls()[0]?.lines ?? []).map(({ state }) => state).join(' ');

/** The round's customer talks with agent 101, whose phone answers by itself; afterwards nothing may be left of anything. */
async function rounds(body: (round: Round) => Promise<void>): Promise<void> {
  await centre.ready('101');
  let state = SEED;
  for (let count = 1; count <= ROUNDS; count += 1) {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    const offsetMs = Math.round((state / 2 ** 31) * 2 * WITHIN_MS - WITHIN_MS);
    try {
      await oneRound(offsetMs, body);
    } catch (error) {
      throw new Error(`seed ${SEED}, round ${count}, offset ${offsetMs} ms: ${String(error)}`, { cause: error });
    }
  }
}

async function oneRound(offsetMs: number, body: (round: Round) => Promise<void>): Promise<void> {
  phone('101').behaves({ answerAfterMs: 0 });
  const customer = await centre.lab.bank.trunk.call(DID, CUSTOMER);
  const agent = await centre.rung('101', 'the queue rings');
  const call = await centre.until('they talk', () => centre.calls().find(({ phase }) => phase === 'talking'));
  await customer.untilAnswered();
  await body({
    customer,
    agent,
    id: call.id,
    race: async (one, other) =>
      Promise.all([pause(Math.max(0, -offsetMs)).then(one), pause(Math.max(0, offsetMs)).then(other)]),
  });
  await customer.hangup();
  for (const { calls: left } of centre.lab.bank.phones) for (const each of left) await each.hangup();
  await centre.untilClean();
  // A phone may see its call end a moment after the PBX does.
  await centre.until('the phones are quiet', () => centre.lab.bank.phones.every((each) => each.calls.length === 0));
  const free = () => ['101', '102'].every((number) => centre.activity(number) === 'idle');
  await centre.until('the agents are free', free);
  expect(centre.queueView()?.waiting).toBe(0);
  for (const line of centre.lab.bank.phones) line.forgetCalls();
}

/** Agent 102 is asked; the phone rings. */
async function asking({ id }: Round) {
  await centre.accepted(calls().consult('a101', id, { number: '102' }));
  return centre.rung('102', 'the consult rings');
}

/** The customer hears somebody, or music, all the time while `body` goes on. */
async function neverSilent({ customer, agent }: Round, body: () => Promise<void>): Promise<void> {
  await agent.playTone(AGENT_HZ);
  const listening = await customer.listen([]);
  await body();
  const { silenceMs } = await listening.stop();
  longestSilenceMs = Math.max(longestSilenceMs, silenceMs);
  expect(silenceMs).toBeLessThanOrEqual(ALONE_MS);
}

describe(`${ROUNDS} rounds each with random offsets within ${WITHIN_MS} ms`, () => {
  test('X1 the customer hangs up in the instant in which the colleague who is asked answers: the two agents talk', () =>
    rounds(async (round) => {
      const target = await asking(round);
      await round.race(
        () => target.answer(),
        () => round.customer.hangup(),
      );
      await centre.until('the two talk', () => lines() === 'active' && centre.activity('102') === 'talking', ALONE_MS);
      await round.agent.hangup();
      await target.untilEnded();
    }));

  test('X2 the agent hangs up in the instant in which the colleague answers (recall): the agent is rung and is back', async () => {
    await centreIs(centre, { hangUpOnConsult: 'recall' });
    await rounds((round) =>
      neverSilent(round, async () => {
        const target = await asking(round);
        await round.race(
          () => target.answer(),
          () => round.agent.hangup(),
        );
        const again = await centre.rung('101', 'the phone rings again');
        await target.untilEnded();
        await again.untilAnswered();
        await again.playTone(AGENT_HZ);
        await centre.until('they talk', () => lines() === 'active' && centre.activity('101') === 'talking');
      }),
    );
  });

  test('X3 the agent hangs up in the instant in which the colleague answers (complete): customer and colleague talk', async () => {
    await centreIs(centre, { hangUpOnConsult: 'complete' });
    await rounds((round) =>
      neverSilent(round, async () => {
        const target = await asking(round);
        await round.race(
          () => target.answer().then(() => target.playTone(TARGET_HZ)),
          () => round.agent.hangup(),
        );
        await centre.until(
          'they talk and 101 is free',
          () => lines() === 'active' && centre.activity('102') === 'talking' && centre.activity('101') === 'idle',
        );
        await round.agent.untilEnded();
        expect(phone('101').calls).toEqual([]);
      }),
    );
  });

  test('X4 the agent completes in the instant in which the colleague refuses: the agent is back with the customer', () =>
    rounds((round) =>
      neverSilent(round, async () => {
        const target = await asking(round);
        const [completed] = await round.race(
          () => calls().complete('a101', round.id, null, { callId: null, lineId: null }),
          () => target.reject(),
        );
        await target.untilEnded();
        const back = isRefusal(completed) ? round.agent : await centre.rung('101', 'the phone rings again');
        await back.untilAnswered();
        await back.playTone(AGENT_HZ);
        await centre.until('they talk', () => lines() === 'active' && centre.activity('101') === 'talking');
        expect(round.customer.over).toBe(false);
      }),
    ));

  test('X5 the customer hangs up in the instant in which the agent sends the customer on: everything is over', () =>
    rounds(async ({ race, customer, agent, id }) => {
      await race(
        () => calls().transfer('a101', id, null, { number: '102' }),
        () => customer.hangup(),
      );
      await agent.untilEnded(ALONE_MS);
      await centre.until('102 is not rung any more', () => phone('102').calls.length === 0, ALONE_MS);
    }));

  test('X6 the customer hangs up in the instant in which the agent who is rung again answers: everything is over', () =>
    rounds(async ({ race, customer, agent, id }) => {
      phone('101').behaves('ring');
      await centre.accepted(calls().hold('a101', id, null));
      await agent.hangup();
      const again = await centre.rung('101', 'the phone rings again');
      await race(
        () => again.answer(),
        () => customer.hangup(),
      );
      await again.untilEnded(ALONE_MS);
    }));

  test('X7 both agents of a conference hang up in the same instant: the customer is not left alone', () =>
    rounds(async (round) => {
      const target = await asking(round);
      await target.answer();
      await centre.until('102 is on the line', () => centre.activity('102') === 'talking');
      await centre.accepted(calls().conference('a101', round.id, null));
      await round.race(
        () => round.agent.hangup(),
        () => target.hangup(),
      );
      await round.customer.untilEnded(ALONE_MS);
    }));

  test('X8 the customer hangs up in the instant in which the agent puts the customer on hold: everything is over', () =>
    rounds(async ({ race, customer, agent, id }) => {
      await race(
        () => calls().hold('a101', id, null),
        () => customer.hangup(),
      );
      await agent.untilEnded(ALONE_MS);
    }));
});
