// Two lines and more on the desktop: consult, swap, complete; transfer; conference.
import { expect } from '@jest/globals';
import type { IncomingCall } from '../../lab/incoming-call.js';
import type { OutgoingCall } from '../../lab/outgoing-call.js';
import { CUSTOMER, DID } from '../support/centre.js';
import { type Desk, openDesk } from './support/desk.js';
import { logIn, statusButton } from './support/desktop.js';
import { ask, choice, field, incoming, line, press } from './support/lines.js';
import type { Workplace } from './support/workplace.js';

const desk = openDesk({ phones: ['101', '102', '103'] });
const { name: ANNA } = CUSTOMER;
const [SPEAKS, ASKED] = [650, 1050];

interface Talk {
  readonly window: Workplace;
  readonly customer: OutgoingCall;
  readonly phone: IncomingCall;
}

async function talking({ centre, open }: Desk): Promise<Talk> {
  const window = await open();
  await logIn(window, '101');
  await statusButton(window, 'Ready').waitFor();
  const customer = await centre.lab.bank.trunk.call(DID, CUSTOMER);
  const phone = await centre.rung('101', 'a call of the queue');
  await phone.answer();
  await line(window, ANNA, 'Talking').waitFor();
  return { window, customer, phone };
}

/** A colleague is asked while the customer waits. */
async function consulting(all: Desk): Promise<Talk & { asked: IncomingCall }> {
  const talk = await talking(all);
  await ask(talk.window, ANNA, 'Consult', '102');
  await field(talk.window).press('Enter');
  await line(talk.window, 'Agent 102', 'Calling').waitFor();
  const asked = await all.centre.rung('102', 'the consult');
  await asked.answer();
  await line(talk.window, 'Agent 102', 'Talking').waitFor();
  await line(talk.window, ANNA, 'On hold').waitFor();
  return { ...talk, asked };
}

desk('a consult: both are seen, swapped, and joined; the agent is free', async (all) => {
  const { window, customer, phone, asked } = await consulting(all);
  expect(await window.faults()).toEqual([]);
  await window.page.getByRole('button', { name: 'Swap: to Anna Petrova' }).click();
  await line(window, ANNA, 'Talking').waitFor();
  await line(window, 'Agent 102', 'On hold').waitFor();
  await window.page.getByRole('button', { name: /^Connect Anna Petrova with Agent 102/ }).click();
  await phone.untilEnded();
  await window.page.getByText('No calls').waitFor();
  await customer.playTone(SPEAKS);
  await asked.playTone(ASKED);
  expect((await asked.hears(1_500)).hears(SPEAKS)).toBe(true);
  expect((await customer.hears(1_500)).hears(ASKED)).toBe(true);
});

desk('the colleague who is asked sees who asks, and hangs up by the button', async (all) => {
  const colleague = await all.open();
  await logIn(colleague, '102');
  await statusButton(colleague, 'Ready').waitFor();
  await all.centre.accepted(all.centre.centre.agents.setStatus('a102', 'notReady'));
  const { window } = await talking(all);
  await ask(window, ANNA, 'Consult', '102');
  await choice(window, /^Agent 102.*not ready/).click();
  await incoming(colleague, /^A colleague asks you: Agent 101/).waitFor();
  await (await all.centre.rung('102', 'the consult')).answer();
  await line(colleague, 'Agent 101', 'Talking').waitFor();
  await press(colleague, 'Agent 101', 'Hang up');
  await line(window, ANNA, 'Talking').waitFor();
  expect(await line(window, 'Agent 102').count()).toBe(0);
});

desk('a transfer to a colleague who is found by name; the agent is free at once', async (all) => {
  const { window, customer, phone } = await talking(all);
  await ask(window, ANNA, 'Transfer', 'agent 102');
  await choice(window, /^Agent 102/).waitFor();
  await field(window).press('Enter');
  const target = await all.centre.rung('102', 'the transfer');
  await phone.untilEnded();
  await window.page.getByText('No calls').waitFor();
  await target.answer();
  await target.playTone(ASKED);
  expect((await customer.hears(1_500)).hears(ASKED)).toBe(true);
});

desk('a transfer that is refused keeps what was typed, and says why', async (all) => {
  const { window, customer } = await talking(all);
  await ask(window, ANNA, 'Transfer', '101');
  await field(window).press('Enter');
  await window.page.locator('[aria-live=assertive]').getByText('The number is not valid.').waitFor();
  expect(await field(window).inputValue()).toBe('101');
  expect(customer.over).toBe(false);
});

desk('a conference: everybody is listed, one is muted and removed, the rest go on', async (all) => {
  const { window, customer, asked } = await consulting(all);
  await window.page.getByRole('button', { name: 'Conference of all' }).click();
  const people = line(window, ANNA, 'Talking').getByRole('list', { name: 'Participants' });
  await people.getByText('Agent 102').waitFor();
  expect(await people.getByRole('listitem').count()).toBe(2);
  await asked.playTone(ASKED);
  expect((await customer.hears(1_500)).hears(ASKED)).toBe(true);
  await people.getByRole('button', { name: 'Mute Agent 102' }).click();
  await people.getByText('muted').waitFor();
  await window.until('the others do not hear the muted one', async () => !(await customer.hears(500)).hears(ASKED));
  expect(await window.faults()).toEqual([]);
  await people.getByRole('button', { name: 'Remove Agent 102' }).click();
  await asked.untilEnded();
  await people.waitFor({ state: 'detached' });
  expect(customer.over).toBe(false);
});

desk('a participant is added, and the line is parked and retrieved', async (all) => {
  const { window, customer, phone } = await talking(all);
  await press(window, ANNA, 'More');
  await window.page.getByRole('menuitem', { name: 'Add a participant' }).click();
  await field(window).fill('103');
  await field(window).press('Enter');
  const invited = await all.centre.rung('103', 'the invitation');
  await line(window, ANNA).getByText('rings').waitFor();
  await invited.hangup();
  await line(window, ANNA).getByText('rings').waitFor({ state: 'detached' });
  await press(window, ANNA, 'More');
  await window.page.getByRole('menuitem', { name: 'Park' }).click();
  await phone.untilEnded();
  const parked = window.page.getByRole('region', { name: 'Parked calls' });
  await parked.getByRole('button', { name: 'Retrieve' }).click();
  await incoming(window, /^Parked call: Anna Petrova/).waitFor();
  await (await all.centre.rung('101', 'the parked call')).answer();
  await line(window, ANNA, 'Talking').waitFor();
  expect(customer.over).toBe(false);
});
