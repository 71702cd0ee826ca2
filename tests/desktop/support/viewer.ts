/** Looks at one screen after another, in one language and one width, in one scheme of colours or both, and keeps what is wrong with them. */
import { en as callbacksEn, ru as callbacksRu } from '../../../web/src/callbacks/words.js';
import { en as callsEn, ru as callsRu } from '../../../web/src/calls/words.js';
import { en as contactsEn, ru as contactsRu } from '../../../web/src/contacts/words.js';
import { en as historyEn, ru as historyRu } from '../../../web/src/history/words.js';
import { en as messagesEn, ru as messagesRu } from '../../../web/src/messages/words.js';
import { en as phoneEn, ru as phoneRu } from '../../../web/src/phone/words.js';
import { en as queuesEn, ru as queuesRu } from '../../../web/src/queues/words.js';
import { en as sessionEn, ru as sessionRu } from '../../../web/src/session/words.js';
import { en as commonEn, ru as commonRu } from '../../../web/src/words/common.js';
import type { Workplace } from './workplace.js';

const WORDS = {
  en: {
    ...{ common: commonEn, session: sessionEn, calls: callsEn },
    ...{ contacts: contactsEn, callbacks: callbacksEn, history: historyEn },
    ...{ messages: messagesEn, phone: phoneEn, queues: queuesEn },
  },
  ru: {
    ...{ common: commonRu, session: sessionRu, calls: callsRu },
    ...{ contacts: contactsRu, callbacks: callbacksRu, history: historyRu },
    ...{ messages: messagesRu, phone: phoneRu, queues: queuesRu },
  },
} as const;

export interface Look {
  readonly language: 'en' | 'ru';
  /** The page follows the system's: it is looked at in each. */
  readonly colours: readonly ('light' | 'dark')[];
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
    for (const coming of ['.mantine-Loader-root', '.mantine-Skeleton-root'])
      await page.locator(coming).first().waitFor({ state: 'detached' });
    // No hint of what was pressed last hides anything.
    await page.mouse.move(1, 1);
    const wider = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    if (wider > 0) this.faults.push(`${name}: ${wider} px wider than the window`);
    const { language, width } = look;
    for (const colours of look.colours) {
      if (look.colours.length > 1) await this.#inColours(colours);
      this.faults.push(...(await window.faults()).map((fault) => `${name}, ${colours}: ${fault}`));
      if (folder) await window.photograph(folder, `${name}-${language}-${colours}-${width}`);
    }
  }

  /** Also what changes its colours by and by has them. */
  async #inColours(colours: 'light' | 'dark'): Promise<void> {
    const { page } = this.window;
    await page.emulateMedia({ colorScheme: colours });
    await page.locator(`html[data-mantine-color-scheme="${colours}"]`).waitFor();
    await page.evaluate(async () => {
      for (let frames = 0; frames < 2; frames += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
      const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
      await Promise.all(ending.map(({ finished }) => finished.catch(() => null)));
    });
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
