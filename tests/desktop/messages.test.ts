// What is said when nobody is on the line: voicemail heard on the desktop, and prepared messages made and left with it.
import { expect } from '@jest/globals';
import { CUSTOMER, DID, type TestCentre } from '../support/centre.js';
import { Browser } from '../support/recorded.js';
import { type Desk, openDesk } from './support/desk.js';
import { logIn, openTab, statusButton } from './support/desktop.js';
import { incoming, line, newCall, press } from './support/lines.js';
import { openMessages, plays, untilRecorded } from './support/spoken.js';
import type { Workplace } from './support/workplace.js';

const desk = openDesk({ phones: ['101'], furnish: givesVoicemail, testMs: 180_000 });
const { name: ANNA } = CUSTOMER;
const [CALLER_HZ, AGENT_HZ] = [650, 1_250];

/** Whoever calls the number may leave a message for the queue. */
async function givesVoicemail(centre: TestCentre): Promise<void> {
  const supervisor = await Browser.logIn(centre, 'admin', 'administrator');
  const mailbox = { type: 'voicemail', greeting: ['beep'], maxMs: 20_000, to: { queueId: 'sales' }, next: 'end' };
  const steps = { hello: { type: 'answer', next: 'mailbox' }, mailbox, end: { type: 'hangUp' } };
  const asked = [
    await supervisor.json('PUT', '/scenarios/box', { scenario: { name: 'Box', start: 'hello', steps } }),
    await supervisor.json('POST', '/scenarios/box/publish', {}),
    await supervisor.json('PUT', `/scenarios/box/numbers/${encodeURIComponent(DID)}`, {}),
  ];
  expect(asked.map(({ status }) => status)).toEqual([200, 200, 200]);
}

async function atWork({ open }: Desk): Promise<Workplace> {
  const window = await open();
  await logIn(window, '101');
  await statusButton(window, 'Ready').waitFor();
  return window;
}

desk('voicemail comes by itself, is played in place, and is not new any more', async (all) => {
  const { centre } = all;
  const window = await atWork(all);
  const { page } = window;
  await openTab(window, 'History');
  await page.getByText('Voicemail', { exact: true }).click();
  await page.getByText('No voicemail').waitFor();
  const customer = await centre.lab.bank.trunk.call(DID, CUSTOMER);
  await customer.untilAnswered();
  await customer.playTone(CALLER_HZ);
  await untilRecorded(all, window);
  await customer.hears(3_500);
  await customer.hangup();
  const message = page.getByRole('list', { name: 'Voicemail' }).getByRole('listitem');
  await message.getByText('New', { exact: true }).waitFor({ timeout: 40_000 });
  await message.getByText('for Sales').waitFor();
  await message.getByRole('button', { name: 'Listen' }).click();
  await plays(window, `Message from ${ANNA}`, CALLER_HZ);
  await message.getByText('New', { exact: true }).waitFor({ state: 'detached' });
  await message.getByText('1.5×').click();
  const speed = () => page.locator('audio').evaluate((audio) => Reflect.get(audio, 'playbackRate'));
  expect(await speed()).toBe(1.5);
  expect(await window.faults()).toEqual([]);
  const [kept] = await centre.centre.voicemail.list(
    { agentId: 'a101', role: 'agent' },
    { onlyNew: false, since: 0, until: Number.MAX_SAFE_INTEGER, limit: 10 },
  );
  expect(kept).toMatchObject({ heardBy: 'a101', heardAt: expect.any(Number) });
});

desk('a message is prepared by phone, listened to, renamed, left for whoever is called, and removed', async (all) => {
  const { centre } = all;
  const window = await atWork(all);
  const { page } = window;
  await openMessages(window);
  await page.getByText('No prepared messages').waitFor();
  const dialog = page.getByRole('dialog', { name: 'Prepared messages' });
  await dialog.getByRole('button', { name: 'Record' }).click();
  await dialog.getByText('Give a name.').waitFor();
  await dialog.getByRole('textbox', { name: 'Name of a new message' }).fill('Call me');
  await dialog.getByRole('button', { name: 'Record' }).click();
  const phone = await centre.rung('101', 'the own phone, to speak into');
  await phone.answer();
  await phone.playTone(AGENT_HZ);
  await dialog.getByText('being recorded').waitFor();
  await untilRecorded(all, window);
  await phone.hears(3_000);
  await phone.hangup();
  await dialog.getByRole('button', { name: 'Listen' }).click();
  await plays(window, 'Message Call me', AGENT_HZ);
  expect(await window.faults()).toEqual([]);

  await dialog.getByRole('button', { name: 'Message Call me: actions' }).click();
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  await dialog.getByRole('textbox', { name: 'New name' }).fill('Call us back');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('Call us back').waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await leaveIt(all, window);

  await openMessages(window);
  await dialog.getByRole('button', { name: 'Message Call us back: actions' }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await page.getByRole('menuitem', { name: 'Remove for good' }).click();
  await dialog.getByText('No prepared messages').waitFor();
});

/** Whoever was called hears it to its end; the agent is free at once. */
async function leaveIt({ centre }: Desk, window: Workplace): Promise<void> {
  await newCall(window).fill('89031112233');
  await newCall(window).press('Enter');
  await incoming(window, /^Your phone rings/).waitFor();
  const phone = await centre.rung('101', 'the own phone');
  await phone.answer();
  const called = await centre.lab.bank.trunk.nextCall();
  await called.answer();
  await line(window, '89031112233', 'Talking').waitFor();
  const listening = await called.listen();
  await press(window, '89031112233', 'More');
  await window.page.getByRole('menuitem', { name: 'Leave a message' }).click();
  await window.page.getByRole('menuitem', { name: /^Call us back/ }).click();
  await phone.untilEnded();
  await window.page.getByText('No calls').waitFor();
  await called.untilEnded(20_000);
  expect((await listening.stop()).hears(AGENT_HZ)).toBe(true);
}
