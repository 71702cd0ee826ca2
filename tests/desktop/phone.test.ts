// The phone in the page: registered, heard both ways, and still there after a cut, a reload, a second tab and a restarted Asterisk.
import { expect } from '@jest/globals';
import { ariHttp } from '../../lab/ari.js';
import type { Call } from '../../lab/call.js';
import { CUSTOMER, DID, type TestCentre } from '../support/centre.js';
import { MICROPHONE_HZ } from './support/chromium.js';
import { type Desk, openDesk } from './support/desk.js';
import { logIn, logOut, statusButton } from './support/desktop.js';
import type { Workplace } from './support/workplace.js';

const desk = openDesk({ phones: ['101', '102'], webrtc: true });

const CUSTOMER_HZ = 1_250;
const COLLEAGUE_HZ = 1_850;
/** Q.850, as Asterisk ends a leg from which nothing comes any more. */
const NO_VOICE = 44;
const BROWSER = [{ id: 'browser', address: 'PJSIP/browser-101', autoAnswer: false }];
/** What the agent has chosen in this browser before. */
const CHOSEN = JSON.stringify({ wanted: true, autoAnswer: true });

async function endpoint({ lab }: TestCentre): Promise<string | undefined> {
  const { body } = await ariHttp(lab.pbx, 'GET', 'endpoints/PJSIP');
  return (body as { resource: string; state: string }[]).find(({ resource }) => resource === 'browser-101')?.state;
}

/** Agent 101 is logged in, and the page is the phone; it answers by itself. */
async function atThePhone({ centre, open }: Desk): Promise<Workplace> {
  await centre.saveAgent('101', { devices: BROWSER });
  const workplace = await open();
  await workplace.page.addInitScript(keepSockets);
  await workplace.page.evaluate((chosen) => localStorage.setItem('ringmaster.phone', chosen), CHOSEN);
  await workplace.page.reload();
  await logIn(workplace, '101');
  await statusButton(workplace).waitFor();
  await workplace.until('the page is registered', async () => (await endpoint(centre)) === 'online');
  return workplace;
}

/** Runs in the page, so it may name nothing from outside: a test can cut what the page has opened. */
function keepSockets(): void {
  const kept: WebSocket[] = [];
  Object.defineProperty(window, 'socketsForTests', { value: kept });
  const Original = window.WebSocket;
  window.WebSocket = class extends Original {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      if (String(url).includes('/phone')) kept.push(this);
    }
  };
}

async function heardBothWays(workplace: Workplace, other: Call, hz: number): Promise<void> {
  await workplace.until('the other hears the page', async () => (await other.hears(600)).hears(MICROPHONE_HZ));
  await workplace.until('the page hears the other', async () => (await workplace.hears()).hears(hz));
}

async function talking(workplace: Workplace, centre: TestCentre): Promise<Call> {
  const customer = await centre.lab.bank.trunk.call(DID, CUSTOMER);
  await customer.untilAnswered();
  await customer.playTone(CUSTOMER_HZ);
  await heardBothWays(workplace, customer, CUSTOMER_HZ);
  return customer;
}

desk('a customer of the queue and the page hear each other, and whoever hangs up, it is over for both', async (all) => {
  const workplace = await atThePhone(all);
  const { centre } = all;
  const customer = await talking(workplace, centre);
  await customer.hangup();
  await centre.untilClean();
  const again = await talking(workplace, centre);
  const [call] = centre.calls();
  await centre.accepted(centre.centre.calls.hangUp('a101', call?.id ?? '', null));
  await again.untilEnded();
});

desk('a call that the agent asks for is answered in the page by itself, and the colleague is heard', async (all) => {
  const workplace = await atThePhone(all);
  const { centre } = all;
  await centre.ready('102');
  await centre.accepted(centre.centre.calls.dial('a101', { agentId: 'a102' }));
  const colleague = await centre.rung('102', 'the colleague is rung');
  await colleague.answer();
  await colleague.playTone(COLLEAGUE_HZ);
  await heardBothWays(workplace, colleague, COLLEAGUE_HZ);
  await colleague.hangup();
  await centre.untilClean();
});

desk('the WebSocket is cut: they talk on, and the page hears that the customer hangs up', async (all) => {
  const workplace = await atThePhone(all);
  const { centre } = all;
  const customer = await talking(workplace, centre);
  const before = await workplace.page.evaluate(() => Reflect.get(window, 'socketsForTests').length);
  await workplace.page.evaluate(() => Reflect.get(window, 'socketsForTests').at(-1).close());
  await heardBothWays(workplace, customer, CUSTOMER_HZ);
  await workplace.until('the page has another', async () => {
    const sockets = await workplace.page.evaluate(() => Reflect.get(window, 'socketsForTests').length);
    return sockets > before && (await endpoint(centre)) === 'online';
  });
  await heardBothWays(workplace, customer, CUSTOMER_HZ);
  await customer.hangup();
  await centre.untilClean();
  await workplace.until('the page has no call any more', async () => (await workplace.hears(200)).silent);
});

