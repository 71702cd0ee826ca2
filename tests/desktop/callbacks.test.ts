// Callbacks on the desktop, on the real Asterisk: agreed on during a call, taken over from a colleague, changed, called now.
import { expect } from '@jest/globals';
import { CUSTOMER, DID, type TestCentre } from '../support/centre.js';
import { nextClockChange } from './support/clock-change.js';
import { type Desk, openDesk } from './support/desk.js';
import { chooseStatus, logIn, openTab, statusButton } from './support/desktop.js';
import { asAgent } from './support/furnished.js';
import { cable, incoming, line, press } from './support/lines.js';
import type { Workplace } from './support/workplace.js';

const desk = openDesk({ phones: ['101', '102'], testMs: 180_000 });
const { name: ANNA } = CUSTOMER;
const [CUSTOMER_HZ, AGENT_HZ] = [650, 1_250];
const EVERYTHING = { state: null, queueId: null, number: null, since: 0, until: Number.MAX_SAFE_INTEGER, limit: 100 };

async function atWork(window: Workplace, number: string): Promise<Workplace> {
  await logIn(window, number);
  await statusButton(window, 'Ready').waitFor();
  return window;
}

/** They may dial and call back numbers with a plus. */
async function allowPlus(centre: TestCentre): Promise<void> {
  for (const number of ['101', '102']) await centre.saveAgent(number, { allow: ['X.', '+X.'] });
  await centre.configure(async (store) => {
    const [rule] = (await store.load()).outgoingRules;
    if (rule !== undefined) await store.saveOutgoingRule({ ...rule, id: 'plus', position: 2, pattern: '+X.' });
  });
}

function callbacksOf({ centre }: Desk) {
  return centre.centre.callbacks.list({ agentId: 'a101', role: 'agent' }, EVERYTHING);
}

async function chooseZone({ page }: Workplace, zone: string): Promise<void> {
  await page.getByRole('dialog').getByRole('combobox', { name: "Customer's time zone" }).fill(zone);
  await page.getByRole('option', { name: new RegExp(zone) }).click();
}

desk('a callback from the call is filled in; what was typed outlives the connection and the call', async (all) => {
  const { centre } = all;
  await allowPlus(centre);
  const window = await all.open();
  const network = await cable(window);
  window.tolerate(/WebSocket/);
  await atWork(window, '101');
  const customer = await centre.lab.bank.trunk.call(DID, CUSTOMER);
  const phone = await centre.rung('101', 'a call of the queue');
  await phone.answer();
  await press(window, ANNA, 'More');
  await window.page.getByRole('menuitem', { name: 'Callback' }).click();
  const form = window.page.getByRole('form', { name: 'Schedule a callback' });
  const value = (name: string) => form.getByRole('textbox', { name }).inputValue();
  await form.getByRole('textbox', { name: 'Number' }).waitFor();
  await form
    .locator('input:focus')
    .and(form.getByRole('textbox', { name: 'Date' }))
    .waitFor();
  const filled = [await value('Number'), await value("Client's name")];
  expect(filled).toEqual([CUSTOMER.from, ANNA]);
  expect(await form.getByRole('combobox', { name: 'Who calls' }).inputValue()).toBe('Queue: Sales');
  expect(await form.getByRole('combobox', { name: "Customer's time zone" }).inputValue()).not.toBe('');
  for (const clock of [/^Customer: /, /^You: /]) await form.getByText(clock).waitFor();

  await chooseZone(window, nextClockChange('twice').zone);
  await form.getByRole('textbox', { name: 'Date' }).fill(nextClockChange('twice').date);
  await form.getByRole('textbox', { name: 'Time' }).fill('02:30');
  await form
    .getByText('This hour comes twice there: clocks go back that night. The first of the two is meant.')
    .waitFor();
  expect(await window.faults()).toEqual([]);
  await chooseZone(window, nextClockChange('skipped').zone);
  await form.getByRole('textbox', { name: 'Date' }).fill(nextClockChange('skipped').date);
  await form.getByText(/^Customer: .*03:30$/).waitFor();
  await form.getByText(/^There is no such hour there: clocks go forward that night/).waitFor();

  await form.getByRole('textbox', { name: 'Client code' }).fill('K-17');
  await network.cut();
  await window.page.getByText('The connection to the server is lost').waitFor();
  await form.getByRole('button', { name: 'Schedule' }).click();
  await window.page.locator('[aria-live=assertive]').getByText('No connection').waitFor();
  await customer.hangup();
  await phone.untilEnded();
  network.mend();
  await window.page.getByText('The connection to the server is lost').waitFor({ state: 'detached' });
  await window.page.getByText('No calls').waitFor();
  expect(await value('Client code')).toBe('K-17');
  await form.getByRole('button', { name: 'Schedule' }).click();
  await window.page.getByText(/^Callback scheduled: .*03:30. There is no such hour there/).waitFor();
  const { date, zone } = nextClockChange('skipped');
  expect(await callbacksOf(all)).toMatchObject([
    { ...{ number: CUSTOMER.from, name: ANNA, clientCode: 'K-17', queueId: 'sales' }, zone, local: `${date}T02:30` },
  ]);
});

