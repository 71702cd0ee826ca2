/** A prepared message from its beginning to its end, with whatever may go wrong between the row and the file. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { isRefusal } from '../../src/core/refusal.js';
import { NOW } from '../support/fake-application.js';
import { type MemoryMessages, memoryMessages } from '../support/memory-messages.js';
import { toneWav } from '../support/wav-files.js';

const HOUR_MS = 3_600_000;
const anna = { agentId: 'anna', role: 'agent' } as const;
const boris = { agentId: 'boris', role: 'agent' } as const;
const vera = { agentId: 'vera', role: 'supervisor' } as const;
const wav = toneWav({ rate: 16_000, seconds: 1, channels: [1_000] });

let now: number;
let prepared: MemoryMessages;
beforeEach(() => {
  now = NOW;
  prepared = memoryMessages(() => now);
});

function got<T extends object>(outcome: T): Exclude<T, { refused: unknown }> {
  if (isRefusal(outcome)) throw new Error(outcome.refused);
  return outcome as Exclude<T, { refused: unknown }>;
}

const codeOf = (outcome: object) => (isRefusal(outcome) ? outcome.refused : 'ok');
const upload = (viewer: typeof anna | typeof vera, name: string, shared = false) =>
  prepared.messages.upload(viewer, { name, shared, wav });
const nothingLeft = () => expect([prepared.store.rows.size, prepared.files.files.size]).toEqual([0, 0]);

describe('recorded by phone', () => {
  test('it is being recorded, then ready, with the length of its file', async () => {
    const begun = got(await prepared.messages.begin('anna', 'Greeting'));
    expect(begun).toMatchObject({ state: 'recording', sound: `ringmaster/messages/${begun.id}`, durationMs: 0 });
    expect(await prepared.messages.list(anna)).toEqual([begun]);
    prepared.files.record(begun.sound, 2_500);
    const finished = got(await prepared.messages.finish(begun.id));
    expect(finished).toMatchObject({ id: begun.id, state: 'ready', durationMs: 2_500, bytes: 44 + 40_000 });
    expect(await prepared.messages.find(anna, begun.id)).toEqual(finished);
    expect(await prepared.messages.finish(begun.id)).toEqual(finished);
  });

  test('it can be neither played nor removed before it is ready, and nobody else sees it', async () => {
    const { id } = got(await prepared.messages.begin('anna', 'Greeting'));
    expect(codeOf(await prepared.messages.find(anna, id))).toBe('wrongState');
    expect(codeOf(await prepared.messages.remove(anna, id))).toBe('wrongState');
    expect(codeOf(await prepared.messages.find(boris, id))).toBe('notFound');
    expect(codeOf(await prepared.messages.find(vera, id))).toBe('notFound');
  });

  test('renamed meanwhile, it has its new name when it is ready', async () => {
    const { id, sound } = got(await prepared.messages.begin('anna', 'Greeting'));
    await prepared.messages.rename(anna, id, 'Welcome');
    prepared.files.record(sound, 1_000);
    expect(await prepared.messages.finish(id)).toMatchObject({ name: 'Welcome', state: 'ready' });
  });

  test.each([null, 0])('with nothing recorded (%p ms) there is no message', async (durationMs) => {
    const { id, sound } = got(await prepared.messages.begin('anna', 'Greeting'));
    if (durationMs !== null) prepared.files.record(sound, durationMs);
    expect(codeOf(await prepared.messages.finish(id))).toBe('audioInvalid');
    nothingLeft();
  });

  test('while the file is out of reach it stays as it is, and can be finished later', async () => {
    const { id, sound } = got(await prepared.messages.begin('anna', 'Greeting'));
    prepared.files.record(sound, 1_000);
    prepared.files.away = true;
    expect(codeOf(await prepared.messages.finish(id))).toBe('phoneSystemUnavailable');
    prepared.files.away = false;
    expect(await prepared.messages.finish(id)).toMatchObject({ state: 'ready' });
  });

  test('cancelled, nothing is left and the name is free; one that was finished stays', async () => {
    const { id, sound } = got(await prepared.messages.begin('anna', 'Greeting'));
    prepared.files.record(sound, 1_000);
    await prepared.messages.cancel(id);
    nothingLeft();
    expect(codeOf(await prepared.messages.finish(id))).toBe('notFound');
    const again = got(await prepared.messages.begin('anna', 'Greeting'));
    prepared.files.record(again.sound, 1_000);
    await prepared.messages.finish(again.id);
    await prepared.messages.cancel(again.id);
    expect(codeOf(await prepared.messages.find(anna, again.id))).toBe('ok');
  });

  test('and never finished, it is cleared away after an hour, file and all; a younger one and a finished one stay', async () => {
    const old = got(await prepared.messages.begin('anna', 'Old'));
    prepared.files.record(old.sound, 1_000);
    const finished = got(await upload(anna, 'Finished'));
    now += HOUR_MS / 2;
    const young = got(await prepared.messages.begin('anna', 'Young'));
    now += HOUR_MS / 2 + 1;
    await prepared.messages.clear();
    expect(new Set(prepared.store.rows.keys())).toEqual(new Set([young.id, finished.id]));
    expect([...prepared.files.files.keys()]).toEqual([finished.sound]);
  });
});

describe('uploaded', () => {
  test('it is ready at once, as a file for the telephone', async () => {
    const message = got(await upload(anna, 'Greeting'));
    expect(message).toMatchObject({ agentId: 'anna', state: 'ready', durationMs: 1_000, bytes: 16_044 });
    expect(prepared.files.files.get(message.sound)).toHaveLength(16_044);
  });

  test('for all it belongs to nobody, and only a supervisor may make it so', async () => {
    expect(codeOf(await upload(anna, 'Greeting', true))).toBe('forbidden');
    const message = got(await upload(vera, 'Greeting', true));
    expect(message.agentId).toBeNull();
    expect(await prepared.messages.find(anna, message.id)).toEqual(message);
  });

  test('each owner has each name once', async () => {
    got(await upload(anna, 'Greeting'));
    expect(codeOf(await upload(anna, 'Greeting'))).toBe('alreadyExists');
    expect(codeOf(await upload(vera, 'Greeting'))).toBe('ok');
    expect(codeOf(await upload(vera, 'Greeting', true))).toBe('ok');
    expect(codeOf(await upload(vera, 'Greeting', true))).toBe('alreadyExists');
    expect(prepared.files.files.size).toBe(3);
  });

  test('an agent has at most 50', async () => {
    for (let round = 0; round < 50; round += 1) got(await prepared.messages.begin('anna', `${round}`));
    expect(codeOf(await upload(anna, 'One more'))).toBe('tooMany');
    expect(codeOf(await prepared.messages.begin('anna', 'One more'))).toBe('tooMany');
    expect(codeOf(await upload(vera, 'Another'))).toBe('ok');
  });

  test('nothing is kept of a file that is no sound, or too large', async () => {
    const odd = await prepared.messages.upload(anna, { name: 'x', shared: false, wav: Buffer.from('no sound') });
    const large = new Uint8Array(10 * 1024 * 1024 + 1);
    expect(codeOf(odd)).toBe('audioInvalid');
    expect(codeOf(await prepared.messages.upload(anna, { name: 'x', shared: false, wav: large }))).toBe('tooLarge');
    nothingLeft();
  });

  test('without a folder for files, or on a full disk, it is refused with the reason and nothing is left', async () => {
    prepared.files.writable = false;
    expect(codeOf(await upload(anna, 'x'))).toBe('storageReadOnly');
    prepared.files.writable = true;
    for (const free of [0, 16_000]) {
      prepared.files.free = free;
      expect(codeOf(await upload(anna, 'x'))).toBe('storageFull');
    }
    prepared.files.free = 100_000;
    for (const [code, refused] of [
      ['ENOSPC', 'storageFull'],
      ['EDQUOT', 'storageFull'],
      ['EROFS', 'storageReadOnly'],
    ]) {
      prepared.files.writeFault = Object.assign(new Error('no'), { code });
      expect(codeOf(await upload(anna, 'x'))).toBe(refused);
    }
    nothingLeft();
  });

  test('any other fault of the storage is a fault, and leaves nothing', async () => {
    prepared.files.writeFault = new Error('broken');
    await expect(upload(anna, 'x')).rejects.toThrow('broken');
    nothingLeft();
  });
});

describe('removed', () => {
  test('it is gone at once, and its file with it', async () => {
    const { id } = got(await upload(anna, 'Greeting'));
    expect(await prepared.messages.remove(anna, id)).toEqual({ removed: true });
    nothingLeft();
  });

  test('while the file cannot be removed it is gone for everyone all the same, and the file follows later', async () => {
    const { id, sound } = got(await upload(anna, 'Greeting'));
    prepared.files.removable = false;
    expect(await prepared.messages.remove(anna, id)).toEqual({ removed: true });
    expect(await prepared.messages.list(anna)).toEqual([]);
    expect(codeOf(await prepared.messages.find(anna, id))).toBe('notFound');
    const again = got(await upload(anna, 'Greeting'));
    await prepared.messages.clear();
    expect(prepared.files.files.has(sound)).toBe(true);
    prepared.files.removable = true;
    await prepared.messages.clear();
    expect([...prepared.files.files.keys()]).toEqual([again.sound]);
    expect([...prepared.store.rows.keys()]).toEqual([again.id]);
  });

  test('after a crash between the row and the file, the next start finishes it', async () => {
    const { id } = got(await upload(anna, 'Greeting'));
    await prepared.store.withdraw(id, 'ready');
    await prepared.messages.clear();
    nothingLeft();
  });
});

describe('the service stops', () => {
  test('while old messages are cleared away: nothing is asked of the database afterwards', async () => {
    const { id } = got(await upload(anna, 'Greeting'));
    await prepared.store.withdraw(id, 'ready');
    const asked = new Promise<() => void>((resolve) => {
      prepared.store.withdrawAbandoned = () => new Promise((done) => resolve(done));
    });
    prepared.messages.start();
    const answer = await asked;
    let stopped = false;
    const stopping = prepared.messages.stop().then(() => {
      stopped = true;
    });
    await Promise.resolve();
    expect(stopped).toBe(false);
    answer();
    await stopping;
    // The rest is the next start's.
    expect([...prepared.store.rows.keys()]).toEqual([id]);
  });
});
