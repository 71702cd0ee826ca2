// The settings of the built-in phone: on and off, devices, trying them out, what is kept, and what is said when it cannot be.
import { expect } from '@jest/globals';
import { en } from '../../web/src/phone/words.js';
import { type Desk, openDesk } from './support/desk.js';
import { logIn } from './support/desktop.js';
import type { Workplace } from './support/workplace.js';

const desk = openDesk({ phones: ['101', '102'], webrtc: true });
const BROWSER = [{ id: 'browser', address: 'PJSIP/browser-101', autoAnswer: false }];

async function opened({ centre, open }: Desk, number: '101' | '102'): Promise<Workplace> {
  if (number === '101') await centre.saveAgent('101', { devices: BROWSER });
  const workplace = await open();
  await logIn(workplace, number);
  await workplace.page.getByRole('button', { name: en.settings }).click();
  await workplace.page.getByRole('dialog').waitFor();
  return workplace;
}

desk('the phone is turned on, its microphone tried out, and off again; the choice outlives the page', async (all) => {
  const workplace = await opened(all, '101');
  const { page } = workplace;
  await page.getByRole('switch', { name: en.use }).check();
  await page.getByRole('dialog').getByText(en.state.registered).waitFor();
  await page.getByRole('button', { name: en.listenToLevel }).click();
  const meter = page.getByRole('progressbar', { name: en.level });
  await workplace.until('the microphone is heard', async () => Number(await meter.getAttribute('aria-valuenow')) > 20);
  await page.getByRole('button', { name: en.stopLevel }).click();
  expect(await page.getByLabel(en.microphone, { exact: true }).locator('option').count()).toBeGreaterThan(1);
  await page.getByRole('switch', { name: en.autoAnswer }).check();
  expect(await workplace.faults()).toEqual([]);
  await page.reload();
  await page.getByRole('button', { name: `${en.state.registered}. ${en.settings}` }).click();
  expect(await page.getByRole('switch', { name: en.autoAnswer }).isChecked()).toBe(true);
  await page.getByRole('switch', { name: en.use }).uncheck();
  await page.getByRole('dialog').getByText(en.state.off).waitFor();
});

desk('an agent without a phone in the browser is told whom to ask', async (all) => {
  const { page } = await opened(all, '102');
  await page.getByRole('switch', { name: en.use }).check();
  await page.getByText(en.failure.noDevice).waitFor();
});
