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

export async function openTab({ page }: Workplace, name: string): Promise<void> {
  await page.getByRole('tab', { name, exact: true }).click();
}
