// The desktop's tabs beside the calls: contacts, callbacks, history with recordings, queues, the caller's card.
import { expect } from '@jest/globals';
import { INTEGRATION_DEFAULTS } from '../../src/app/integrations/settings.js';
import { CUSTOMER, DID, type TestCentre } from '../support/centre.js';
import { WebServer } from '../support/web-server.js';
import { nextClockChange } from './support/clock-change.js';
import { type Desk, openDesk } from './support/desk.js';
import { focusIsOn, logIn, openTab, pressByKey, statusButton } from './support/desktop.js';
import type { Workplace } from './support/workplace.js';

const desk = openDesk({ phones: ['101'] });

const CUSTOMER_HZ = 650;
const AGENT_HZ = 1_250;

/** An agent who may dial and call back numbers with a plus; with the role given. */
async function workplace({ centre, open }: Desk, role: 'agent' | 'supervisor' = 'agent'): Promise<Workplace> {
  await centre.saveAgent('101', { role, allow: ['X.', '+X.'] });
  await centre.configure(async (store) => {
    const [rule] = (await store.load()).outgoingRules;
    if (rule !== undefined) await store.saveOutgoingRule({ ...rule, id: 'plus', position: 2, pattern: '+X.' });
  });
  const window = await open();
  await logIn(window, '101');
  await statusButton(window, 'Ready').waitFor();
  return window;
}

/** A customer calls the queue, and speaks with the agent; both by tone. */
async function conversation(centre: TestCentre) {
  const customer = await centre.lab.bank.trunk.call(DID, CUSTOMER);
  const agent = await centre.rung('101', 'the queue rings');
  await agent.answer();
  await centre.until('they talk', () => centre.calls().find(({ phase }) => phase === 'talking'));
  await customer.untilAnswered();
  await customer.playTone(CUSTOMER_HZ);
  await agent.playTone(AGENT_HZ);
  return { customer, agent };
}

desk('a contact is added, found as one types, called, removed and restored', async ({ centre, open }) => {
  const window = await workplace({ centre, open }, 'supervisor');
  const { page } = window;
  await openTab(window, 'Contacts');
  await page.getByText('The address book is empty').waitFor();
  await page.getByRole('button', { name: 'Add contact' }).click();
  const form = page.getByRole('form', { name: 'Add contact' });
  await form.getByRole('textbox', { name: 'Name', exact: true }).fill('Пётр Ёжиков');
  await form.getByRole('textbox', { name: 'Number 1', exact: true }).fill('8 (916) 555-01-02');
  expect(await window.faults()).toEqual([]);
  await form.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Added: Пётр Ёжиков').waitFor();

  await page.getByRole('searchbox').fill('nobody');
  await page.getByText('Nobody found for “nobody”').waitFor();
  await page.getByRole('searchbox').fill('ежик');
  await page.getByRole('button', { name: 'Пётр Ёжиков +7 916 555-01-02', exact: true }).waitFor();
  // By keyboard: down to the contact found, and open it.
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  expect(await window.faults()).toEqual([]);
  await page.getByRole('button', { name: 'Call Пётр Ёжиков', exact: true }).click();
  const own = await centre.rung('101', "the agent's own phone rings first");
  await own.answer();
  const called = await centre.lab.bank.trunk.nextCall();
  expect(called.dialled).toBe('+79165550102');
  await called.answer();
  await centre.until('they talk', () => centre.calls().some(({ phase }) => phase === 'talking'));
  await called.hangup();
  await centre.untilClean();

  await pressByKey(window, 'Callback');
  await page
    .locator('input:focus')
    .and(page.getByRole('textbox', { name: 'Date' }))
    .waitFor();
  await page.keyboard.press('Escape');
  await focusIsOn(window, /^Callback$/);
  await pressByKey(window, 'Remove: Пётр Ёжиков');
  await page.getByText('Nobody found for “ежик”').waitFor();
  await focusIsOn(window, /^Contacts$/);
  await pressByKey(window, 'Undo');
  await focusIsOn(window, /^Contacts$/);
  await page.getByRole('button', { name: 'Remove: Пётр Ёжиков' }).click();
  await page.getByRole('button', { name: 'Recently removed' }).click();
  await page.getByRole('button', { name: 'Restore' }).click();
  await page.getByText('No contact was removed in the last 30 days').waitFor();
  await page.getByRole('button', { name: 'Back to the contacts' }).click();
  await page.getByRole('button', { name: 'Пётр Ёжиков +7 916 555-01-02', exact: true }).waitFor();
});

