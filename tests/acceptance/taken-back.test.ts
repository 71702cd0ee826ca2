// The controller was away, and the PBX's own queue has its callers: when it is back, whoever still waits there comes to it.
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import { CUSTOMER, DID, TestCentre } from '../support/centre.js';
import { expectMusic, expectTalking } from '../support/talking.js';

jest.setTimeout(120_000);

const SLICE_SECONDS = 3;
/** A slice, the queue's pause after a member who did not answer, and a try; the rest is for a busy machine. */
const BACK_WITHIN_MS = 15_000;
const EARLY = { from: '+79160000001' };
const LATE = { from: '+79160000002' };

let centre: TestCentre;

beforeAll(async () => {
  centre = await TestCentre.start({
    phones: ['101', '102'],
    fallbackMembers: ['102'],
    globals: { RINGMASTER_RETRIES: '1', RINGMASTER_TAKE_BACK_SECONDS: String(SLICE_SECONDS) },
  });
});
afterEach(() => centre.reset());
afterAll(() => centre.stop());

/** Waits until the PBX's queue has so many callers: those who talk to a member are none. */
async function untilFallbackHas(waiting: number): Promise<void> {
  const deadline = Date.now() + 15_000;
  for (;;) {
    const told = await centre.lab.pbx.cli('queue show ringmaster-fallback');
    if (told.includes(`has ${waiting} calls`)) return;
    if (Date.now() > deadline) throw new Error(told);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

test('who waits in the PBX is taken back, and in line since the arrival there; who talks there is left alone', async () => {
  const { trunk } = centre.lab.bank;
  const begun = await centre.restartAround(async () => {
    const talker = await trunk.call(DID, CUSTOMER);
    const member = await centre.rung('102', 'the fallback queue');
    await member.answer();
    await expectTalking(talker, member);
    const early = await trunk.call(DID, EARLY);
    await untilFallbackHas(1);
    const earlyAt = Date.now();
    const late = await trunk.call(DID, LATE);
    await untilFallbackHas(2);
    await expectMusic(early);
    await member.playTone(1_250);
    return { talker, member, early, late, earlyAt, listening: await talker.listen() };
  });
  const { talker, member, early, late, earlyAt, listening } = begun;
  // Whoever's try comes first comes first; the line is by the time of arrival.
  await centre.until('both are taken', () => centre.queueView()?.waiting === 2, BACK_WITHIN_MS);
  await expectMusic(late);
  await centre.ready('101');
  const offered = await centre.rung('101', 'the one who came first');
  expect(offered.callerNumber).toBe(EARLY.from);
  const answeredAt = Date.now();
  await offered.answer();
  await expectTalking(early, offered);
  const [connected] = centre.events('call.connected');
  expect(connected?.waitedMs).toBeGreaterThan(answeredAt - earlyAt);
  expect(connected?.waitedMs).toBeLessThan(answeredAt - earlyAt + 15_000);
  // Nothing of the talk in the PBX was lost.
  expect((await listening.stop()).gapMs(1_250)).toBeLessThan(200);
  await expectTalking(talker, member);
  expect(centre.calls()).toHaveLength(2);
});

test("a member's phone that rings goes on ringing although the controller is back, and its answer counts", async () => {
  const { customer, member } = await centre.restartAround(async () => {
    const customer = await centre.lab.bank.trunk.call(DID, CUSTOMER);
    return { customer, member: await centre.rung('102', 'the fallback queue') };
  });
  // Longer than the PBX keeps a caller in its queue between two tries.
  expect((await customer.hears((SLICE_SECONDS + 1.5) * 1_000)).music).toBe(true);
  expect(member.over).toBe(false);
  await member.answer();
  await expectTalking(customer, member);
  expect(centre.calls()).toEqual([]);
});
