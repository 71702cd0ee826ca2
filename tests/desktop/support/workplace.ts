/** One person's browser window, with what goes wrong in it, how it looks, and what it hears. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Heard } from '../../../lab/tone-analysis.js';
import { hearMicrophone, hearPage, hearPlayer, keepPlayers, keepRemoteTracks } from './page-audio.js';

/** Generous: two cores may be busy with three other test files. */
const WAIT_MS = 20_000;
/** The setting by which the desktop leaves the microphone's sound as it is: a steady tone would be taken for noise. */
const RAW_MICROPHONE = 'ringmaster.rawMicrophone';

export interface WorkplaceOptions {
  readonly language?: 'en' | 'ru';
  readonly colours?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
}

/**
 * Mantine's place for the first focus in a menu is no item, which axe minds; it is empty, and left with the first key. Without it Escape
 * does not close a menu whose first item is disabled.
 */
const FOCUS_PLACE = /presentational children which cannot be ignored because of \[tabindex\]\s*$/;

/** Where in the page a fault is. */
interface Place {
  readonly html: string;
  readonly failureSummary?: string;
}

const isFocusPlace = ({ failureSummary = '' }: Place): boolean => FOCUS_PLACE.test(failureSummary);
const written = ({ html, failureSummary = '' }: Place): string => `${html.slice(0, 200)} (${failureSummary})`;

/** A fault that axe has found. */
interface Fault {
  readonly id: string;
  readonly impact?: string | null;
  readonly help: string;
  readonly nodes: readonly Place[];
}

export class Workplace {
  readonly #context: BrowserContext;
  readonly #problems: string[] = [];
  readonly #tolerated: RegExp[] = [
    // A refusal is an answer like any other; the page shows it.
    /Failed to load resource: the server responded with a status of 4\d\d/,
  ];

  static async open(browser: Browser, url: string, options: WorkplaceOptions = {}): Promise<Workplace> {
    const context = await browser.newContext({
      baseURL: url,
      locale: options.language === 'ru' ? 'ru-RU' : 'en-GB',
      colorScheme: options.colours ?? 'light',
      viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
      permissions: ['microphone', 'notifications'],
      reducedMotion: 'reduce',
    });
    context.setDefaultTimeout(WAIT_MS);
    // The page's own, but not those of what it shows in frames.
    await context.addInitScript((key) => window !== window.top || localStorage.setItem(key, '1'), RAW_MICROPHONE);
    await context.addInitScript(keepRemoteTracks);
    await context.addInitScript(keepPlayers);
    return new Workplace(context, await context.newPage());
  }

  private constructor(
    context: BrowserContext,
    readonly page: Page,
  ) {
    this.#context = context;
    context.on('console', (message) => {
      if (message.type() === 'error') this.#note(message.text());
    });
    context.on('weberror', (fault) => this.#note(String(fault.error().stack ?? fault.error())));
  }

  /** Another tab of the same person on the same computer. */
  newTab(): Promise<Page> {
    return this.#context.newPage();
  }

  /** The page may complain of this: what the test does to it makes it. */
  tolerate(problem: RegExp): void {
    this.#tolerated.push(problem);
  }

  /** What the page itself has complained of. */
  get problems(): readonly string[] {
    return this.#problems.filter((problem) => !this.#tolerated.some((tolerated) => tolerated.test(problem)));
  }

  /** All that the page has complained of in these words, tolerated or not. */
  refusals(words: RegExp): readonly string[] {
    return this.#problems.filter((problem) => words.test(problem));
  }

  /** What comes to the page from other parties. */
  hears(durationMs?: number): Promise<Heard> {
    return hearPage(this.page, durationMs);
  }

  /** What its microphone picks up. */
  microphone(durationMs?: number): Promise<Heard> {
    return hearMicrophone(this.page, durationMs);
  }

  /** What the recording says that is being played in it. */
  player(durationMs?: number): Promise<Heard> {
    return hearPlayer(this.page, durationMs);
  }

  /** Waits until something outside the page, or in it, is so. */
  async until(what: string, look: () => unknown, timeoutMs = WAIT_MS): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      if (await look()) return;
      if (Date.now() > deadline) throw new Error(`did not happen within ${timeoutMs} ms: ${what}`);
      await this.page.waitForTimeout(50);
    }
  }

  /** What axe finds serious or critical in the page as it is now, one line for each. */
  async faults(): Promise<readonly string[]> {
    // Once for each page: it is half a megabyte.
    if (!(await this.page.evaluate(() => 'axe' in window))) await this.page.evaluate(axe.source);
    const found = await this.page.evaluate(async () => {
      const { violations } = await Reflect.get(window, 'axe').run(document, { resultTypes: ['violations'] });
      return violations as Fault[];
    });
    return found
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, help, nodes }) => ({ name: `${id}: ${help}`, places: nodes.filter((node) => !isFocusPlace(node)) }))
      .filter(({ places }) => places.length > 0)
      .map(({ name, places }) => `${name}: ${places.map(written).join(' | ')}`);
  }

  /** A picture of each of its tabs; answers the files. */
  async photograph(folder: string, name: string): Promise<readonly string[]> {
    await mkdir(folder, { recursive: true });
    return Promise.all(
      this.#context.pages().map(async (page, index) => {
        const path = join(folder, `${name}${index === 0 ? '' : `-tab${index + 1}`}.png`);
        await page.screenshot({ path });
        return path;
      }),
    );
  }

  close(): Promise<void> {
    return this.#context.close();
  }

  #note(problem: string): void {
    this.#problems.push(problem);
  }
}