desk('a number that another contact has is told beside it, with whose it is', async ({ centre, open }) => {
  const window = await workplace({ centre, open });
  const { page } = window;
  await centre.centre.addressBook.contacts.add('a101', {
    ...{ name: 'Olga', company: '', email: '', note: '', clientCode: '', custom: {}, groupIds: [], managerId: null },
    numbers: [{ number: '+74957654321', label: '' }],
  });
  await openTab(window, 'Contacts');
  await page.getByRole('button', { name: 'Add contact' }).click();
  const form = page.getByRole('form', { name: 'Add contact' });
  await form.getByRole('textbox', { name: 'Number 1', exact: true }).fill('8 495 765 43 21');
  await form.getByRole('button', { name: 'Save' }).click();
  await form.getByText('This number belongs to Olga.').waitFor();
  await focusIsOn(window, /^Number 1$/);
  await form.getByRole('button', { name: 'Open Olga' }).click();
  const other = page.getByRole('form', { name: 'Change contact' });
  expect(await other.getByRole('textbox', { name: 'Name', exact: true }).inputValue()).toBe('Olga');
});

desk('a callback is scheduled, changed, cancelled and brought back', async ({ centre, open }) => {
  const window = await workplace({ centre, open });
  const { page } = window;
  await openTab(window, 'Callbacks');
  await page.getByRole('button', { name: 'Schedule a callback' }).first().click();
  const form = page.getByRole('form', { name: 'Schedule a callback' });
  await form.getByRole('textbox', { name: 'Number' }).fill('+7 916 123-45-67');
  await form.getByRole('textbox', { name: "Client's name" }).fill('Anna');
  await form.getByRole('textbox', { name: 'Date' }).fill('2020-01-01');
  await form.getByRole('button', { name: 'Schedule' }).click();
  await form.getByText('This time has passed.').waitFor();
  await form.locator('input:focus[aria-invalid=true]').waitFor();
  // Clocks go forward in that night: half past two does not exist.
  const { zone, date, time } = nextClockChange('skipped');
  await form.getByRole('combobox', { name: "Customer's time zone" }).fill(zone);
  await page.getByRole('option', { name: zone }).click();
  await form.getByRole('textbox', { name: 'Date' }).fill(date);
  await form.getByRole('textbox', { name: 'Time' }).fill(time);
  await form.getByText(/^Customer: .*, 03:30$/).waitFor();
  await form.getByText(/There is no such hour there/).waitFor();
  expect(await window.faults()).toEqual([]);
  await form.getByRole('button', { name: 'Schedule' }).click();
  const row = page.getByRole('list', { name: 'Callbacks' }).getByRole('listitem');
  await row.getByText('Anna · +7 916 123-45-67').waitFor();

  await page.getByRole('button', { name: 'Callback Anna: actions' }).click();
  await page.getByRole('menuitem', { name: 'Change' }).click();
  const change = page.getByRole('form', { name: 'Change the callback' });
  await change.getByRole('textbox', { name: "Client's name" }).fill('Boris');
  await change.getByRole('textbox', { name: 'Time' }).fill('10:00');
  await change.getByRole('button', { name: 'Save' }).click();
  await row.getByText('Boris · +7 916 123-45-67').waitFor();
  const viewer = { agentId: 'a101', role: 'agent' } as const;
  const all = { state: null, queueId: null, number: null, since: 0, until: Number.MAX_SAFE_INTEGER, limit: 10 };
  const found = await centre.centre.callbacks.list(viewer, all);
  expect(found).toMatchObject([{ name: 'Boris', local: `${date}T10:00`, zone, state: 'scheduled' }]);

  await page.getByRole('button', { name: 'Callback Boris: actions' }).click();
  await page.getByRole('menuitem', { name: 'Cancel the callback' }).click();
  await page.getByText('No callbacks ahead').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await row.getByText('Boris · +7 916 123-45-67').waitFor();
  await page.getByText('Past', { exact: true }).click();
  await row.getByText('Cancelled').waitFor();
});

