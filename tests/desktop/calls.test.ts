// One call at a time on the desktop: what comes in, what is called, and what is done with a line.
import { expect } from '@jest/globals';
import type { IncomingCall } from '../../lab/incoming-call.js';
import type { OutgoingCall } from '../../lab/outgoing-call.js';
import { CUSTOMER, DID } from '../support/centre.js';
import { type Desk, openDesk } from './support/desk.js';
import { logIn, openTab, statusButton } from './support/desktop.js';
import { ask, cable, choice, field, incoming, line, newCall, press } from './support/lines.js';
import { looksElsewhere, notifications } from './support/notifications.js';
import type { Workplace } from './support/workplace.js';

const desk = openDesk({ phones: ['101', '102'] });
const { name: ANNA } = CUSTOMER;

async function atWork({ open }: Desk): Promise<Workplace> {
  const window = await open();
  await logIn(window, '101');
  await statusButton(window, 'Ready').waitFor();
  return window;
}

/** A customer of the queue talks with the agent, whose phone is at hand. */
async function talking({ centre }: Desk, window: Workplace): Promise<{ customer: OutgoingCall; phone: IncomingCall }> {
  const customer = await centre.lab.bank.trunk.call(DID, CUSTOMER);
  const phone = await centre.rung('101', 'a call of the queue');
  await phone.answer();
  await line(window, ANNA, 'Talking').waitFor();
  return { customer, phone };
}

desk(
  'a call of the queue is announced with who calls, answered at the phone, and hung up by the button',
  async (all) => {
    const window = await atWork(all);
    await all.centre.lab.bank.trunk.call(DID, CUSTOMER);
    const phone = await all.centre.rung('101', 'a call of the queue');
    const panel = incoming(window, /^Call from the queue Sales: Anna Petrova/);
    await panel.waitFor();
    await window.page.getByRole('alert').getByText('Incoming call: Anna Petrova').waitFor({ state: 'attached' });
    expect(await window.page.title()).toMatch(/^\(1\) ☎ Anna Petrova/);
    await panel.getByText('Pick up your desk phone').waitFor();
    expect(await panel.getByRole('button', { name: 'Answer' }).getAttribute('aria-disabled')).toBe('true');
    await phone.answer();
    await line(window, ANNA, 'Talking').getByText('+7 916 123-45-67').waitFor();
    expect(await panel.count()).toBe(0);
    await window.until('the title is plain again', async () => (await window.page.title()) === 'Ringmaster');
    expect(await window.faults()).toEqual([]);
    await press(window, ANNA, 'Hang up');
    await phone.untilEnded();
    await window.page.getByText('No calls').waitFor();
  },
);

desk('a call is seen while a number is typed; rejected, it goes on waiting, and the panel is gone', async (all) => {
  const window = await atWork(all);
  await newCall(window).fill('10');
  const found = window.page.getByRole('option', { name: /^10/ }).first();
  await found.waitFor();
  const customer = await all.centre.lab.bank.trunk.call(DID, CUSTOMER);
  const phone = await all.centre.rung('101', 'a call of the queue');
  await found.waitFor({ state: 'hidden' });
  expect(await newCall(window).inputValue()).toBe('10');
  await incoming(window, /^Call from the queue/)
    .getByRole('button', { name: 'Reject' })
    .click();
  await phone.untilEnded();
  await window.page.getByText('No calls').waitFor();
  expect(customer.over).toBe(false);
});

desk('a number is typed, the own phone rings, then the number is called', async (all) => {
  const window = await atWork(all);
  await newCall(window).fill('8 (903) 111-22-33');
  await newCall(window).press('Enter');
  const phone = await all.centre.rung('101', 'the own phone');
  await incoming(window, /^Your phone rings.*89031112233/).waitFor();
  expect(await newCall(window).inputValue()).toBe('');
  await phone.answer();
  await line(window, '89031112233', 'Calling').waitFor();
  const called = await all.centre.lab.bank.trunk.nextCall();
  expect(called.dialled).toBe('89031112233');
  const hold = line(window, '89031112233').getByRole('button', { name: 'Hold' });
  await hold.focus();
  await window.page.getByRole('tooltip').getByText('It still rings.').waitFor();
  await called.answer();
  await line(window, '89031112233', 'Talking').waitFor();
});

