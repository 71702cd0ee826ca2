// What a supervisor has put on keys, and the menu of a line: named, done, told, and taken back where one expects it.
import { afterAll, expect } from '@jest/globals';
import type { IncomingCall } from '../../lab/incoming-call.js';
import type { OutgoingCall } from '../../lab/outgoing-call.js';
import { CUSTOMER, DID } from '../support/centre.js';
import { type Desk, openDesk } from './support/desk.js';
import { logIn, statusButton } from './support/desktop.js';
import { incoming, line, newCall, press } from './support/lines.js';
import { MESSAGE_HZ, MOBILE, prepareKeys, startSmsc } from './support/options.js';
import type { Workplace } from './support/workplace.js';

const { smsc, outside } = await startSmsc();
const desk = openDesk({ phones: ['101', '102', MOBILE], outside, furnish: prepareKeys, testMs: 180_000 });
const { name: ANNA, from: NUMBER } = CUSTOMER;
const SPOKEN = '+7 916 123-45-67';
const [SPEAKS_HZ, TRAINER_HZ] = [650, 1_050];
/** SMPP: the address of the recipient is no number. */
const NO_NUMBER = { status: 0x0b };

afterAll(() => smsc.stop());

async function atWork({ open }: Desk, number = '101'): Promise<Workplace> {
  const window = await open();
  await logIn(window, number);
  await statusButton(window, 'Ready').waitFor();
  return window;
}

interface Talk {
  readonly window: Workplace;
  readonly customer: OutgoingCall;
  readonly phone: IncomingCall;
}

/** A customer of the queue talks with the agent at the desk; the mobile phone has rung too. */
async function talking(all: Desk): Promise<Talk> {
  const window = await atWork(all);
  const customer = await all.centre.lab.bank.trunk.call(DID, CUSTOMER);
  const phone = await all.centre.rung('101', 'a call of the queue');
  const mobile = await all.centre.rung(MOBILE, 'and the mobile phone');
  await phone.answer();
  await mobile.untilEnded();
  await line(window, ANNA, 'Talking').waitFor();
  return { window, customer, phone };
}

const said = ({ page }: Workplace, words: string | RegExp) => page.locator('[aria-live=assertive]').getByText(words);
const buttonsOf = (window: Workplace, group: string) => line(window, ANNA).getByRole('group', { name: group });

desk('what is on keys has names, and each is told when it is done', async (all) => {
  const { centre } = all;
  const { window } = await talking(all);
  const options = buttonsOf(window, 'Prepared for you');
  await options.getByRole('button').first().waitFor();
  expect(await options.getByRole('button').allTextContents()).toEqual([
    ...['Scenario: Survey', 'Trainer: Agent 102', 'To group: Very important', 'Text: Business card'],
    ...['Message: Call me back', 'Call back in 30 min: Sales', 'To Agent 102', 'Tag: Order', 'Personal manager'],
    'Block and hang up',
  ]);
  expect(await window.faults()).toEqual([]);
  await press(window, ANNA, 'Tag: Order');
  await line(window, ANNA).getByText('Order', { exact: true }).waitFor();
  await press(window, ANNA, 'To group: Very important');
  await said(window, 'Saved to the group Very important.').waitFor();
  await window.page.getByRole('button', { name: 'Undo' }).click();
  await said(window, 'Taken back: the contact is as it was.').waitFor();
  expect(centre.centre.addressBook.contactOf(NUMBER)).toBeNull();
  await press(window, ANNA, 'To group: Very important');
  await said(window, 'Saved to the group Very important.').waitFor();
  await press(window, ANNA, 'Personal manager');
  await said(window, `You are the personal manager of ${SPOKEN} now.`).waitFor();
  await press(window, ANNA, 'Call back in 30 min: Sales');
  await said(window, `${SPOKEN} will be called back in 30 min.`).waitFor();
  expect(centre.calls()[0]?.tags).toEqual(['Order']);
  const known = await centre.centre.addressBook.contacts.ofNumber(NUMBER);
  expect(known).toMatchObject({ name: ANNA, groupIds: ['g-1'], managerId: 'a101' });
});

