// More callers than the service takes: who is too many is sent to the PBX's fallback at once, and the others are served as before.
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { CUSTOMER, DID, TestCentre } from '../support/centre.js';
import { QUEUE } from '../support/configuration.js';
import { expectTalking } from '../support/talking.js';

jest.setTimeout(60_000);
let centre: TestCentre;

beforeAll(async () => {
  // Callers enter by Stasis here, without a bound: as on an Asterisk that has no StasisBroadcast.
  const globals = { RINGMASTER_ENTRY_MS: '0' };
  centre = await TestCentre.start({ phones: ['101', '102'], fallbackMembers: ['102'], mostCalls: 1, globals });
});
afterAll(() => centre.stop());

test('the second of one allowed call reaches the fallback queue; the first goes on; then callers are taken again', async () => {
  await centre.ready('101');
  const first = await centre.lab.bank.trunk.call(DID, CUSTOMER);
  const offered = await centre.rung('101', 'the first caller');
  await offered.answer();
  await centre.until('they talk', () => centre.calls()[0]?.phase === 'talking');
  const second = await centre.lab.bank.trunk.call(DID, { from: '+79160000002' });
  const fallback = await centre.rung('102', 'the fallback queue');
  await fallback.answer();
  await expectTalking(second, fallback);
  await expectTalking(first, offered);
  expect(centre.calls()).toHaveLength(1);
  const { turnedAway, problems } = centre.centre.health();
  expect(turnedAway).toEqual({ calls: 1, eventLoop: 0, database: 0 });
  expect(problems.join()).toContain('MAX_CALLS');
  const metrics = await (await fetch(`${centre.service.url}/metrics`)).text();
  expect(metrics).toContain('ringmaster_callers_turned_away_total{overload="calls"} 1');
  expect(centre.queueView()?.today).toMatchObject({ offered: 1, turnedAway: 1 });
  const written = await centre.until('the second is in the history', () =>
    centre.events('call.ended').find(({ outcome }) => outcome === 'turnedAway'),
  );
  const kept = { fromNumber: '+79160000002', dialled: DID, queueId: QUEUE.id, outcome: 'turnedAway' };
  expect(await centre.record(written.callId)).toMatchObject(kept);
  await first.hangup();
  await second.hangup();
  await centre.untilClean();
  expect(centre.centre.health().problems.join()).not.toContain('MAX_CALLS');
  await centre.lab.bank.trunk.call(DID, CUSTOMER);
  await centre.rung('101', 'a caller taken again');
});
