/** Looks at one screen after another, in one language, one scheme of colours and one width, and keeps what is wrong with them. */
import { en as callbacksEn, ru as callbacksRu } from '../../../web/src/callbacks/words.js';
import { en as callsEn, ru as callsRu } from '../../../web/src/calls/words.js';
import { en as contactsEn, ru as contactsRu } from '../../../web/src/contacts/words.js';
import { en as historyEn, ru as historyRu } from '../../../web/src/history/words.js';
import { en as sessionEn, ru as sessionRu } from '../../../web/src/session/words.js';
import { en as commonEn, ru as commonRu } from '../../../web/src/words/common.js';
import type { Workplace } from './workplace.js';

const WORDS = {
  en: {
    ...{ common: commonEn, session: sessionEn, calls: callsEn },
    ...{ contacts: contactsEn, callbacks: callbacksEn, history: historyEn },
  },
  ru: {
    ...{ common: commonRu, session: sessionRu, calls: callsRu },
    ...{ contacts: contactsRu, callbacks: callbacksRu, history: historyRu },
  },
} as const;

export interface Look {
  readonly language: 'en' | 'ru';
  readonly colours: 'light' | 'dark';
  readonly width: 400 | 1280;
}

export class Viewer {
  readonly faults: string[] = [];

  /** @param folder for pictures; without one none are made */
  constructor(
    readonly window: Workplace,
    readonly look: Look,
    readonly folder: string | undefined,
  ) {}

  get words() {
    return WORDS[this.look.language];
  }

  /** Looks at what is to be seen now. */
  async screen(name: string): Promise<void> {
    const { window, look, folder } = this;
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
    if (folder) await window.photograph(folder, `${name}-${language}-${colours}-${width}`);
  }

  async tab(name: keyof typeof commonEn): Promise<void> {
    await this.window.page.getByRole('tab', { name: this.words.common[name], exact: true }).click();
  }

  /** Presses the first button of this name, looks at the window that opens, and closes it. */
  async dialog(button: string, name: string, typed?: string): Promise<void> {
    const { page } = this.window;
    await page.getByRole('button', { name: button, exact: true }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    if (typed !== undefined) {
      await dialog.getByRole('combobox').fill(typed);
      await dialog.getByRole('option').nth(1).waitFor();
    }
    await this.screen(name);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  }

  /** The same for a menu; an item chosen in it closes it. */
  async menu(button: string, name: string, item?: string): Promise<void> {
    const { page } = this.window;
    await page.getByRole('button', { name: button, exact: true }).first().click();
    const items = page.getByRole('menuitem');
    await items.first().waitFor();
    await this.screen(name);
    if (item === undefined) await page.keyboard.press('Escape');
    else await page.getByRole('menuitem', { name: item }).click();
    await items.first().waitFor({ state: 'detached' });
  }
}
