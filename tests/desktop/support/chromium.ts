/** A real Chromium for one test file: nobody's profile, a microphone into which a tone is spoken, nothing asked of the user. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';
import { projectRoot } from '../../../lab/install.js';
import { sine, wavFile } from '../../../lab/tone.js';

const run = promisify(execFile);

/** What every microphone of the browser picks up, unless a test says otherwise. */
export const MICROPHONE_HZ = 850;

const TONE_MS = 10_000;
/** What a browser's microphone delivers by itself: nothing is converted on the way. */
const SAMPLE_RATE = 48_000;
const INSTALL_LIMIT_MS = 300_000;

const FLAGS = [
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update',
  '--disable-sync --autoplay-policy=no-user-gesture-required --use-fake-device-for-media-stream',
].flatMap((line) => line.split(' '));

/** always: whatever a page may; bySite: as the test says for each window, which may use it at first. */
export type MicrophoneAllowed = 'always' | 'bySite';

const FAKE_DIALOG = { always: ['--use-fake-ui-for-media-stream'], bySite: [] } as const;

export interface TestBrowser {
  readonly browser: Browser;
  stop(): Promise<void>;
}

async function program(): Promise<string> {
  const { stdout } = await run(join(projectRoot, 'scripts/browser'), ['find'], { timeout: INSTALL_LIMIT_MS });
  return stdout.trim();
}

/** Starts it. The tone is all that its microphones hear, without end. */
export async function startChromium(
  microphoneHz = MICROPHONE_HZ,
  allowed: MicrophoneAllowed = 'always',
): Promise<TestBrowser> {
  const folder = await mkdtemp(join(tmpdir(), 'ringmaster-chromium-'));
  const tone = join(folder, 'microphone.wav');
  // Whole periods, so that the loop has no click.
  await writeFile(tone, wavFile(sine(microphoneHz, TONE_MS, undefined, SAMPLE_RATE)));
  const browser = await chromium.launch({
    executablePath: await program(),
    args: [...FLAGS, ...FAKE_DIALOG[allowed], `--use-file-for-fake-audio-capture=${tone}`],
    // The test's own: it ends the browser itself.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  const stop = async () => {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { browser, stop };
}
