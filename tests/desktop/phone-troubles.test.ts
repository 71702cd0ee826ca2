// What befalls the phone in the page in the middle of the day: a network that falls silent without a word.
import { expect } from '@jest/globals';
import type { Call } from '../../lab/call.js';
import { en } from '../../web/src/phone/words.js';
import { CUSTOMER, DID } from '../support/centre.js';
import { atThePhone } from './support/at-the-phone.js';
import { MICROPHONE_HZ } from './support/chromium.js';
import { type Desk, openDesk } from './support/desk.js';
import { incoming } from './support/lines.js';
import { fallAsleep, openNetwork, wakeUp } from './support/silent-network.js';
import type { Workplace } from './support/workplace.js';

const desk = openDesk({ phones: ['101'], webrtc: true });
const CUSTOMER_HZ = 1_250;

async function heardBothWays(window: Workplace, customer: Call): Promise<void> {
  await window.until('the customer hears the page', async () => (await customer.hears(600)).hears(MICROPHONE_HZ));
  await window.until('the page hears the customer', async () => (await window.hears()).hears(CUSTOMER_HZ));
}

/** The customer has called, and the agent has pressed "Answer". */
async function talking({ centre }: Desk, window: Workplace): Promise<Call> {
  const customer = await centre.lab.bank.trunk.call(DID, CUSTOMER);
  await incoming(window, /^Call from the queue/).waitFor();
  await window.page.getByRole('button', { name: 'Answer' }).click();
  await customer.untilAnswered();
  await customer.playTone(CUSTOMER_HZ);
  await heardBothWays(window, customer);
  return customer;
}

desk(
  'the computer falls asleep: the customer hears music at once, and the agent again when it is awake',
  async (all) => {
    const { centre } = all;
    const window = await atThePhone(all, '101');
    const customer = await talking(all, window);
    const listening = await customer.listen();
    await fallAsleep();
    try {
      await centre.until('the customer hears music', () => centre.events('line.held').length === 1);
      await customer.hears(1_000);
    } finally {
      await wakeUp();
    }
    const { silenceMs } = await listening.stop();
    process.stdout.write(`computer asleep: the customer hears nothing for ${silenceMs} ms\n`);
    expect(silenceMs).toBeLessThan(5_000);
    await heardBothWays(window, customer);
    expect(centre.events('call.ended')).toEqual([]);
    await customer.hangup();
    await centre.untilClean();
  },
);

desk(
  'what the page says and hears over TCP gets lost: it says so, they talk on, and it comes back by itself',
  async (all) => {
    const { centre, open } = all;
    const network = await openNetwork(centre.service.url);
    const window = await atThePhone({ centre, open: () => open(network.url) }, '101');
    try {
      const customer = await talking(all, window);
      network.fallSilent();
      const since = Date.now();
      await window.page.getByText(en.callKept).waitFor();
      const toldMs = Date.now() - since;
      process.stdout.write(`network silent: the agent is told after ${toldMs} ms\n`);
      expect(toldMs).toBeLessThan(12_000);
      await heardBothWays(window, customer);
      network.recover();
      await window.page.getByText(en.callKept).waitFor({ state: 'detached', timeout: 40_000 });
      await heardBothWays(window, customer);
      await customer.hangup();
      await window.page.getByText('No calls').waitFor();
      await centre.untilClean();
    } finally {
      network.close();
    }
  },
);
