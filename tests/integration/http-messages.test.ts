/** Prepared messages over HTTP: files in, files out, parts of files, and who may. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { type FakeService, startFakeService } from '../support/fake-service.js';
import { errorProblem, HOSTILE_VALUES } from '../support/fuzz.js';
import fc from '../support/properties.js';
import { toneWav } from '../support/wav-files.js';

const LONG_MS = 60_000;
const WAV_BYTES = 16_044;
const wav = Buffer.from(toneWav({ rate: 16_000, seconds: 1, channels: [1_000] }));

let service: FakeService;
let tokens: Record<'anna' | 'boris' | 'vera', string>;
// Logging in is slow on purpose: once for all tests.
beforeAll(async () => {
  service = await startFakeService();
  const token = async (agentId: string) => `Bearer ${await service.token(agentId)}`;
  tokens = { anna: await token('anna'), boris: await token('boris'), vera: await token('vera') };
});
beforeEach(() => {
  const { store, files } = service.prepared;
  store.rows.clear();
  files.files.clear();
  Object.assign(files, { writable: true, free: null, writeFault: null, away: false });
  service.log.errors.length = 0;
});
afterAll(() => service.close());

type Person = keyof typeof tokens;

function upload(person: Person, query: string, body: Buffer = wav, type = 'audio/wav') {
  return request(service.url)
    .post(`/api/v1/messages?${query}`)
    .set('Authorization', tokens[person])
    .set('Content-Type', type)
    .send(body);
}

const get = (person: Person, path: string) =>
  request(service.url).get(`/api/v1/messages${path}`).set('Authorization', tokens[person]).responseType('blob');

async function uploaded(person: Person, query: string): Promise<string> {
  const { status, body } = await upload(person, query);
  expect(status).toBe(201);
  return body.id;
}

describe('uploading', () => {
  test('makes a message of the file, that can be listened to as it will be played', async () => {
    const { status, body } = await upload('anna', 'name=Hello%20%D0%B4%D0%B0');
    expect(status).toBe(201);
    expect(body).toMatchObject({ agentId: 'anna', name: 'Hello да', durationMs: 1_000, state: 'ready' });
    expect(body).not.toHaveProperty('sound');
    const listed = await request(service.url).get('/api/v1/messages').set('Authorization', tokens.anna);
    expect(listed.body).toEqual([body]);
    const sound = await get('anna', `/${body.id}/audio`);
    expect([sound.status, sound.headers['content-type'], sound.body.length]).toEqual([200, 'audio/wav', WAV_BYTES]);
    expect(sound.headers['cache-control']).toBe('no-store');
  });

  test.each(['audio/x-wav', 'audio/wave', 'Audio/WAV; codecs=1'])('takes the content type %s', async (type) => {
    expect((await upload('anna', 'name=a', wav, type)).status).toBe(201);
  });

  test.each([
    ['without a login', 401, 'unauthenticated', () => upload('anna', 'name=a').set('Authorization', 'Bearer x')],
    ['of another type', 422, 'audioInvalid', () => upload('anna', 'name=a', wav, 'application/json')],
    ['that is no sound', 422, 'audioInvalid', () => upload('anna', 'name=a', Buffer.from('{"a": 1}'))],
    ['that is empty', 422, 'audioInvalid', () => upload('anna', 'name=a', Buffer.alloc(0))],
    ['that is compressed', 400, 'invalidInput', () => upload('anna', 'name=a').set('Content-Encoding', 'gzip')],
    ['without a name', 400, 'invalidInput', () => upload('anna', '')],
    ['with two names', 400, 'invalidInput', () => upload('anna', 'name=a&name=b')],
    ['with a name of two lines', 400, 'invalidInput', () => upload('anna', 'name=a%0Ab')],
    ['with a field too many', 400, 'invalidInput', () => upload('anna', 'name=a&agentId=boris')],
    ['for all, by an agent', 403, 'forbidden', () => upload('anna', 'name=a&shared=true')],
    ['of more than 10 MB', 413, 'tooLarge', () => upload('anna', 'name=a', Buffer.alloc(10 * 1024 * 1024 + 1))],
  ] as const)('a file %s is refused, and nothing is kept', async (_what, status, code, send) => {
    const refused = await send();
    expect([refused.body.error?.code, code === 'invalidInput' || refused.status]).toEqual([
      code,
      code === 'invalidInput' || status,
    ]);
    expect(service.prepared.store.rows.size).toBe(0);
    expect(service.log.errors).toEqual([]);
  });

  test('of more than five minutes is refused', async () => {
    // The header leaves the length open: what follows it counts.
    const start = toneWav({ rate: 8_000, seconds: 0.1, channels: [0], law: 'A-law', declaredBytes: 0 });
    const refused = await upload('anna', 'name=a', Buffer.concat([start, Buffer.alloc(300 * 8_000, 0xd5)]));
    expect([refused.status, refused.body.error.code]).toEqual([413, 'tooLarge']);
    expect(refused.body.error.details).toEqual({ mostMs: 300_000, durationMs: 300_100 });
    expect(service.prepared.store.rows.size).toBe(0);
  });

  test('says why the storage cannot take it', async () => {
    service.prepared.files.writable = false;
    const readOnly = await upload('anna', 'name=a');
    expect([readOnly.status, readOnly.body.error.code]).toEqual([503, 'storageReadOnly']);
    service.prepared.files.writable = true;
    service.prepared.files.free = 1_000;
    const full = await upload('anna', 'name=a');
    expect([full.status, full.body.error.code]).toEqual([503, 'storageFull']);
  });

  test('a fault of the storage is told as one, without its words', async () => {
    service.prepared.files.writeFault = new Error('/secret/path broke');
    const failed = await upload('anna', 'name=a');
    expect([failed.status, failed.body.error.code]).toEqual([500, 'internal']);
    expect(JSON.stringify(failed.body)).not.toContain('secret');
    expect(service.prepared.store.rows.size).toBe(0);
  });

  test('of more than a few files at once is put off until there is room again', async () => {
    const begun = service.prepared.messages.upload.bind(service.prepared.messages);
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    let waiting = () => {};
    const four = new Promise<void>((resolve) => {
      let count = 0;
      waiting = () => {
        count += 1;
        if (count === 4) resolve();
      };
    });
    service.prepared.messages.upload = async (viewer, given) => {
      waiting();
      await gate;
      return await begun(viewer, given);
    };
    const sent = [1, 2, 3, 4].map((index) => upload('anna', `name=${index}`).then((answer) => answer.status));
    await four;
    const refused = await upload('anna', 'name=5');
    expect([refused.status, refused.body.error.code, refused.headers['retry-after']]).toEqual([
      429,
      'tooManyAttempts',
      '5',
    ]);
    release();
    expect(await Promise.all(sent)).toEqual([201, 201, 201, 201]);
    service.prepared.messages.upload = begun;
    expect((await upload('anna', 'name=5')).status).toBe(201);
  });
});

describe('listening', () => {
  test("is for the owner, or for everyone if it is for all; another's does not exist", async () => {
    const own = await uploaded('anna', 'name=a');
    const shared = await uploaded('vera', 'name=b&shared=true');
    const status = async (person: Person, id: string) => (await get(person, `/${id}/audio`)).status;
    expect([await status('anna', own), await status('boris', own), await status('vera', own)]).toEqual([200, 404, 404]);
    expect([await status('anna', shared), await status('boris', shared)]).toEqual([200, 200]);
    expect((await request(service.url).get(`/api/v1/messages/${own}/audio`)).status).toBe(401);
  });

  test.each([
    ['bytes=0-43', 206, 0, 44],
    ['bytes=100-', 206, 100, WAV_BYTES],
    ['bytes=-10', 206, WAV_BYTES - 10, WAV_BYTES],
    ['bytes=16000-99999', 206, 16_000, WAV_BYTES],
    ['bytes=-99999', 206, 0, WAV_BYTES],
    ['bytes=20-10', 200, 0, WAV_BYTES],
    ['bytes=0-1,4-5', 200, 0, WAV_BYTES],
    ['pages=1-2', 200, 0, WAV_BYTES],
    ['bytes=-', 200, 0, WAV_BYTES],
  ])('a part, as %s', async (range, status, start, end) => {
    const id = await uploaded('anna', 'name=a');
    const whole: Buffer = (await get('anna', `/${id}/audio`)).body;
    const part = await get('anna', `/${id}/audio`).set('Range', range);
    expect([part.status, part.headers['accept-ranges']]).toEqual([status, 'bytes']);
    expect(part.headers['content-length']).toBe(String(end - start));
    if (status === 206) expect(part.headers['content-range']).toBe(`bytes ${start}-${end - 1}/${WAV_BYTES}`);
    expect(Buffer.compare(part.body, whole.subarray(start, end))).toBe(0);
  });

  test.each(['bytes=16044-', 'bytes=99999-100000', 'bytes=-0'])('a part that there is not, as %s', async (range) => {
    const id = await uploaded('anna', 'name=a');
    const refused = await request(service.url)
      .get(`/api/v1/messages/${id}/audio`)
      .set({ Authorization: tokens.anna, Range: range });
    expect([refused.status, refused.headers['content-range']]).toEqual([416, `bytes */${WAV_BYTES}`]);
    expect(refused.body.error.code).toBe('invalidInput');
  });

  test('a part of what has changed since is the whole', async () => {
    const id = await uploaded('anna', 'name=a');
    const part = async (tag: string) =>
      (await get('anna', `/${id}/audio`).set({ Range: 'bytes=0-1', 'If-Range': tag })).status;
    expect([await part(`"${id}"`), await part('"other"')]).toEqual([206, 200]);
  });

  test('HEAD tells the length only', async () => {
    const id = await uploaded('anna', 'name=a');
    const head = await request(service.url).head(`/api/v1/messages/${id}/audio`).set('Authorization', tokens.anna);
    expect([head.status, head.headers['content-length']]).toEqual([200, String(WAV_BYTES)]);
  });

  test('a message whose file is lost, or that is being recorded, cannot be played', async () => {
    const id = await uploaded('anna', 'name=a');
    service.prepared.files.away = true;
    expect((await get('anna', `/${id}/audio`)).status).toBe(503);
    service.prepared.files.away = false;
    service.prepared.files.files.clear();
    expect((await get('anna', `/${id}/audio`)).status).toBe(404);
    const begun = await service.prepared.messages.begin('anna', 'b');
    expect((await get('anna', `/${'id' in begun ? begun.id : ''}/audio`)).status).toBe(409);
  });
});

test(
  'any address, name or body is answered properly',
  async () => {
    const names = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...HOSTILE_VALUES.map(String)));
    const body = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.nat(wav.length).map((length) => wav.subarray(0, length)),
    );
    const authorization = tokens.anna;
    const problemOf = async (response: Response): Promise<string | null> => {
      const answer = (await response.json()) as { error?: unknown };
      if (response.status < 300) return null;
      return response.status >= 500 ? `status ${response.status}` : errorProblem(answer.error);
    };
    const encoded = (name: string) => encodeURIComponent(Buffer.from(name).toString().slice(0, 1_000));
    await fc.assert(
      fc.asyncProperty(
        names,
        body,
        fc.constantFrom('', '&shared=true', '&shared=false', '&x=1'),
        async (name, sent, more) => {
          const url = `${service.url}/api/v1/messages`;
          const headers = { authorization, 'content-type': 'audio/wav', range: 'bytes=0-0' };
          const posted = await fetch(`${url}?name=${encoded(name)}${more}`, {
            method: 'POST',
            headers,
            body: Buffer.from(sent),
          });
          expect(await problemOf(posted)).toBeNull();
          const heard = await fetch(`${url}/${encoded(name) || 'x'}/audio`, { headers });
          expect(await problemOf(heard)).toBeNull();
        },
      ),
      { numRuns: 150 },
    );
    expect(service.log.errors).toEqual([]);
  },
  LONG_MS,
);
