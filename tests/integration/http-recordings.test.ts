/** The sound of recordings over HTTP: who may hear what, and parts of files as players ask for them. Real files in a folder. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createSoundFiles } from '../../src/ari/sound-files.js';
import { NOW } from '../support/fake-application.js';
import { type FakeService, startFakeService } from '../support/fake-service.js';
import { recordingOf } from '../support/memory-recordings.js';
import { wavOf } from '../support/wav-samples.js';

const WAV = wavOf(160_000);

let folder: string;
let service: FakeService;
const tokens = new Map<string, string>();
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringmaster-recordings-'));
  const nowhere = { url: 'http://127.0.0.1:1', username: '', password: '' };
  tokens.clear();
  service = await startFakeService({ files: createSoundFiles({ folder, ...nowhere }) });
  for (const id of ['rec-anna', 'rec-boris']) await put(id, WAV);
});
afterEach(async () => {
  await service.close();
  await rm(folder, { recursive: true });
});

async function put(id: string, wav: Buffer): Promise<void> {
  const path = join(folder, `${recordingOf(id, '', 0).name}.wav`);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, wav);
}

interface Asked {
  readonly as?: string;
  readonly method?: string;
  readonly headers?: Record<string, string>;
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

/** Reads to the end: a connection with an unread answer stays open. */
async function ask(path: string, { as = 'vera', method = 'GET', headers = {} }: Asked = {}): Promise<Answer> {
  const token = tokens.get(as) ?? (await service.token(as));
  tokens.set(as, token);
  const authorization = `Bearer ${token}`;
  const url = `${service.url}/api/v1/recordings${path}`;
  const response = await fetch(url, { method, headers: { authorization, ...headers } });
  return { status: response.status, headers: response.headers, body: Buffer.from(await response.arrayBuffer()) };
}

const audio = (id: string, asked: Asked = {}, query = '') => ask(`/${id}/audio${query}`, asked);

function jsonOf<T>({ body }: Answer): T {
  return JSON.parse(body.toString()) as T;
}

function codeOf(answer: Answer): string {
  return `${answer.status} ${jsonOf<{ error: { code: string } }>(answer).error.code}`;
}

describe('playing', () => {
  test('gives the whole file, and says that parts may be asked for', async () => {
    const response = await audio('rec-anna');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('audio/wav');
    expect(response.headers.get('accept-ranges')).toBe('bytes');
    expect(response.headers.get('content-length')).toBe(String(WAV.length));
    expect(response.headers.get('content-disposition')).toBeNull();
    expect(response.body.equals(WAV)).toBe(true);
  });

  test('gives the part that is asked for', async () => {
    const size = WAV.length;
    for (const [range, start, end] of [
      ['bytes=0-', 0, size - 1],
      ['bytes=0-0', 0, 0],
      ['bytes=1000-2999', 1000, 2999],
      ['bytes=-500', size - 500, size - 1],
      [`bytes=-${size * 2}`, 0, size - 1],
      [`bytes=${size - 1}-`, size - 1, size - 1],
      [`bytes=100-${size * 5}`, 100, size - 1],
    ] as const) {
      const response = await audio('rec-anna', { headers: { range } });
      expect([range, response.status]).toEqual([range, 206]);
      expect(response.headers.get('content-range')).toBe(`bytes ${start}-${end}/${size}`);
      expect(response.body.equals(WAV.subarray(start, end + 1))).toBe(true);
    }
  });

  test('refuses a part behind the end, and takes no notice of ranges that are none', async () => {
    for (const range of [`bytes=${WAV.length}-`, 'bytes=999999999-', 'bytes=-0']) {
      const response = await audio('rec-anna', { headers: { range } });
      expect(response.headers.get('content-range')).toBe(`bytes */${WAV.length}`);
      expect([range, codeOf(response)]).toEqual([range, '416 invalidInput']);
    }
    for (const range of [
      'bytes=5-2',
      'bytes=a-b',
      'seconds=1-2',
      'bytes=0-1,5-6',
      'bytes=-',
      `bytes=${'9'.repeat(40)}-`,
    ]) {
      const response = await audio('rec-anna', { headers: { range } });
      expect([range, response.status, response.body.length]).toEqual([range, 200, WAV.length]);
    }
  });

  test('goes on only with the same file', async () => {
    const tag = (await audio('rec-anna', { method: 'HEAD' })).headers.get('etag') ?? '';
    const go = (condition: string) =>
      audio('rec-anna', { headers: { range: 'bytes=10-19', 'if-range': condition } }).then(
        (response) => response.status,
      );
    expect([await go(tag), await go('"another"')]).toEqual([206, 200]);
  });

  test('HEAD tells the length and sends nothing', async () => {
    const response = await audio('rec-anna', { method: 'HEAD' });
    expect([response.status, response.headers.get('content-length')]).toEqual([200, String(WAV.length)]);
    expect(response.body.length).toBe(0);
  });

  test('downloads under a name that tells when and which, and nobody’s number', async () => {
    const response = await audio('rec-anna', {}, '?download=1');
    expect(response.headers.get('content-disposition')).toBe(
      'attachment; filename="recording-2023-11-14T22-13-15-rec-anna.wav"',
    );
    expect(response.body.equals(WAV)).toBe(true);
    expect(codeOf(await audio('rec-anna', {}, '?download=maybe'))).toBe('400 invalidInput');
    expect(codeOf(await audio('rec-anna', {}, '?path=/etc/passwd'))).toBe('400 invalidInput');
  });

  test('puts the header of one that was cut short right', async () => {
    await put('rec-anna', wavOf(160_000, { riff: 0, data: 0 }));
    expect((await audio('rec-anna')).body.equals(WAV)).toBe(true);
  });
});

