// Two lines and more on the desktop: consult, swap, complete; transfer; conference; two separate calls joined.
import { expect } from '@jest/globals';
import type { IncomingCall } from '../../lab/incoming-call.js';
import type { OutgoingCall } from '../../lab/outgoing-call.js';
import { CUSTOMER, DID } from '../support/centre.js';
import { type Desk, openDesk } from './support/desk.js';
import { focusIsOn, logIn, pressByKey, statusButton } from './support/desktop.js';
import { ask, choice, field, incoming, line, newCall, press } from './support/lines.js';
import type { Workplace } from './support/workplace.js';

const desk = openDesk({ phones: ['101', '102', '103'] });
const { name: ANNA } = CUSTOMER;
const [SPEAKS, ASKED] = [650, 1050];
const CALLED = '89031112233';

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
  await pressByKey(window, /^Connect Anna Petrova with Agent 102/);
  await phone.untilEnded();
  await window.page.getByText('No calls').waitFor();
  await focusIsOn(window, /^Calls$/);
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
  await pressByKey(window, 'Conference of all');
  await focusIsOn(window, /^Anna Petrova, Talking/);
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

/** A customer is on hold, and somebody else was called, on a call of its own. */
async function twoCalls(all: Desk): Promise<Talk & { called: IncomingCall }> {
  const talk = await talking(all);
  await press(talk.window, ANNA, 'Hold');
  await line(talk.window, ANNA, 'On hold').waitFor();
  await newCall(talk.window).fill(CALLED);
  await newCall(talk.window).press('Enter');
  await (await all.centre.rung('101', 'the own phone, for the second call')).answer();
  const called = await all.centre.lab.bank.trunk.nextCall();
  await called.answer();
  await line(talk.window, CALLED, 'Talking').waitFor();
  await line(talk.window, ANNA, 'On hold').waitFor();
  return { ...talk, called };
}

desk('two separate calls are joined: the agent is free, and the two hear each other', async (all) => {
  const { window, customer, called } = await twoCalls(all);
  expect(all.centre.calls()).toHaveLength(2);
  await window.page.getByRole('button', { name: /^Connect .* with .* and leave$/ }).click();
  await window.page.getByText('No calls').waitFor();
  await customer.playTone(SPEAKS);
  await called.playTone(ASKED);
  await window.until('the customer is heard', async () => (await called.hears(600)).hears(SPEAKS));
  await window.until('whoever was called is heard', async () => (await customer.hears(600)).hears(ASKED));
});

desk('two separate calls become one conference, with the agent in it', async (all) => {
  const { window, customer, phone, called } = await twoCalls(all);
  await window.page.getByRole('button', { name: 'Conference of all' }).click();
  const people = window.page.getByRole('list', { name: 'Participants' });
  await people.getByRole('listitem').nth(1).waitFor();
  await customer.playTone(SPEAKS);
  await called.playTone(ASKED);
  await window.until('the customer is heard', async () => (await called.hears(600)).hears(SPEAKS));
  const agents = all.centre.lab.bank.phone('101').calls.find((each) => !each.over) ?? phone;
  const both = async () => (await agents.hears(600)).tones;
  await window.until('the agent hears both', async () => String([...(await both())].sort()) === `${ASKED},${SPEAKS}`);
});

desk('on a consult either call is transferred to a third party', async (all) => {
  const { window, customer, asked } = await consulting(all);
  await ask(window, ANNA, 'Transfer', '103');
  await field(window).press('Enter');
  const third = await all.centre.rung('103', 'the customer is transferred');
  await line(window, ANNA).waitFor({ state: 'detached' });
  await line(window, 'Agent 102', 'Talking').waitFor();
  await third.answer();
  await third.playTone(ASKED);
  await window.until('the customer hears the third', async () => (await customer.hears(600)).hears(ASKED));
  expect(asked.over).toBe(false);
  await customer.hangup();
  await third.untilEnded();
  await ask(window, 'Agent 102', 'Transfer', '103');
  await field(window).press('Enter');
  const again = await all.centre.rung('103', 'the colleague is transferred');
  await window.page.getByText('No calls').waitFor();
  await again.answer();
  await again.playTone(SPEAKS);
  await window.until('the colleague hears the third', async () => (await asked.hears(600)).hears(SPEAKS));
});

desk('of three lines any two are joined, and the agent goes on with the third', async (all) => {
  const { window, customer, asked } = await consulting(all);
  await ask(window, 'Agent 102', 'Consult', '103');
  await field(window).press('Enter');
  const third = await all.centre.rung('103', 'the second consult');
  await third.answer();
  await line(window, 'Agent 103', 'Talking').waitFor();
  await line(window, 'Agent 102', 'On hold').waitFor();
  await window.until('the line that the agent has come to is in sight', async () => {
    const box = await line(window, 'Agent 103').boundingBox();
    return box !== null && box.y + box.height <= 800;
  });
  const keysOf = (name: string, button: string) =>
    line(window, name).getByRole('button', { name: button }).getAttribute('aria-keyshortcuts');
  expect([await keysOf('Agent 102', 'Resume'), await keysOf('Agent 103', 'Hold')]).toEqual([null, 'H']);
  await press(window, 'Agent 103', 'More');
  await window.page.getByRole('menuitem', { name: 'Connect with Anna Petrova' }).click();
  await line(window, 'Agent 103').waitFor({ state: 'detached' });
  await line(window, 'Agent 102', 'Talking').waitFor();
  await third.playTone(ASKED);
  await window.until('the customer hears the third', async () => (await customer.hears(600)).hears(ASKED));
  expect(asked.over).toBe(false);
});
