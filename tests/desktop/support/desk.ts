/**
 * What a test of the desktop has: a lab PBX with phones, the service on a port and a database of its own, a browser, and in it a window
 * for each person. A test fails, too, when a page complains on its console; what the windows looked like then is kept as pictures.
 */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { hashPassword } from '../../../src/app/login/password.js';
import { TestCentre, type TestCentreOptions } from '../../support/centre.js';
import { account } from '../../support/configuration.js';
import { type MicrophoneAllowed, startChromium, type TestBrowser } from './chromium.js';
import { Workplace, type WorkplaceOptions } from './workplace.js';

/** Everybody's. */
export const PASSWORD = 'a long password';
const TEST_MS = 90_000;
const START_MS = 120_000;

export interface DeskOptions extends TestCentreOptions {
  readonly microphoneHz?: number;
  readonly microphoneAllowed?: MicrophoneAllowed;
  /** How long one test may take. */
  readonly testMs?: number;
  /** What there is besides, once everything runs. */
  readonly furnish?: (centre: TestCentre) => Promise<void>;
}

export interface Desk {
  readonly centre: TestCentre;
  /** A new window of somebody on a computer of their own, at the address. */
  open(path?: string, options?: WorkplaceOptions): Promise<Workplace>;
}

type Steps = (desk: Desk) => Promise<void>;

/** Opens everything for the tests of a file, and closes it after them. Tests are told by the function it answers. */
export function openDesk(options: DeskOptions = {}): (name: string, steps: Steps) => void {
  let centre: TestCentre;
  let chromium: TestBrowser;
  beforeAll(async () => {
    // Whatever of it has started is stopped in the end, also where the other part has not.
    centre = await TestCentre.start({ ...options, settings: { statusAfterLogin: 'ready', ...options.settings } });
    chromium = await startChromium(options.microphoneHz, options.microphoneAllowed);
    await givePasswords(centre);
    await options.furnish?.(centre);
  }, START_MS);
  afterAll(async () => {
    await chromium?.stop();
    await centre?.stop();
  }, START_MS);
  return (name, steps) => test(name, () => runTest(name, steps, { centre, chromium }), options.testMs ?? TEST_MS);
}

interface Opened {
  readonly centre: TestCentre;
  readonly chromium: TestBrowser;
}

async function runTest(name: string, steps: Steps, { centre, chromium }: Opened): Promise<void> {
  const windows: Workplace[] = [];
  const open = async (path = '/', options?: WorkplaceOptions) => {
    const opened = await Workplace.open(chromium.browser, centre.service.url, options);
    windows.push(opened);
    await opened.page.goto(path);
    return opened;
  };
  try {
    await steps({ centre, open });
    expect(windows.flatMap(({ problems }) => problems)).toEqual([]);
  } catch (error) {
    throw await withPictures(error, name, windows);
  } finally {
    await Promise.all(windows.map((each) => each.close()));
    await centre.reset();
  }
}

/** The same error; its message ends with what the pages complained of, and where the pictures are. */
async function withPictures(error: unknown, name: string, windows: readonly Workplace[]): Promise<unknown> {
  if (!(error instanceof Error)) return error;
  const folder = await mkdtemp(join(tmpdir(), 'ringmaster-pictures-'));
  const title = name.replaceAll(/[^\p{L}\p{N}]+/gu, '-').slice(0, 60);
  const taken = await Promise.all(
    windows.map((each, index) => each.photograph(folder, `${title}-${index + 1}`).catch(() => ['no picture'])),
  );
  const told = [...windows.flatMap(({ problems }) => problems), ...taken.flat()];
  error.message += `\n\nthe pages:\n${told.join('\n')}`;
  return error;
}

async function givePasswords(centre: TestCentre): Promise<void> {
  const hash = await hashPassword(PASSWORD);
  await centre.configure(async (store) => {
    for (const { number } of centre.lab.bank.phones) await store.saveAgent(account(number), hash);
  });
}
