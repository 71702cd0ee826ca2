// Logging in and out of the desktop, the status menu, several tabs, a second agent at the same computer, and an upgrade under an open page.
import { expect } from '@jest/globals';
import { openDesk, PASSWORD } from './support/desk.js';
import { chooseStatus, logIn, logOut, openTab, statusButton } from './support/desktop.js';
import { cable, newCall } from './support/lines.js';
import type { Workplace } from './support/workplace.js';

const desk = openDesk({ phones: ['101', '102'] });
/** Of a new tab before it has an address. */
const NO_STORAGE = /Access is denied for this document/;

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

desk('all tabs are one agent: out of one is out of all, and the next one is in all', async ({ centre, open }) => {
  const window = await open();
  window.tolerate(NO_STORAGE);
  await logIn(window, '101');
  await statusButton(window, 'Ready').waitFor();
  const second = await window.newTab();
  await second.goto('/');
  await second.getByText('Agent 101').first().waitFor();
  await logOut(window);
  await second.getByText('You have logged out in another tab.').waitFor();
  await centre.until('the session has ended', () => centre.status('101') === undefined);
  await logIn(window, '102');
  await second.getByText('Agent 102').first().waitFor();
  await centre.until('the other session has begun', () => centre.status('102') === 'ready');
});

desk('nobody logs in over somebody who works in another tab', async ({ centre, open }) => {
  const first = await open();
  first.tolerate(NO_STORAGE);
  const second = await first.newTab();
  // As if the browser had put it by: it hears nothing of the first.
  await second.addInitScript(() => window.addEventListener('storage', (event) => event.stopImmediatePropagation()));
  await second.goto('/');
  await second.getByLabel('Login').fill('agent102');
  await second.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
  await logIn(first, '101');
  await statusButton(first, 'Ready').waitFor();
  await second.getByRole('button', { name: 'Log in' }).click();
  await second.getByText('agent101 works in this browser already, in another tab: log out first.').waitFor();
  await second.getByText('Agent 101').first().waitFor();
  expect([centre.status('101'), centre.status('102')]).toEqual(['ready', undefined]);
});

/** From now on the service has another build, in which these parts have other names. */
async function upgraded(window: Workplace, parts: RegExp): Promise<void> {
  window.tolerate(/dynamically imported module|WebSocket/);
  await window.page.route(parts, (route) => route.fulfill({ status: 404 }));
  await window.page.route(
    ({ pathname }) => pathname === '/',
    (route) => {
      if (route.request().resourceType() !== 'fetch') return route.continue();
      return route.fulfill({
        contentType: 'text/html',
        body: '<script type="module" src="./assets/next.js"></script>',
      });
    },
  );
}

desk(
  'a page from before an upgrade loads itself again, but not over what was typed, and never twice',
  async ({ open }) => {
    const window = await open();
    const { page } = window;
    const wire = await cable(window);
    await logIn(window, '101');
    await statusButton(window, 'Ready').waitFor();
    await upgraded(window, /assets\/(callbacks|queues|history)-tab/);
    const isTheSame = () => page.evaluate(() => document.body.hasAttribute('data-same'));
    const mark = () => page.evaluate(() => document.body.setAttribute('data-same', ''));
    const told = page.getByText('There is a new version of this page.');

    await mark();
    await newCall(window).fill('7916');
    await openTab(window, 'Callbacks');
    await told.waitFor();
    await page.getByRole('alert').getByText('A part of this page could not be loaded').waitFor();
    expect(await window.faults()).toEqual([]);
    expect([await isTheSame(), await newCall(window).inputValue()]).toEqual([true, '7916']);

    await page.getByRole('button', { name: 'Later' }).click();
    await newCall(window).fill('');
    await openTab(window, 'Queues');
    await window.until('it has loaded itself again', async () => !(await isTheSame().catch(() => true)));
    await statusButton(window, 'Ready').waitFor();

    await mark();
    await openTab(window, 'History');
    await told.waitFor();
    await page.getByRole('button', { name: 'Later' }).click();
    await wire.cut();
    await page.getByText('The connection to the server is lost').waitFor();
    wire.mend();
    await told.waitFor();
    expect(await isTheSame()).toBe(true);

    await page.unrouteAll();
    await page.getByRole('button', { name: 'Load the page again' }).last().click();
    await statusButton(window, 'Ready').waitFor();
    await openTab(window, 'Queues');
    await page.getByRole('region', { name: 'Sales' }).waitFor();
  },
);
