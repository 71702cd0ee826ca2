// What befalls the phone in the page in the middle of the day: a network that falls silent without a word, a microphone that is not there.
import { expect } from '@jest/globals';
import { ariHttp } from '../../lab/ari.js';
import type { Call } from '../../lab/call.js';
import { en } from '../../web/src/phone/words.js';
import { CUSTOMER, DID, type TestCentre } from '../support/centre.js';
import { atThePhone } from './support/at-the-phone.js';
import { MICROPHONE_HZ } from './support/chromium.js';
import { type Desk, openDesk } from './support/desk.js';
import { incoming, line } from './support/lines.js';
import { breakMicrophones, mayUseMicrophone, microphonesBreak, microphonesWork } from './support/microphones.js';
import { fallAsleep, openNetwork, wakeUp } from './support/silent-network.js';
import type { Workplace } from './support/workplace.js';

const desk = openDesk({ phones: ['101'], webrtc: true, microphoneAllowed: 'bySite' });
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

desk(
  'the browser does not allow the microphone: the page says so before and at the call, and it is answered once it does',
  async (all) => {
    const { centre } = all;
    await centre.queue({ ringMs: 60_000 });
    const window = await atThePhone(all, '101');
    const { page } = window;
    await mayUseMicrophone(window, false);
    await page.getByRole('button', { name: en.withoutMicrophone }).waitFor();
    const customer = await centre.lab.bank.trunk.call(DID, CUSTOMER);
    const ringing = incoming(window, /^Call from the queue/);
    const why = ringing.getByRole('alert').filter({ hasText: en.noMicrophone.denied });
    await why.waitFor();
    const answer = ringing.getByRole('button', { name: 'Answer' });
    expect(await window.faults()).toEqual([]);
    await answer.click();
    // Nobody has answered, and nobody has rejected.
    await why.waitFor();
    expect(centre.events('leg.answered')).toEqual([]);
    await mayUseMicrophone(window, true);
    await why.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: en.state.registered }).waitFor();
    await answer.click();
    await customer.untilAnswered();
    await customer.playTone(CUSTOMER_HZ);
    await heardBothWays(window, customer);
    await customer.hangup();
    await centre.untilClean();
  },
);

desk(
  'the headset is unplugged in the middle of a call: the page says so, the call goes on, and so does the agent with another',
  async (all) => {
    const { centre } = all;
    const window = await atThePhone(all, '101', breakMicrophones);
    const { page } = window;
    const customer = await talking(all, window);
    await microphonesBreak(window);
    await page.getByText(`${en.unheard} ${en.noMicrophone.missing}`).waitFor();
    await window.until('the customer does not hear the page', async () => (await customer.hears(400)).silent);
    const before = await packetsFrom(centre);
    await window.until('silence is sent', async () => (await packetsFrom(centre)) > before);
    await line(window, CUSTOMER.name, 'Talking').getByRole('button', { name: 'Hold' }).click();
    await line(window, CUSTOMER.name, 'On hold').getByRole('button', { name: 'Resume' }).click();
    await line(window, CUSTOMER.name, 'Talking').waitFor();
    await microphonesWork(window);
    await heardBothWays(window, customer);
    await page.getByText(en.unheard).waitFor({ state: 'detached' });
    await customer.hangup();
    await centre.untilClean();
  },
);

/** How many packets have come from the page: were there none, Asterisk would end the call. */
async function packetsFrom(centre: TestCentre): Promise<number> {
  const leg = centre.calls()[0]?.legs.find(({ agentId }) => agentId === 'a101')?.id ?? '';
  const { body } = await ariHttp(centre.lab.pbx, 'GET', `channels/${leg}/rtp_statistics`);
  return (body as { rxcount: number }).rxcount;
}