desk('a colleague is found by a part of the name, with what they do now', async (all) => {
  const window = await atWork(all);
  await newCall(window).fill('agent 1');
  await choice(window, /^Agent 102.*logged out/).waitFor();
  await all.centre.ready('102');
  await choice(window, /^Agent 102.*free/).waitFor();
  await newCall(window).press('Enter');
  await all.centre.rung('101', 'the own phone').then((phone) => phone.answer());
  await line(window, 'Agent 102', 'Calling').waitFor();
});

desk('with a desk phone, too, the pad sends digits to the other party', async (all) => {
  const window = await atWork(all);
  const { customer, phone } = await talking(all, window);
  await press(window, ANNA, 'Keys');
  const dialog = window.page.getByRole('dialog', { name: 'Keys' });
  for (const key of ['4', '#']) await dialog.getByRole('button', { name: key }).click();
  await window.page.keyboard.type('2019');
  await customer.untilDigits('4#2019', 10_000);
  await dialog.getByText('4#2019').waitFor();
  expect([customer.digits, phone.digits]).toEqual(['4#2019', '']);
  expect(await window.faults()).toEqual([]);
});

desk('hold and mute, by buttons and by keys in any layout', async (all) => {
  const window = await atWork(all);
  const { customer } = await talking(all, window);
  const [call] = all.centre.calls();
  const own = () => all.centre.calls()[0]?.legs.find(({ agentId }) => agentId === 'a101');
  await press(window, ANNA, 'Hold');
  await line(window, ANNA, 'On hold')
    .getByText(/^on hold \d/)
    .waitFor();
  await all.centre.until('the line is held', () => all.centre.calls()[0]?.lines[0]?.state === 'held');
  await press(window, ANNA, 'Resume');
  await line(window, ANNA, 'Talking').waitFor();
  await window.page.keyboard.press('KeyM');
  await line(window, ANNA).getByRole('button', { name: 'Unmute', pressed: true }).waitFor();
  await all.centre.until('the microphone is off', () => own()?.muted === true);
  await window.page.keyboard.press('KeyM');
  await line(window, ANNA).getByRole('button', { name: 'Mute', pressed: false }).waitFor();
  await window.page.keyboard.press('KeyN');
  await window.page.keyboard.type('hm');
  expect(await newCall(window).inputValue()).toBe('hm');
  expect([customer.over, call?.id]).toEqual([false, all.centre.calls()[0]?.id]);
});

desk('whoever may not record is told so by the button; once allowed, recording is shown and stopped', async (all) => {
  const window = await atWork(all);
  await talking(all, window);
  const record = line(window, ANNA).getByRole('button', { name: 'Record', exact: true });
  expect(await record.getAttribute('aria-disabled')).toBe('true');
  await record.hover();
  await window.page.getByRole('tooltip').getByText('You may not record').waitFor();
  await all.centre.saveAgent('101', { mayRecord: true });
  await line(window, ANNA).locator('[aria-label=Record]:not([aria-disabled])').waitFor();
  await record.click();
  await line(window, ANNA).getByText('Recording', { exact: true }).waitFor();
  await press(window, ANNA, 'Stop recording');
  await record.waitFor();
  await all.centre.saveAgent('101', {});
});

desk('a tag is chosen, and chosen again it is taken off; a key of the supervisor is a button', async (all) => {
  const { centre } = all;
  const by = { by: 'admin', at: Date.now() };
  await centre.centre.addressBook.tags.save({ id: 'order', name: 'Order', colour: '#2f9e44', enabled: true }, by);
  await centre.centre.addressBook.tags.save({ id: 'refund', name: 'Refund', colour: '#e03131', enabled: true }, by);
  const option = { kind: 'tag', tag: 'Refund' } as const;
  const keys = [{ sequence: '*4', option, reserved: false }];
  await centre.configure((store) =>
    store.saveKeySet({ scope: 'centre', ownerId: 'centre', betweenDigitsMs: null, keys }),
  );
  const window = await atWork(all);
  await talking(all, window);
  await press(window, ANNA, '+ Tag');
  await window.page.getByRole('menuitemcheckbox', { name: 'Order', checked: false }).click();
  await line(window, ANNA).getByText('Order', { exact: true }).waitFor();
  await press(window, ANNA, 'Tag: Refund');
  await line(window, ANNA).getByText('Refund', { exact: true }).waitFor();
  expect(centre.calls()[0]?.tags).toEqual(['Order', 'Refund']);
  await press(window, ANNA, '+ Tag');
  await window.page.getByRole('menuitemcheckbox', { name: 'Order', checked: true }).click();
  await line(window, ANNA).getByText('Order', { exact: true }).waitFor({ state: 'detached' });
  expect(centre.calls()[0]?.tags).toEqual(['Refund']);
  await centre.configure((store) => store.removeKeySet('centre', 'centre'));
});