describe('who may hear', () => {
  test('nobody without a login', async () => {
    const response = await ask('/rec-anna/audio', { headers: { authorization: 'Bearer none' } });
    expect(codeOf(response)).toBe('401 unauthenticated');
  });

  test('an agent hears the own conversations; others are not there', async () => {
    expect((await audio('rec-anna', { as: 'anna' })).status).toBe(200);
    expect(codeOf(await audio('rec-boris', { as: 'anna' }))).toBe('404 notFound');
    expect(codeOf(await ask('/rec-boris', { as: 'anna' }))).toBe('404 notFound');
    const list = jsonOf<{ id: string }[]>(await ask('', { as: 'anna' }));
    expect(list.map(({ id }) => id)).toEqual(['rec-anna']);
    expect(codeOf(await ask('?agentId=boris', { as: 'anna' }))).toBe('403 forbidden');
  });

  test('a supervisor and an administrator hear all', async () => {
    for (const as of ['vera', 'admin']) {
      expect((await audio('rec-boris', { as })).status).toBe(200);
      const list = jsonOf<{ id: string }[]>(await ask('?limit=5', { as }));
      expect(list.map(({ id }) => id)).toEqual(['rec-boris', 'rec-anna']);
    }
  });

  test('where agents do not listen, they hear nothing, and supervisors do', async () => {
    const configuration = service.application.configuration();
    service.application.reconfigure({
      ...configuration,
      centre: { ...configuration.centre, agentsMayListen: false },
    });
    for (const path of ['', '/rec-anna', '/rec-anna/audio', '/none/audio']) {
      expect(codeOf(await ask(path, { as: 'anna' }))).toBe('403 forbidden');
    }
    expect((await audio('rec-anna')).status).toBe(200);
  });

  test('only an administrator removes', async () => {
    const remove = (as: string) => ask('/rec-anna', { as, method: 'DELETE' });
    expect([codeOf(await remove('anna')), codeOf(await remove('vera'))]).toEqual(['403 forbidden', '403 forbidden']);
    expect(jsonOf(await remove('admin'))).toEqual({ removed: true });
    expect(codeOf(await audio('rec-anna'))).toBe('404 notFound');
    expect(jsonOf(await ask('/rec-anna'))).toMatchObject({ id: 'rec-anna', outcome: 'removed' });
  });
});

describe('what cannot be heard', () => {
  test('is refused while it is written', async () => {
    service.application.recorded.add(recordingOf('open', 'anna', NOW, { outcome: 'recording', endedAt: null }));
    await put('open', WAV);
    expect(codeOf(await audio('open'))).toBe('409 stillRecording');
    expect(codeOf(await audio('open', { as: 'boris' }))).toBe('404 notFound');
  });

  test('is not found: unknown, failed, lost, removed, or without its file', async () => {
    for (const outcome of ['failed', 'lost', 'removed'] as const) {
      service.application.recorded.add(recordingOf(outcome, 'anna', NOW, { outcome }));
      await put(outcome, WAV);
      expect([outcome, codeOf(await audio(outcome))]).toEqual([outcome, '404 notFound']);
    }
    service.application.recorded.add(recordingOf('no-file', 'anna', NOW));
    expect(codeOf(await audio('no-file'))).toBe('404 notFound');
    expect(codeOf(await audio('unheard-of'))).toBe('404 notFound');
  });

  test('is no way to other files', async () => {
    for (const path of ['..%2F..%2Fetc%2Fpasswd', 'rec-anna%00', 'x'.repeat(300), 'constructor']) {
      expect([path, codeOf(await audio(path))]).toEqual([path, '400 invalidInput']);
    }
    expect(service.log.errors).toEqual([]);
  });
});

test('the list tells nothing of where files are', async () => {
  const [first] = jsonOf<object[]>(await ask(''));
  expect(first).toEqual({
    id: 'rec-boris',
    callId: 'call-of-boris',
    conversationId: 'conversation-of-boris',
    queueId: 'sales',
    startedAt: NOW - 4_000,
    endedAt: NOW + 56_000,
    durationMs: 60_000,
    outcome: 'kept',
    parties: [
      { agentId: null, number: '+79161234567', name: 'Anna Petrova' },
      { agentId: 'boris', number: '101', name: 'boris' },
    ],
  });
});

test('the disk is among the metrics', async () => {
  await service.application.recordings.lookAfter();
  const text = await (await fetch(`${service.url}/metrics`)).text();
  expect(text).toContain('ringmaster_recording_allowed 1');
  expect(text).toMatch(/ringmaster_recording_free_bytes \d+/);
});
