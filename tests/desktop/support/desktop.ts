/** The desktop as its users name its parts, in English. */
import { PASSWORD } from './desk.js';
import type { Workplace } from './workplace.js';

export async function logIn({ page }: Workplace, number: string, password = PASSWORD): Promise<void> {
  await page.getByLabel('Login').fill(`agent${number}`);
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
}

/** The button that shows the status and opens the menu of those that may be chosen. */
export function statusButton({ page }: Workplace, status = '') {
  return page.getByRole('button', { name: new RegExp(`^Status: ${status}`) });
}

export async function chooseStatus(window: Workplace, name: string): Promise<void> {
  await statusButton(window).click();
  await window.page.getByRole('menuitem', { name }).click();
}

export async function logOut({ page }: Workplace): Promise<void> {
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await page.getByRole('menuitem', { name: /^Log out/ }).click();
}

/** By the keyboard: what has the focus then is not asked. */
export async function pressByKey({ page }: Workplace, button: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: button }).focus();
  await page.keyboard.press('Enter');
}

/** The focus is in this part of the page, or on what has this name. */
export async function focusIsOn(window: Workplace, name: RegExp): Promise<void> {
  const label = () =>
    window.page.evaluate(() => {
      const { activeElement: active } = document;
      return active === document.body ? '' : (active?.getAttribute('aria-label') ?? active?.textContent ?? '');
    });
  await window.until(`the focus is on ${name}`, async () => name.test(await label()));
}

export async function openTab({ page }: Workplace, name: string): Promise<void> {
  await page.getByRole('tab', { name, exact: true }).click();
}
