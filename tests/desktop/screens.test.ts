// Every screen of the desktop in both languages, light and dark, narrow and wide: nothing that axe finds serious, nothing wider than the
// window. RINGMASTER_PICTURES=FOLDER makes pictures of all of them there; without it two of the eight ways to look at them are enough,
// and one at those that are rare or full.
import { expect } from '@jest/globals';
import { DID } from '../support/centre.js';
import { crowd } from './support/crowd.js';
import { type Desk, openDesk, PASSWORD } from './support/desk.js';
import { CLIENT, furnish } from './support/furnished.js';
import { type Cable, cable } from './support/lines.js';
import { rareScreens } from './support/rare-screens.js';
import { type Look, Viewer } from './support/viewer.js';

const FOLDER = process.env.RINGMASTER_PICTURES;
const desk = openDesk({ phones: ['101', '102', '103', '104', '105'], furnish, testMs: 240_000 });

const ALL: readonly Look[] = (['en', 'ru'] as const).flatMap((language) =>
  ([400, 1280] as const).map((width) => ({ language, colours: ['light', 'dark'], width })),
);
const SOME: readonly Look[] = [
  { language: 'ru', colours: ['dark'], width: 400 },
  { language: 'en', colours: ['light'], width: 1280 },
];

type Centre = Desk['centre'];

async function logIn({ window, words: { session } }: Viewer, password = PASSWORD): Promise<void> {
  const { page } = window;
  await page.getByLabel(session.login).fill('agent101');
  await page.getByRole('textbox', { name: session.password }).fill(password);
  await page.getByRole('button', { name: session.logIn }).click();
}

async function comeToWork(viewer: Viewer): Promise<void> {
  const { page } = viewer.window;
  await viewer.screen('login');
  await logIn(viewer, 'not the password');
  await page.getByRole('alert').locator('.mantine-Alert-root').waitFor();
  await viewer.screen('login-refused');
  await logIn(viewer);
  await page.getByRole('tab').first().waitFor();
  await viewer.screen('idle');
}

/** What is opened without a call. */
async function windows(viewer: Viewer, centre: Centre): Promise<void> {
  const { window, words } = viewer;
  const { page } = window;
  const status = page.locator('header button').first();
  await status.click();
  await page.getByRole('menuitem').first().waitFor();
  await viewer.screen('status-menu');
  await page.keyboard.press('Escape');
  await viewer.menu(words.common.settings, 'settings-menu');
  await page.locator('header button[aria-haspopup="dialog"]').click();
  await page.getByRole('dialog').waitFor();
  await viewer.screen('phone-settings');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await viewer.dialog(words.calls.keys, 'shortcuts');
  const field = page.getByRole('combobox', { name: words.calls.newCall });
  await field.fill('10');
  await page.getByRole('option').nth(1).waitFor();
  await viewer.screen('new-call');
  await field.fill('');
  await centre.accepted(centre.centre.agents.forceStatus('admin', 'a101', 'notReady', true));
  await status.click();
  await page.getByRole('menuitem').first().waitFor();
  await viewer.screen('status-blocked');
  await page.keyboard.press('Escape');
  await centre.accepted(centre.centre.agents.forceStatus('admin', 'a101', 'notReady', false));
}

async function tabs(viewer: Viewer): Promise<void> {
  const { window, words } = viewer;
  const { page } = window;
  await viewer.tab('contacts');
  await page.locator('[data-row]').nth(2).click();
  await viewer.screen('contacts');
  await viewer.dialog(words.contacts.add, 'contact-form');
  await viewer.tab('callbacks');
  await viewer.screen('callbacks');
  await viewer.dialog(words.callbacks.newOne, 'callback-form');
  await viewer.tab('queues');
  await viewer.screen('queues');
  await viewer.tab('history');
  await viewer.screen('history');
  await page.getByRole('listitem').getByRole('button', { expanded: false }).last().click();
  await page.getByRole('listitem').getByRole('listitem').first().waitFor();
  await viewer.screen('history-call');
  await page.getByText(words.history.voicemail, { exact: true }).click();
  await viewer.screen('voicemail');
  await viewer.tab('card');
  await viewer.screen('card-empty');
  if (viewer.look.width === 400) await viewer.tab('calls');
}

