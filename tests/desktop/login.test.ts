// Logging in and out of the desktop, the status menu, and a second agent at the same computer.
import { expect } from '@jest/globals';
import { openDesk } from './support/desk.js';
import { chooseStatus, logIn, logOut, statusButton } from './support/desktop.js';

const desk = openDesk({ phones: ['101', '102'] });

desk('a wrong password is told in words, and what was typed stays', async ({ centre, open }) => {
  const window = await open();
  await logIn(window, '101', 'not the password');
  await window.page.getByRole('alert').getByText('Wrong login or password.').waitFor();
  expect(await window.page.getByLabel('Login').inputValue()).toBe('agent101');
  expect(await window.faults()).toEqual([]);
  expect(centre.status('101')).toBeUndefined();
  await logIn(window, '101');
  await statusButton(window).waitFor();
});

desk('an agent logs in, and the status chosen is the one that the centre has', async ({ centre, open }) => {
  const window = await open();
  await logIn(window, '101');
  await statusButton(window, 'Ready').waitFor();
  await centre.until('the session has begun', () => centre.status('101') === 'ready');
  await chooseStatus(window, 'Not ready');
  await centre.until('the centre knows', () => centre.status('101') === 'notReady');
  const button = statusButton(window, 'Not ready');
  await button.waitFor();
  await window.until('the keyboard is where it was', () => button.evaluate((it) => it === document.activeElement));
  expect(await window.faults()).toEqual([]);
});

desk('what a supervisor sets is seen at once, with who has set it', async ({ centre, open }) => {
  const window = await open();
  await logIn(window, '101');
  await statusButton(window, 'Ready').waitFor();
  await centre.accepted(centre.centre.agents.forceStatus('admin', 'a101', 'notReady', false));
  await statusButton(window, 'Not ready').click();
  await window.page.getByText('Set by the supervisor').waitFor();
});

desk('one agent logs out, and another works at the same computer', async ({ centre, open }) => {
  const window = await open();
  await logIn(window, '101');
  await window.page.getByText('Agent 101').first().waitFor();
  await logOut(window);
  await centre.until('the session has ended', () => centre.status('101') === undefined);
  await logIn(window, '102');
  await window.page.getByText('Agent 102').first().waitFor();
  expect(await window.page.getByText('Agent 101').count()).toBe(0);
  await centre.until('the other session has begun', () => centre.status('102') === 'ready');
});

desk('the page is loaded again, and the session goes on', async ({ centre, open }) => {
  const window = await open();
  await logIn(window, '101');
  await statusButton(window, 'Ready').waitFor();
  await window.page.reload();
  await statusButton(window, 'Ready').waitFor();
  expect(centre.status('101')).toBe('ready');
});