desk('a business card is sent by the menu, with the keyboard alone; one that does not arrive is told', async (all) => {
  const { window } = await talking(all);
  const { keyboard } = window.page;
  await line(window, ANNA).getByRole('button', { name: 'More' }).focus();
  await keyboard.press('Enter');
  const text = window.page.getByRole('menuitem', { name: /^Send a short message/ });
  await text.focus();
  await keyboard.press('ArrowRight');
  const card = window.page.getByRole('menuitem', { name: /^Business card/ });
  await card.getByText('My number: {agent.number}').waitFor();
  await card.focus();
  await keyboard.press('Enter');
  await said(window, 'The short message “Business card” is on its way.').waitFor();
  await smsc.until('the text arrives', () => smsc.submitted.length === 1);
  expect(smsc.submitted[0]).toMatchObject({ to: '79161234567', text: 'My number: 101' });
  smsc.next.push(NO_NUMBER);
  await press(window, ANNA, 'Text: Business card');
  await said(window, `The short message to ${SPOKEN} could not be delivered.`).waitFor();
});

desk('a trainer comes by a key: both see who hears whom, and the customer does not hear a whisper', async (all) => {
  const trainer = await atWork(all, '102');
  const { window, customer, phone } = await talking(all);
  const panel = line(window, ANNA);
  await press(window, ANNA, 'Trainer: Agent 102');
  await panel.getByText('Trainer Agent 102 is rung').waitFor();
  await incoming(trainer, /^You are asked to listen as a trainer: Agent 101/).waitFor();
  const coach = await all.centre.rung('102', 'the trainer is called');
  await coach.answer();
  await panel.getByText('Trainer Agent 102 is with you; only you hear them').waitFor();
  const coaching = trainer.page.getByRole('region', { name: 'You are with Agent 101' });
  expect(await coaching.getByRole('radio', { name: 'Whisper' }).isChecked()).toBe(true);
  expect(await trainer.page.getByText('No calls').count()).toBe(0);
  // A snoop whispers into what is sent to the agent: somebody has to speak.
  await customer.playTone(SPEAKS_HZ);
  const heard = await customer.listen([TRAINER_HZ]);
  await coach.playTone(TRAINER_HZ);
  await window.until('the agent hears the trainer', async () => (await phone.hears(600)).hears(TRAINER_HZ));
  expect((await heard.stop()).hears(TRAINER_HZ)).toBe(false);
  await coaching.getByText('Listen').click();
  await panel.getByText('listens; nobody hears them').waitFor();
  await coaching.getByText('Barge in').click();
  await panel.getByText('talks with everybody on the line').waitFor();
  await window.until('all hear the trainer', async () => (await customer.hears(600)).hears(TRAINER_HZ));
  expect([...(await window.faults()), ...(await trainer.faults())]).toEqual([]);
  await press(window, ANNA, 'Let the trainer go');
  await coach.untilEnded();
  await trainer.page.getByText('No calls').waitFor();
  await press(window, ANNA, 'Trainer: Agent 102');
  const called = await all.centre.rung('102', 'the trainer is called again');
  await press(window, ANNA, 'Stop ringing there');
  await called.untilEnded();
  await panel.getByText('Trainer Agent 102').waitFor({ state: 'detached' });
  await press(window, ANNA, 'Trainer: Agent 102');
  await incoming(trainer, /^You are asked/)
    .getByRole('button', { name: 'Reject' })
    .click();
  await panel.getByText('Trainer Agent 102 has declined').waitFor();
});

desk(
  'the call goes to the other phone, and a dialog that is closed leaves the focus where it was opened',
  async (all) => {
    const { window, customer, phone } = await talking(all);
    const move = async () => {
      await press(window, ANNA, 'More');
      await window.page.getByRole('menuitem', { name: 'Move to another phone' }).click();
      await line(window, ANNA).getByText('Your other phones ring.').waitFor();
      return await all.centre.rung(MOBILE, 'the mobile phone');
    };
    const first = await move();
    await press(window, ANNA, 'Stop ringing there');
    await first.untilEnded();
    await line(window, ANNA).getByText('Your other phones ring.').waitFor({ state: 'detached' });
    await press(window, ANNA, 'More');
    await window.page.getByRole('menuitem', { name: 'Add a participant' }).click();
    await window.page.getByRole('dialog').getByRole('combobox').waitFor();
    await window.page.keyboard.press('Escape');
    await line(window, ANNA).locator('[aria-label=More]:focus').waitFor();
    const mobile = await move();
    await mobile.answer();
    await phone.untilEnded();
    await line(window, ANNA, 'Talking').waitFor();
    await mobile.playTone(TRAINER_HZ);
    await window.until('the other phone is heard', async () => (await customer.hears(600)).hears(TRAINER_HZ));
  },
);