desk('a call just ended is in the history, and its recording is played in place', async ({ centre, open }) => {
  await centre.queue({ record: true });
  const window = await workplace({ centre, open });
  const { page } = window;
  await openTab(window, 'History');
  await page.getByRole('button', { name: 'Filters' }).waitFor();
  const { customer, agent } = await conversation(centre);
  expect((await agent.hears(2_500)).tones).toEqual([CUSTOMER_HZ]);
  await customer.hangup();
  await centre.untilClean();

  const call = page.getByRole('list', { name: 'Calls' }).getByRole('listitem');
  await call
    .getByRole('button', { name: /Anna Petrova/ })
    .first()
    .click();
  await call.getByRole('list', { name: 'What happened' }).getByText('Answers').waitFor();
  await call.getByRole('button', { name: 'Play' }).click();
  const at = () =>
    page.locator('audio').evaluate((audio) => (audio instanceof HTMLAudioElement ? audio.currentTime : 0));
  await window.until('the recording is played on', async () => (await at()) > 0.2);
  const heard = await window.player(600);
  expect([...heard.tones].sort()).toEqual([AGENT_HZ, CUSTOMER_HZ].sort());
  await call.getByText('2×').click();
  const slider = call.getByRole('slider', { name: 'Position' });
  await slider.focus();
  await page.keyboard.press('ArrowLeft');
  await window.until('it was moved back', async () => (await at()) < 1);
  expect(await window.faults()).toEqual([]);
});

desk("the queue's tab counts, and one's own day with it", async ({ centre, open }) => {
  const window = await workplace({ centre, open });
  const { page } = window;
  await openTab(window, 'Queues');
  const figure = (panel: string, name: string) =>
    page
      .getByRole('region', { name: panel })
      .locator('div', { has: page.getByText(name, { exact: true }) })
      .locator('dd')
      .last();
  const shows = (panel: string, name: string, value: RegExp) =>
    window.until(`${name} of ${panel} is ${value}`, async () =>
      value.test((await figure(panel, name).textContent()) ?? ''),
    );
  await shows('Sales', 'Agents', /^1\/1$/);
  await centre.accepted(centre.centre.agents.setStatus('a101', 'notReady'));
  const answeredBefore = centre.queueView()?.today.answered ?? 0;
  const customer = await centre.lab.bank.trunk.call(DID, CUSTOMER);
  await shows('Sales', 'Waiting', /^1$/);
  await shows('Sales', 'Longest wait', /^0:0[1-9]/);
  await centre.accepted(centre.centre.agents.setStatus('a101', 'ready'));
  const agent = await centre.rung('101', 'the queue rings');
  await agent.answer();
  await shows('Sales', 'Talking', /^1$/);
  await shows('Sales', 'Waiting', /^0$/);
  expect(await window.faults()).toEqual([]);
  await customer.hangup();
  await centre.untilClean();
  await page.getByText(`answered ${answeredBefore + 1}`).waitFor();
  await shows('My day', 'Calls answered', /^[1-9]$/);
});

desk("the caller's card has the contact, the CRM's answer and its page", async ({ centre, open }) => {
  const web = await WebServer.start();
  try {
    web.usual = (response, { url }) =>
      response.end(url.startsWith('/api') ? '{"company":"Acme"}' : '<!doctype html><p>The page of the CRM</p>');
    const lookup = { url: `${web.url}/api?phone={caller.number}`, timeoutMs: 3_000, cacheMs: 0 };
    const crmLookup = { ...lookup, fields: [{ name: 'Debtor', path: 'company' }] };
    const by = { by: 'admin', at: Date.now() };
    await centre.centre.outside.settings.save(
      { ...INTEGRATION_DEFAULTS, crmUrl: `${web.url}/page?phone={caller.number}`, crmLookup },
      by,
    );
    await centre.centre.addressBook.contacts.note('a101', CUSTOMER.from, { name: 'Anna of the address book' });
    const window = await workplace({ centre, open });
    const { page } = window;
    await openTab(window, 'Card');
    await page.getByText('No call', { exact: true }).waitFor();
    const { customer } = await conversation(centre);
    await page.getByRole('heading', { name: 'Anna of the address book' }).waitFor();
    await page.getByText('Acme').waitFor();
    await page.frameLocator('iframe').getByText('The page of the CRM').waitFor();
    await customer.hangup();
    await page.getByText('The call has ended').waitFor();
    await page.frameLocator('iframe').getByText('The page of the CRM').waitFor();
    await page.getByRole('button', { name: 'Put the card away' }).click();
    await page.getByText('No call', { exact: true }).waitFor();
  } finally {
    await web.stop();
  }
});