desk(
  'the page is loaded again in the middle of a call: the customer hears music, then the agent again',
  async (all) => {
    const workplace = await atThePhone(all);
    const { centre } = all;
    const customer = await talking(workplace, centre);
    const listening = await customer.listen();
    const begunAt = Date.now();
    await workplace.page.reload({ waitUntil: 'commit' });
    const reloadedAt = Date.now() - begunAt;
    await workplace.until('the agent has one leg, and they talk', () => {
      const [call] = centre.calls();
      return (
        call?.moves.length === 0 && call.lines.every(({ state }) => state === 'active') && call.phase === 'talking'
      );
    });
    await heardBothWays(workplace, customer, CUSTOMER_HZ);
    const heard = await listening.stop();
    const back = heard.spans(MICROPHONE_HZ).filter(({ fromMs }) => fromMs > reloadedAt);
    process.stdout.write(
      `page reloaded: the agent's voice is away for ${heard.gapMs(MICROPHONE_HZ)} ms (${JSON.stringify(back[0])})\n`,
    );
    expect(heard.gapMs(MICROPHONE_HZ)).toBeLessThan(6_000);
    // One call as before: nobody was rung, and nothing has ended.
    expect(centre.events('call.ended')).toEqual([]);
    await customer.hangup();
    await centre.untilClean();
  },
);

desk('Asterisk is started anew: the page is the phone again', async (all) => {
  const workplace = await atThePhone(all);
  const { centre } = all;
  workplace.tolerate(/WebSocket connection to .*phone/);
  await centre.lab.pbx.restart();
  await workplace.until(
    'the page is registered',
    async () => (await endpoint(centre).catch(() => '')) === 'online',
    40_000,
  );
  await centre.until('Asterisk is commanded again', () => centre.centre.health().asterisk === 'connected');
  await centre.lab.bank.registerAll();
  const customer = await talking(workplace, centre);
  await customer.hangup();
  await centre.untilClean();
});

desk('of two tabs one is the phone; when it is closed, the other is', async (all) => {
  const workplace = await atThePhone(all);
  const { centre } = all;
  // What the harness sets in every page is refused by an empty one.
  workplace.tolerate(/Access is denied for this document/);
  const second = await workplace.newTab();
  await second.goto('/');
  await second.getByRole('button', { name: /^Status: / }).waitFor();
  const customer = await talking(workplace, centre);
  expect(centre.events('device.moved')).toEqual([]);
  await workplace.page.close();
  await centre.until('the call has come to the other tab', () => centre.events('device.moved').length === 1, 20_000);
  await workplace.until('the agent is heard again', async () => (await customer.hears(600)).hears(MICROPHONE_HZ));
  await customer.hangup();
  await centre.untilClean();
});

desk(
  'the agent goes on at another computer: the call comes along, and the first page has nothing any more',
  async (all) => {
    const first = await atThePhone(all);
    const { centre } = all;
    const customer = await talking(first, centre);
    const second = await atThePhone(all);
    await centre.until('the call has come along', () => centre.events('device.moved').length === 1, 20_000);
    await heardBothWays(second, customer, CUSTOMER_HZ);
    await first.until('the first page hears nothing', async () => (await first.hears(200)).silent);
    await customer.hangup();
    await centre.untilClean();
  },
);

desk('the page is gone for good: the customer is not, and waits for the next agent', async (all) => {
  const workplace = await atThePhone(all);
  const { centre } = all;
  const customer = await talking(workplace, centre);
  const listening = await customer.listen();
  await workplace.page.close();
  await centre.until('the customer waits in the queue again', () => centre.queueView()?.waiting === 1, 40_000);
  // Music comes long before Asterisk has found out that no voice comes any more.
  const { silenceMs } = await listening.stop();
  process.stdout.write(`page gone: the customer hears nothing for ${silenceMs} ms\n`);
  expect(silenceMs).toBeLessThan(5_000);
  // What was decided is told once it is written.
  await centre.until('it is told why', () => centre.events('leg.left').some(({ cause }) => cause === NO_VOICE));
  await centre.saveAgent('102', {});
  await centre.ready('102');
  const next = await centre.rung('102', 'the next agent is rung');
  await next.answer();
  await next.playTone(COLLEAGUE_HZ);
  const deadline = Date.now() + 10_000;
  while (!(await customer.hears(600)).hears(COLLEAGUE_HZ)) expect(Date.now()).toBeLessThan(deadline);
  await customer.hangup();
  await centre.untilClean();
});

desk('the phone ends with the session', async (all) => {
  const workplace = await atThePhone(all);
  await logOut(workplace);
  await workplace.until('the endpoint is gone', async () => (await endpoint(all.centre)) === undefined);
});
