// The settings of the built-in phone: on and off, devices, trying them out, what is kept, and what is said when it cannot be.
import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { en } from '../../web/src/phone/words.js';
import { CUSTOMER, DID } from '../support/centre.js';
import { type Desk, openDesk } from './support/desk.js';
import { logIn } from './support/desktop.js';
import { hearRing } from './support/page-audio.js';
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

/** Two tones of the ring, and the silence between them. */
const A_PERIOD_MS = 4_500;

/** Whether the page plays anything, be it the silence between two tones. */
function plays(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const players: HTMLAudioElement[] = Reflect.get(window, 'playersForTests');
    return players.some(({ paused, srcObject }) => !paused && srcObject !== null);
  });
}

desk('with a desk phone the page is silent, and rings along where that is wanted, in one tab alone', async (all) => {
  const { centre } = all;
  await centre.queue({ ringMs: 60_000 });
  const workplace = await opened(all, '102');
  const { page } = workplace;
  const second = await workplace.newTab();
  // What the harness sets in every page is refused by an empty one.
  workplace.tolerate(/Access is denied for this document/);
  await second.goto('/');
  await second.getByRole('button', { name: /^Status: Ready/ }).waitFor();
  const customer = await centre.lab.bank.trunk.call(DID, CUSTOMER);
  const phone = await centre.rung('102', 'the desk phone rings');
  await second.getByRole('region', { name: /^Call from the queue/ }).waitFor();
  expect([await plays(page), await plays(second)]).toEqual([false, false]);
  await page.getByRole('switch', { name: en.ringHere }).check();
  // Either of the tabs: whichever was quicker.
  const ringing = async () => {
    const playing = [await plays(page), await plays(second)];
    return playing.filter(Boolean).length === 1 ? (playing[0] === true ? page : second) : null;
  };
  await workplace.until('one tab rings', ringing);
  const one = await ringing();
  if (one === null) throw new Error('both tabs ring, or none');
  expect((await hearRing(one, A_PERIOD_MS)).silent).toBe(false);
  expect(await ringing()).toBe(one);
  // The tab that rang lets go, and the other goes on.
  const other = one === page ? second : page;
  await one.reload();
  await workplace.until('the other tab rings', () => plays(other));
  await one.getByRole('region', { name: /^Call from the queue/ }).waitFor();
  expect(await ringing()).toBe(other);
  await phone.answer();
  await other.getByRole('region', { name: /Talking$/ }).waitFor();
  await workplace.until('nothing rings any more', async () => !(await plays(second)) && !(await plays(page)));
  await customer.hangup();
});
