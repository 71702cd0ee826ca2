// A desktop that is open all day: call after call leaves nothing behind in the page. RINGMASTER_DESK_CALLS=1200 makes as many calls as an
// hour brings at twenty a minute, and tells the memory after each hundred; without it a few are enough to see what every call would leave.
// RINGMASTER_DESK_PACE_MS=3000 lets them begin as far apart as they do in that hour; without it one follows the other at once.
import { expect } from '@jest/globals';
import type { CDPSession } from 'playwright-core';
import type { Call } from '../../lab/call.js';
import { CUSTOMER, DID, type TestCentre } from '../support/centre.js';
import { atThePhone } from './support/at-the-phone.js';
import { openDesk } from './support/desk.js';
import { logIn, statusButton } from './support/desktop.js';
import { incoming, line } from './support/lines.js';
import type { Workplace } from './support/workplace.js';

const CALLS = Number(process.env.RINGMASTER_DESK_CALLS ?? 16);
const PACE_MS = Number(process.env.RINGMASTER_DESK_PACE_MS ?? 0);
const WARM = Math.min(100, CALLS / 2);
/** What history and lists may grow by; a panel that was kept for each call would be far more. */
const NODES = 200;
const LISTENERS = 50;
const HEAP_MB = 8;
const CALL_MS = 15_000;

const desk = openDesk({ phones: ['101'], webrtc: true, testMs: CALLS * CALL_MS });

interface Held {
  readonly nodes: number;
  readonly listeners: number;
  readonly heapMb: number;
}

/** What the page holds once everything that nobody needs is thrown away. */
async function held(session: CDPSession): Promise<Held> {
  await session.send('HeapProfiler.collectGarbage');
  const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return { nodes, listeners: jsEventListeners, heapMb: usedSize / 1_048_576 };
}

async function rung(centre: TestCentre): Promise<Call> {
  return centre.lab.bank.trunk.call(DID, CUSTOMER);
}

async function callAtTheDesk(centre: TestCentre, window: Workplace): Promise<void> {
  const customer = await rung(centre);
  const phone = await centre.rung('101', 'a call of the queue');
  await phone.answer();
  await line(window, CUSTOMER.name, 'Talking').waitFor();
  await customer.hangup();
  await window.page.getByText('No calls').waitFor();
}

async function callInThePage(centre: TestCentre, window: Workplace): Promise<void> {
  const customer = await rung(centre);
  await incoming(window, /^Call from the queue/)
    .getByRole('button', { name: 'Answer', disabled: false })
    .click();
  await line(window, CUSTOMER.name, 'Talking').waitFor();
  await customer.hangup();
  await window.page.getByText('No calls').waitFor();
}

async function nothingStays(window: Workplace, oneCall: () => Promise<void>): Promise<void> {
  const session = await window.page.context().newCDPSession(window.page);
  const began = Date.now();
  const inTime = async (done: number) => {
    await window.page.waitForTimeout(Math.max(0, began + done * PACE_MS - Date.now()));
    await oneCall();
  };
  for (let done = 0; done < WARM; done += 1) await inTime(done);
  const before = await held(session);
  for (let done = WARM; done < CALLS; done += 1) {
    await inTime(done);
    if ((done + 1) % 100 === 0) process.stdout.write(`${done + 1} calls: ${JSON.stringify(await held(session))}\n`);
  }
  const after = await held(session);
  expect(after.nodes - before.nodes).toBeLessThan(NODES);
  expect(after.listeners - before.listeners).toBeLessThan(LISTENERS);
  expect(after.heapMb - before.heapMb).toBeLessThan(HEAP_MB);
}

desk('call after call at the desk phone leaves nothing behind in the page', async ({ centre, open }) => {
  const window = await open();
  await logIn(window, '101');
  await statusButton(window, 'Ready').waitFor();
  await nothingStays(window, () => callAtTheDesk(centre, window));
});

desk('call after call in the built-in phone leaves nothing behind in the page', async (all) => {
  const window = await atThePhone(all, '101');
  await statusButton(window, 'Ready').waitFor();
  await nothingStays(window, () => callInThePage(all.centre, window));
});