desk("a colleague's callback is taken over, given back, changed, and called at once", async (all) => {
  const { centre } = all;
  await allowPlus(centre);
  const local = new Date(Date.now() + 20 * 3_600_000).toISOString().slice(0, 16);
  const agreed = { number: '+79031112233', name: 'Boris', local, zone: 'Europe/Moscow' };
  await asAgent(centre, '102', (run) => run('callback.schedule', { ...agreed, queueId: 'sales' }));
  const window = await atWork(await all.open(), '101');
  const { page } = window;
  const colleague = await atWork(await all.open(), '102');
  await chooseStatus(colleague, 'Not ready');
  await openTab(colleague, 'Callbacks');
  await openTab(window, 'Callbacks');
  const row = (of: Workplace) => of.page.getByRole('listitem').filter({ hasText: 'Boris' });
  const choose = async (of: Workplace, what: string) => {
    await of.page.getByRole('button', { name: 'Callback Boris: actions' }).click();
    await of.page.getByRole('menuitem', { name: what }).click();
  };
  await row(window).getByText('Queue: Sales').waitFor();
  await choose(window, 'Take over');
  await row(window).getByText('Personal: me').waitFor();
  // Who has made it sees whose it is now, and may have it back; so may whoever it is taken from then.
  await row(colleague).getByText('Personal: Agent 101').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await row(window).getByText('Queue: Sales').waitFor();
  await choose(colleague, 'Take over');
  await row(colleague).getByText('Personal: me').waitFor();
  await row(window).waitFor({ state: 'detached' });
  await colleague.page.getByRole('button', { name: 'Undo' }).click();
  await row(window).getByText('Queue: Sales').waitFor();
  await choose(window, 'Take over');
  await row(window).getByText('Personal: me').waitFor();

  await choose(window, 'Change');
  const form = page.getByRole('form', { name: 'Change the callback' });
  await form.getByRole('textbox', { name: 'Time' }).fill('10:30');
  await form.getByRole('button', { name: 'Save' }).click();
  await page.getByText(/^Callback changed: .*10:30/).waitFor();
  await row(colleague).getByText(/10:30/).first().waitFor();
  await calledNow(all, window, row);
});

/** The agent's phone first, then the customer. */
async function calledNow(
  { centre }: Desk,
  window: Workplace,
  row: (of: Workplace) => ReturnType<Workplace['page']['locator']>,
): Promise<void> {
  await row(window).getByRole('button', { name: 'Call now' }).click();
  const phone = await centre.rung('101', 'the own phone, for the callback');
  await incoming(window, /Boris$/).waitFor();
  await phone.answer();
  const called = await centre.lab.bank.trunk.nextCall();
  expect(called.dialled).toBe('+79031112233');
  await called.answer();
  await line(window, 'Boris', 'Talking').waitFor();
  await called.playTone(CUSTOMER_HZ);
  await phone.playTone(AGENT_HZ);
  await window.until('the agent hears the customer', async () => (await phone.hears(600)).hears(CUSTOMER_HZ));
  await window.until('the customer hears the agent', async () => (await called.hears(600)).hears(AGENT_HZ));
  await called.hangup();
  await row(window).waitFor({ state: 'detached' });
  await window.page.getByText('Past', { exact: true }).click();
  await row(window).getByText('Done').waitFor();
}
