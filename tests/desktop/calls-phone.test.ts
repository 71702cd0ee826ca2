// The buttons of calls with the built-in phone: answering by the button, keys for menus of other systems, a message that is recorded.
import { expect } from '@jest/globals';
import { CUSTOMER, DID } from '../support/centre.js';
import { atThePhone } from './support/at-the-phone.js';
import { MICROPHONE_HZ } from './support/chromium.js';
import { openDesk } from './support/desk.js';
import { focusIsOn, openTab } from './support/desktop.js';
import { incoming, line, press } from './support/lines.js';
import { openMessages, plays, untilRecorded } from './support/spoken.js';
import type { Workplace } from './support/workplace.js';

const desk = openDesk({ phones: ['101'], webrtc: true });
const { name: ANNA } = CUSTOMER;
const CUSTOMER_HZ = 1_250;

desk('a call is answered by the button, both are heard, and keys reach the other side', async (all) => {
  const window = await atThePhone(all, '101');
  const customer = await all.centre.lab.bank.trunk.call(DID, CUSTOMER);
  const panel = incoming(window, /^Call from the queue Sales: Anna Petrova/);
  await panel.getByRole('button', { name: 'Answer', disabled: false }).click();
  await line(window, ANNA, 'Talking').waitFor();
  await customer.untilAnswered();
  await customer.playTone(CUSTOMER_HZ);
  await window.until('the customer hears the page', async () => (await customer.hears(600)).hears(MICROPHONE_HZ));
  await window.until('the page hears the customer', async () => (await window.hears()).hears(CUSTOMER_HZ));
  const pad = line(window, ANNA).getByRole('button', { name: 'Keys', disabled: false });
  await pad.click();
  const dialog = window.page.getByRole('dialog', { name: 'Keys' });
  await dialog.getByRole('button', { name: '4' }).click();
  await window.page.keyboard.press('2');
  await customer.untilDigits('42', 10_000);
  await dialog.getByText('42').waitFor();
  expect(await window.faults()).toEqual([]);
  await window.page.keyboard.press('Escape');
  await press(window, ANNA, 'Hang up');
  await customer.untilEnded();
});

desk(
  'a call is answered by its key whatever is open, but not while somebody types; on hold the pad says that nobody would hear it',
  async (all) => {
    const window = await atThePhone(all, '101');
    const customer = await all.centre.lab.bank.trunk.call(DID, CUSTOMER);
    const panel = incoming(window, /^Call from the queue/);
    await window.page.setViewportSize({ width: 400, height: 800 });
    await openTab(window, 'History');
    await panel.getByRole('button', { name: 'Answer', disabled: false }).waitFor();
    await window.page.getByRole('searchbox').press('KeyA');
    await window.page.getByRole('button', { name: 'Settings', exact: true }).click();
    await window.page.getByRole('menuitem', { name: 'Prepared messages' }).click();
    await window.page.getByRole('dialog', { name: 'Prepared messages' }).waitFor();
    expect([await window.page.getByRole('searchbox').inputValue(), customer.over]).toEqual(['a', false]);
    expect(await panel.count()).toBe(1);
    await window.page.keyboard.press('KeyA');
    await customer.untilAnswered();
    await panel.waitFor({ state: 'detached' });
    await window.page.keyboard.press('Escape');
    await focusIsOn(window, /^Settings$/);
    await openTab(window, 'Calls');
    await line(window, ANNA, 'Talking').waitFor();
    await press(window, ANNA, 'Hold');
    await line(window, ANNA, 'On hold').getByRole('button', { name: 'Keys' }).hover({ force: true });
    await window.page.getByRole('tooltip').getByText('It is on hold').waitFor();
    expect(customer.over).toBe(false);
  },
);

/** Runs in the page, so it may name nothing from outside: a test can see whether the page rings. */
function watchRinging(): void {
  const rings: AudioContext[] = [];
  const { start } = AudioBufferSourceNode.prototype;
  AudioBufferSourceNode.prototype.start = function (...args) {
    if (this.loop) rings.push(this.context as AudioContext);
    start.apply(this, args);
  };
  Object.defineProperty(window, 'ringsForTests', { get: () => rings.some(({ state }) => state === 'running') });
}

const isRinging = ({ page }: Workplace): Promise<unknown> => page.evaluate(() => Reflect.get(window, 'ringsForTests'));

desk('a call that rings while the page is loaded again rings the new page, and is answered there', async (all) => {
  const window = await atThePhone(all, '101');
  await window.page.addInitScript(watchRinging);
  const customer = await all.centre.lab.bank.trunk.call(DID, CUSTOMER);
  const panel = incoming(window, /^Call from the queue Sales: Anna Petrova/);
  const answer = panel.getByRole('button', { name: 'Answer', disabled: false });
  await answer.waitFor();
  await window.page.reload();
  await answer.waitFor();
  await window.until('it rings', () => isRinging(window));
  await answer.click();
  await line(window, ANNA, 'Talking').waitFor();
  await window.until('it does not ring any more', async () => !(await isRinging(window)));
  await customer.playTone(CUSTOMER_HZ);
  await window.until('the customer hears the page', async () => (await customer.hears(600)).hears(MICROPHONE_HZ));
  await window.until('the page hears the customer', async () => (await window.hears()).hears(CUSTOMER_HZ));
  // It was one offer all the time: nobody has missed anything.
  expect(all.centre.events('offer.failed')).toEqual([]);
});

desk(
  'a message is recorded with nothing but the window of messages: answered there, stopped there, and heard',
  async (all) => {
    const window = await atThePhone(all, '101');
    const { page } = window;
    await openMessages(window);
    const dialog = page.getByRole('dialog', { name: 'Prepared messages' });
    await dialog.getByRole('textbox', { name: 'Name of a new message' }).fill('Call me');
    await dialog.getByRole('button', { name: 'Record' }).click();
    await dialog.getByRole('button', { name: 'Answer' }).click();
    await dialog.getByText('Speak after the tone.', { exact: true }).waitFor();
    expect(await window.faults()).toEqual([]);
    await untilRecorded(all, window);
    // Long enough to be heard in it.
    await window.microphone(3_000);
    await dialog.getByRole('button', { name: 'Stop and keep' }).click();
    await dialog.getByRole('button', { name: 'Listen' }).click();
    await plays(window, 'Message Call me', MICROPHONE_HZ);
    expect(all.centre.calls()).toEqual([]);
  },
);