desk('a prepared message is left by its key, and the agent is free at once', async (all) => {
  const window = await atWork(all);
  await newCall(window).fill('89031112233');
  await newCall(window).press('Enter');
  const phone = await all.centre.rung('101', 'the own phone');
  await phone.answer();
  const called = await all.centre.lab.bank.trunk.nextCall();
  await called.answer();
  await line(window, '89031112233', 'Talking').waitFor();
  const heard = await called.listen([MESSAGE_HZ]);
  await press(window, '89031112233', 'Message: Call me back');
  await said(window, 'The message “Call me back” is being played; you are free.').waitFor();
  await phone.untilEnded();
  await window.page.getByText('No calls').waitFor();
  expect(all.centre.activity('101')).toBe('idle');
  await called.untilEnded(15_000);
  expect((await heard.stop()).hears(MESSAGE_HZ)).toBe(true);
});

desk(
  'the call goes on in a scenario, or with a colleague, who sees the queue that is not theirs by its name',
  async (all) => {
    const colleague = await atWork(all, '102');
    const { window, customer, phone } = await talking(all);
    await press(window, ANNA, 'To Agent 102');
    await said(window, 'The call has gone to Agent 102.').waitFor();
    await phone.untilEnded();
    await incoming(colleague, /^Transferred to you: Anna Petrova/).waitFor();
    await (await all.centre.rung('102', 'the transfer')).answer();
    await line(colleague, ANNA, 'Talking').getByText('Sales', { exact: true }).waitFor();
    await press(colleague, ANNA, 'Hang up');
    await customer.untilEnded();
    const next = await all.centre.lab.bank.trunk.call(DID, CUSTOMER);
    const again = await all.centre.rung('101', 'the next call');
    await again.answer();
    await press(window, ANNA, 'Scenario: Survey');
    await said(window, 'The call has gone to Survey.').waitFor();
    await again.untilEnded();
    await next.untilEnded(15_000);
    expect(all.centre.events('call.tagged').map(({ tag }) => tag)).toEqual(['Order']);
  },
);

desk('who is blocked by mistake is let through again', async (all) => {
  const { window, customer, phone } = await talking(all);
  const { blacklist } = all.centre.centre.addressBook;
  await press(window, ANNA, 'Block and hang up');
  await said(window, `${SPOKEN} is blocked.`).waitFor();
  expect(blacklist.isBlocked(NUMBER)).toBe(true);
  await window.page.getByRole('button', { name: 'Undo' }).click();
  await said(window, `${SPOKEN} is not blocked any more.`).waitFor();
  expect(blacklist.isBlocked(NUMBER)).toBe(false);
  await Promise.all([customer.untilEnded(), phone.untilEnded()]);
});

desk('an option that is refused, or has nothing left to refer to, tells why in the agent’s language', async (all) => {
  const { window } = await talking(all);
  await buttonsOf(window, 'Prepared for you').getByRole('button').first().waitFor();
  await all.centre.centre.addressBook.contacts.removeGroup('admin', 'g-1');
  await press(window, ANNA, 'To group: Very important');
  await said(window, 'This group is not there any more.').waitFor();
  // Else it would be told in the other language, too.
  await said(window, 'This group is not there any more.').waitFor({ state: 'detached' });
  await window.page.getByRole('button', { name: 'Settings', exact: true }).click();
  await window.page.getByRole('menuitemradio', { name: 'Русский' }).click();
  const panel = window.page.getByRole('region', { name: /^Anna Petrova, / });
  await panel.getByRole('button', { name: 'В группу: Very important' }).click();
  await said(window, 'Этой группы уже нет.').waitFor();
  await window.page.reload();
  const gone = panel.getByRole('button', { name: 'В группу: уже нет' });
  await gone.hover();
  await window.page.getByRole('tooltip').getByText('Того, на что указывает эта клавиша, уже нет.').waitFor();
  expect(await gone.getAttribute('aria-disabled')).toBe('true');
});
