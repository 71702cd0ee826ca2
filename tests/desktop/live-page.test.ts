// The live page in a real browser: logging in to look on, what the server tells of, and who comes after at the same computer.
import { expect } from '@jest/globals';
import { openDesk, PASSWORD } from './support/desk.js';
import type { Workplace } from './support/workplace.js';

const desk = openDesk({ phones: ['101', '102'] });
const LIVE = '/live/';

async function logIn({ page }: Workplace, login: string, password = PASSWORD): Promise<void> {
  await page.getByLabel('Login').fill(login);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
}

const agent = ({ page }: Workplace, name: string) => page.locator('#agents li').filter({ hasText: name });

desk('a wrong password is told in words, and the right one opens the page', async ({ open }) => {
  const window = await open(LIVE);
  await logIn(window, 'agent101', 'not the password');
  await window.page.getByRole('alert').filter({ hasText: 'The login or the password is wrong.' }).waitFor();
  await logIn(window, 'agent101');
  await window.page.getByRole('button', { name: 'Log out' }).waitFor();
  expect(await window.faults()).toEqual([]);
});

desk("what an agent's phone and status do is seen at once", async ({ centre, open }) => {
  const window = await open(LIVE);
  await logIn(window, 'agent101');
  await centre.ready('101');
  await agent(window, 'Agent 101').waitFor();
  const customer = await centre.lab.bank.trunk.call('+74951234567', { from: '+79161234567' });
  const offered = await centre.rung('101', 'the queue rings');
  await agent(window, 'Agent 101').getByText('Ringing').waitFor();
  await offered.answer();
  await agent(window, 'Agent 101').getByText('Talking').waitFor();
  await customer.hangup();
  await agent(window, 'Agent 101').getByText('Talking').waitFor({ state: 'detached' });
});

desk('one logs out, and another logs in at the same computer', async ({ open }) => {
  const window = await open(LIVE);
  await logIn(window, 'agent101');
  await window.page.getByRole('button', { name: 'Log out' }).click();
  await logIn(window, 'agent102');
  await window.page.getByRole('button', { name: 'Log out' }).waitFor();
  expect(await window.page.evaluate(() => sessionStorage.length)).toBe(1);
});
