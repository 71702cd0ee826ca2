/** Prepared messages in a real folder and a real database: what is uploaded is there, what is removed is gone, also over a restart. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Messages } from '../../src/app/messages/messages.js';
import type { VoiceMessage } from '../../src/app/messages/store.js';
import type { SoundFiles } from '../../src/app/sound-files.js';
import { createSoundFiles } from '../../src/ari/sound-files.js';
import { isRefusal, type Refusal } from '../../src/core/refusal.js';
import { type Database, openDatabase } from '../../src/db/database.js';
import { account } from '../support/configuration.js';
import { quietLog } from '../support/databases.js';
import { toneWav } from '../support/wav-files.js';

const SECOND_MS = 1_000;
const anna = { agentId: 'anna', role: 'agent' } as const;

let folder: string;
let files: SoundFiles;
let database: Database;
let messages: Messages;

async function start() {
  database = await openDatabase({ url: `sqlite:${join(folder, 'db.sqlite')}` }, quietLog);
  files = createSoundFiles({
    folder: join(folder, 'recording'),
    url: 'http://127.0.0.1:1',
    username: 'u',
    password: 'p',
  });
  messages = new Messages({ store: database.messages, files, clock: { now: Date.now }, log: quietLog });
}
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringmaster-messages-'));
  await start();
  await database.configuration.saveAgent(account('101', { id: 'anna', login: 'anna' }));
});
afterEach(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

const wav = (seconds: number) => toneWav({ rate: 44_100, seconds, channels: [1_000] });
const filesThere = async () => (await readdir(join(folder, 'recording', 'ringmaster', 'messages'))).sort();

function got(outcome: VoiceMessage | Refusal): VoiceMessage {
  if (isRefusal(outcome)) throw new Error(outcome.message);
  return outcome;
}

test('an uploaded message is a file that Asterisk can play, as long as the message says', async () => {
  const message = got(await messages.upload(anna, { name: 'a', shared: false, wav: wav(2) }));
  expect(await filesThere()).toEqual([`${message.id}.wav`]);
  expect(await files.repair(message.sound)).toBe(message.durationMs);
  expect(await files.stat(message.sound)).toEqual({ bytes: message.bytes });
  expect(message.durationMs).toBe(2 * SECOND_MS);
});

test('a message recorded by phone has the length of its file, also if the recording was cut short', async () => {
  const begun = got(await messages.begin('anna', 'a'));
  const cut = Buffer.from(toneWav({ rate: 8_000, seconds: 3, channels: [500] }));
  // The plain header of a recorder that never came back to write the lengths.
  const header = Buffer.concat([cut.subarray(0, 36), Buffer.from('data\0\0\0\0', 'latin1')]);
  header.writeUInt32LE(0, 4);
  await files.write(begun.sound, Buffer.concat([header, cut.subarray(-3 * 16_000)]));
  expect(got(await messages.finish(begun.id))).toMatchObject({ state: 'ready', durationMs: 3 * SECOND_MS });
});

test('what was removed, and what was left half done, is gone after the next start; the rest is there', async () => {
  const [kept, removed, half] = await Promise.all(
    ['kept', 'removed', 'half'].map(async (name) =>
      got(await messages.upload(anna, { name, shared: false, wav: wav(1) })),
    ),
  );
  await messages.remove(anna, removed?.id ?? '');
  // A crash right after the row.
  await database.messages.withdraw(half?.id ?? '', 'ready');
  await database.close();
  await start();
  await messages.clear();
  expect(await messages.list(anna)).toEqual([kept]);
  expect(await filesThere()).toEqual([`${kept?.id}.wav`]);
  expect(await database.messages.withdrawn()).toEqual([]);
});

test('the messages of an account that was removed go with it', async () => {
  got(await messages.upload(anna, { name: 'a', shared: false, wav: wav(1) }));
  await database.configuration.removeAgent('anna');
  await messages.clear();
  expect(await filesThere()).toEqual([]);
});
