// Every screen of the desktop in both languages, light and dark, narrow and wide: nothing that axe finds serious, nothing wider than the
// window. RINGMASTER_PICTURES=FOLDER makes pictures of all of them there; without it two of the eight ways to look at them are enough.
import { expect } from '@jest/globals';
import { en as sessionEn, ru as sessionRu } from '../../web/src/session/words.js';
import { en as commonEn, ru as commonRu } from '../../web/src/words/common.js';
import { DID, type TestCentre } from '../support/centre.js';
import { openDesk, PASSWORD } from './support/desk.js';
import { CLIENT, furnish } from './support/furnished.js';
import type { Workplace } from './support/workplace.js';

const common = { en: commonEn, ru: commonRu };
const session = { en: sessionEn, ru: sessionRu };
const FOLDER = process.env.RINGMASTER_PICTURES;
const desk = openDesk({ phones: ['101', '102', '103', '104'], furnish });

interface Look {
  readonly language: 'en' | 'ru';
  readonly colours: 'light' | 'dark';
  readonly width: 400 | 1280;
}

const ALL: readonly Look[] = (['en', 'ru'] as const).flatMap((language) =>
  (['light', 'dark'] as const).flatMap((colours) =>
    ([400, 1280] as const).map((width) => ({ language, colours, width })),
  ),
);
const SOME = ALL.filter(
  ({ language, colours, width }) =>
    (language === 'ru' && colours === 'dark' && width === 400) ||
    (language === 'en' && colours === 'light' && width === 1280),
);

/** Looks at one screen after another, and keeps what is wrong with them. */
class Viewer {
  readonly faults: string[] = [];

  constructor(
    readonly window: Workplace,
    readonly look: Look,
  ) {}

  async screen(name: string): Promise<void> {
    const { window, look } = this;
    const { page } = window;
    // What is read from the service has come, unless it takes longer than anybody would wait.
    await page.waitForLoadState('networkidle', { timeout: 5_000 }).catch(() => undefined);
    await page.locator('.mantine-Loader-root').first().waitFor({ state: 'detached' });
    const wider = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    if (wider > 0) this.faults.push(`${name}: ${wider} px wider than the window`);
    this.faults.push(...(await window.faults()).map((fault) => `${name}: ${fault}`));
    const { language, colours, width } = look;
    if (FOLDER) await window.photograph(FOLDER, `${name}-${language}-${colours}-${width}`);
  }

  async tab(name: keyof typeof commonEn): Promise<void> {
    await this.window.page.getByRole('tab', { name: common[this.look.language][name], exact: true }).click();
  }
}

async function logIn({ window, look }: Viewer): Promise<void> {
  const words = session[look.language];
  const { page } = window;
  await page.getByLabel(words.login).fill('agent101');
  await page.getByRole('textbox', { name: words.password }).fill(PASSWORD);
  await page.getByRole('button', { name: words.logIn }).click();
  await page.getByRole('tab').first().waitFor();
}

async function menus(viewer: Viewer): Promise<void> {
  const { page } = viewer.window;
  await page.locator('header button').first().click();
  await page.getByRole('menuitem').first().waitFor();
  await viewer.screen('status-menu');
  await page.keyboard.press('Escape');
  await page.getByRole('menuitem').first().waitFor({ state: 'detached' });
  await page.getByRole('button', { name: common[viewer.look.language].settings, exact: true }).click();
  await page.getByRole('menuitem').first().waitFor();
  await viewer.screen('settings-menu');
  await page.keyboard.press('Escape');
  await page.getByRole('menuitem').first().waitFor({ state: 'detached' });
}

async function phoneSettings(viewer: Viewer): Promise<void> {
  const { page } = viewer.window;
  await page.locator('header button[aria-haspopup="dialog"]').click();
  await page.getByRole('dialog').waitFor();
  await viewer.screen('phone-settings');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

async function tabs(viewer: Viewer): Promise<void> {
  for (const name of ['contacts', 'callbacks', 'queues', 'history', 'card'] as const) {
    await viewer.tab(name);
    await viewer.screen(name);
  }
  if (viewer.look.width === 400) await viewer.tab('calls');
}

/** A customer waits, rings, talks; a colleague is asked and answers. */
async function call(viewer: Viewer, centre: TestCentre): Promise<void> {
  await centre.accepted(centre.centre.agents.setStatus('a101', 'notReady'));
  const customer = await centre.lab.bank.trunk.call(DID, CLIENT);
  await centre.until('the customer waits', () => centre.queueView()?.waiting === 1);
  await tabs(viewer);
  await centre.accepted(centre.centre.agents.setStatus('a101', 'ready'));
  const offered = await centre.rung('101', 'the queue rings');
  await viewer.screen('incoming');
  await offered.answer();
  const { id } = await centre.until('they talk', () => centre.calls().find(({ phase }) => phase === 'talking'));
  await viewer.screen('talking');
  await centre.accepted(centre.centre.calls.consult('a101', id, { number: '102' }));
  const asked = await centre.rung('102', 'the consult rings');
  await viewer.screen('asking');
  await asked.answer();
  await centre.until('102 is on the line', () => centre.activity('102') === 'talking');
  await viewer.screen('consulting');
  // In this order: a recording that begins as the call ends is known to be none only some seconds later.
  await customer.hangup();
  const isCustomers = () => centre.calls().some(({ legs }) => legs.some(({ role }) => role === 'caller'));
  await centre.until('the customer has gone', () => !isCustomers());
  await asked.hangup();
}

for (const look of FOLDER ? ALL : SOME) {
  desk(`every screen, ${look.language}, ${look.colours}, ${look.width} pixels wide`, async ({ centre, open }) => {
    const viewer = new Viewer(await open('/', look), look);
    await viewer.screen('login');
    await logIn(viewer);
    await viewer.screen('idle');
    await menus(viewer);
    await phoneSettings(viewer);
    await call(viewer, centre);
    expect(viewer.faults).toEqual([]);
  });
}
