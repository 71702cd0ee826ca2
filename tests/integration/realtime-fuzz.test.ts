/** Every command over Socket.IO with inputs made from its schema, and frames that are no Socket.IO at all. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { WebSocket } from 'ws';
import { catalogue } from '../../src/app/catalogue/catalogue.js';
import { type FakeService, startFakeService } from '../support/fake-service.js';
import { anyInput, errorProblem, HOSTILE_VALUES } from '../support/fuzz.js';
import fc from '../support/properties.js';
import { type Client, connect } from '../support/realtime-client.js';

/** Many requests in one test; a loaded machine needs its time. */
const LONG_MS = 60_000;

let service: FakeService;
let client: Client;

beforeAll(async () => {
  service = await startFakeService();
});
afterAll(async () => {
  client.close();
  await service.close();
});

async function answerProblem(...message: unknown[]): Promise<string | null> {
  const answer = await client.ask(...message);
  const { ok, error, ...others } = answer as { ok?: unknown; error?: unknown };
  if (ok === true) return null;
  if (ok !== false || Object.keys(others).length > 0) return `no acknowledgement: ${JSON.stringify(answer)}`;
  return errorProblem(error);
}

describe('any input over Socket.IO is answered properly', () => {
  test.each([...catalogue.values()].map((entry) => [entry.name, entry] as const))(
    '%s',
    async (name, entry) => {
      client = await connect(service.url, await service.token('vera'));
      await fc.assert(
        fc.asyncProperty(anyInput(entry), async (input) => {
          expect(await answerProblem('command', { name, input })).toBeNull();
        }),
        { numRuns: 30 },
      );
      expect(service.log.errors).toEqual([]);
      client.close();
    },
    LONG_MS,
  );

  test('messages that are no commands are invalid input', async () => {
    client = await connect(service.url, await service.token('vera'));
    for (const value of HOSTILE_VALUES) {
      expect(await answerProblem('command', value)).toBeNull();
      expect(await answerProblem('command', { name: value, input: {} })).toBeNull();
      expect(await answerProblem('no such event', value)).toBeNull();
    }
    expect(await answerProblem('command')).toBeNull();
    expect(await answerProblem('command', Buffer.from('binary'))).toBeNull();
    expect(service.log.errors).toEqual([]);
  });

  test('frames that are no Socket.IO close only their own connection', async () => {
    const frames = [
      'garbage',
      '42',
      '42[',
      '42["command"',
      '451-["command",{"_placeholder":true,"num":9}]',
      '4',
      '99',
      '420["x"',
      `42["command","${'x'.repeat(70_000)}"]`,
    ];
    for (const frame of [...frames, Buffer.from([0, 255, 1])]) await sendRaw(frame);
    expect(await answerProblem('command', { name: 'me.get', input: {} })).toBeNull();
  });
});

/** Opens a bare WebSocket, logs in by hand, sends the frame and waits until the server has closed or answered a ping. */
async function sendRaw(frame: string | Buffer): Promise<void> {
  const token = await service.token('vera');
  const socket = new WebSocket(`${service.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  const ponged = new Promise<void>((resolve) => socket.once('pong', () => resolve()));
  socket.on('error', () => undefined);
  await new Promise<void>((resolve) => socket.once('open', () => resolve()));
  socket.send(`40${JSON.stringify({ token })}`);
  await new Promise<void>((resolve) => {
    socket.on('message', (data) => String(data).startsWith('42["snapshot"') && resolve());
  });
  socket.send(frame);
  socket.ping();
  await Promise.race([closed, ponged]);
  socket.terminate();
  await closed;
}