/** A customer waits, rings, talks. */
async function talk(viewer: Viewer, centre: Centre): Promise<string> {
  const { words } = viewer;
  await centre.accepted(centre.centre.agents.setStatus('a101', 'notReady'));
  await centre.lab.bank.trunk.call(DID, CLIENT);
  await centre.until('the customer waits', () => centre.queueView()?.waiting === 1);
  await tabs(viewer);
  await centre.accepted(centre.centre.agents.setStatus('a101', 'ready'));
  const offered = await centre.rung('101', 'the queue rings');
  await viewer.screen('incoming');
  await offered.answer();
  const { id } = await centre.until('they talk', () => centre.calls().find(({ phase }) => phase === 'talking'));
  await viewer.window.page.getByText(words.calls.state.active, { exact: true }).waitFor();
  await viewer.screen('talking');
  await beside(viewer);
  await viewer.dialog(words.calls.do.transfer, 'transfer', '10');
  await viewer.menu(words.common.settings, 'settings-in-call');
  await viewer.menu(words.calls.do.more, 'more', words.calls.do.callback);
  await viewer.window.page.getByRole('dialog').getByLabel(words.callbacks.number).waitFor();
  await viewer.screen('callback-from-call');
  await viewer.window.page.keyboard.press('Escape');
  await viewer.window.page.getByRole('dialog').waitFor({ state: 'detached' });
  return id;
}

/** The card, in a narrow window with the way back to the call; and keys for somebody's menu. */
async function beside(viewer: Viewer): Promise<void> {
  const { page } = viewer.window;
  const { calls } = viewer.words;
  if (viewer.look.width === 400) {
    await viewer.tab('card');
    await page.getByRole('main').getByText('ООО «Ромашка»').first().waitFor();
    await viewer.screen('card');
    await page.getByRole('button', { name: calls.bar.back }).press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
  }
  await page.getByRole('button', { name: calls.do.keypad, exact: true }).click();
  for (const digit of ['1', '2', '#']) await page.getByRole('button', { name: digit, exact: true }).click();
  await viewer.screen('digits');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

/** A colleague is asked, answers, joins them; a trainer listens. */
async function together(viewer: Viewer, centre: Centre, id: string): Promise<void> {
  const { calls } = centre.centre;
  const { page } = viewer.window;
  await centre.accepted(calls.consult('a101', id, { number: '102' }));
  const asked = await centre.rung('102', 'the consult rings');
  await viewer.screen('asking');
  await asked.answer();
  await centre.until('102 is on the line', () => centre.activity('102') === 'talking');
  await viewer.screen('consulting');
  await centre.accepted(calls.conference('a101', id, null));
  await page.getByRole('list', { name: viewer.words.calls.participants }).waitFor();
  await viewer.screen('conference');
}

/** All ends while the page has no connection. */
async function cutOff(viewer: Viewer, centre: Centre, line: Cable): Promise<void> {
  const { window, words } = viewer;
  window.tolerate(/WebSocket/);
  await line.cut();
  await window.page.getByText(words.common.connectionLost).waitFor();
  await viewer.screen('connection-lost');
  await centre.lab.bank.trunk.hangupAll();
  await centre.lab.bank.reset();
  await centre.untilClean();
  line.mend();
  await window.page.getByText(words.calls.noCalls, { exact: true }).waitFor();
  await viewer.screen('after-call');
}

const title = ({ language, colours, width }: Look) => `${language}, ${colours.join(' and ')}, ${width} pixels wide`;

async function lookAt(look: Look, open: Desk['open']): Promise<Viewer> {
  const { language, colours, width } = look;
  const window = await open('/', { language, width, colours: colours[0] ?? 'light' });
  return new Viewer(window, look, FOLDER);
}

for (const look of FOLDER ? ALL : SOME) {
  desk(`every screen, ${title(look)}`, async ({ centre, open }) => {
    const viewer = await lookAt(look, open);
    const line = await cable(viewer.window);
    await comeToWork(viewer);
    await windows(viewer, centre);
    const id = await talk(viewer, centre);
    await together(viewer, centre, id);
    await cutOff(viewer, centre, line);
    expect(viewer.faults).toEqual([]);
  });
}

for (const look of FOLDER ? ALL : SOME.slice(0, 1)) {
  desk(`what is rare, empty, full or long, ${title(look)}`, async ({ centre, open }) => {
    const viewer = await lookAt(look, open);
    await crowd(centre);
    await rareScreens(viewer, centre);
    expect(viewer.faults).toEqual([]);
  });
}