desk('the connection is cut: that is said, what was typed stays, and the call is there afterwards', async (all) => {
  const window = await all.open();
  const network = await cable(window);
  window.tolerate(/WebSocket/);
  await logIn(window, '101');
  await statusButton(window, 'Ready').waitFor();
  await talking(all, window);
  await newCall(window).fill('+7903');
  await ask(window, ANNA, 'Transfer', '102');
  await network.cut();
  await window.page.getByText('The connection to the server is lost').waitFor();
  await window.page.getByRole('dialog').getByText('No connection to the server.').waitFor();
  await field(window).press('Enter');
  expect(await field(window).inputValue()).toBe('102');
  network.mend();
  await window.page.getByRole('dialog').getByText('No connection to the server.').waitFor({ state: 'detached' });
  expect(await field(window).inputValue()).toBe('102');
  await window.page.keyboard.press('Escape');
  expect(await newCall(window).inputValue()).toBe('+7903');
  await press(window, ANNA, 'Hold');
  await line(window, ANNA, 'On hold').waitFor();
});

desk(
  'another window is in front: a notification, once allowed; pressed, this one comes; gone with the call',
  async (all) => {
    const window = await all.open();
    const { page } = window;
    await page.addInitScript(looksElsewhere);
    await page.reload();
    await logIn(window, '101');
    await page.getByText('Show incoming calls outside this window too').waitFor();
    await page.getByRole('button', { name: 'Allow' }).click();
    await page.getByText('Show incoming calls outside this window too').waitFor({ state: 'detached' });
    const icon = () => page.locator('link[rel="icon"]').evaluate((link) => Reflect.get(link, 'href'));
    const plain = await icon();
    const rings = async () => {
      const customer = await all.centre.lab.bank.trunk.call(DID, CUSTOMER);
      await all.centre.rung('101', 'a call of the queue');
      await incoming(window, /^Call from the queue/).waitFor();
      return customer;
    };
    const shown = { title: ANNA, body: 'Call from the queue Sales' };
    const customer = await rings();
    await window.until('it is shown', async () => (await notifications(window)).length === 1);
    expect(await notifications(window)).toEqual([{ ...shown, closed: false }]);
    expect([await page.title(), await icon()]).toEqual([
      expect.stringMatching(/^\(1\) ☎/),
      expect.not.stringMatching(plain ?? ''),
    ]);
    await page.evaluate(() => Reflect.get(window, 'notificationsForTests')[0].dispatchEvent(new Event('click')));
    expect(await notifications(window)).toEqual([{ ...shown, closed: true }]);
    expect(await page.evaluate(() => Reflect.get(window, 'broughtToFront'))).toBe(true);
    await customer.hangup();
    await page.getByText('No calls').waitFor();
    await window.until(
      'title and icon are plain again',
      async () => `${await page.title()} ${await icon()}` === `Ringmaster ${plain}`,
    );
    await (await rings()).hangup();
    await page.getByText('No calls').waitFor();
    const closed = async () => (await notifications(window)).map((each) => each.closed);
    await window.until('both are gone', async () => String(await closed()) === 'true,true');
  },
);

desk('in a narrow window with another tab open a call is seen all the same', async (all) => {
  const window = await all.open('/', { width: 400 });
  await logIn(window, '101');
  await statusButton(window, 'Ready').waitFor();
  await openTab(window, 'Contacts');
  await all.centre.lab.bank.trunk.call(DID, CUSTOMER);
  const phone = await all.centre.rung('101', 'a call of the queue');
  await incoming(window, /^Call from the queue Sales: Anna Petrova/).waitFor();
  expect(await window.page.title()).toMatch(/^\(1\) ☎ Anna Petrova/);
  expect(await window.faults()).toEqual([]);
  await phone.answer();
  await incoming(window, /^Call from the queue/).waitFor({ state: 'detached' });
  const calls = window.page.getByRole('tab', { name: 'Calls', description: 'You have calls.' });
  await calls.click();
  await line(window, ANNA, 'Talking').waitFor();
});
