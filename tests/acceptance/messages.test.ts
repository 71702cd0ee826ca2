// Prepared messages: made by phone or uploaded, and left for the other party of an outgoing call, who hears exactly that.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { ariHttp } from '../../lab/ari.js';
import type { IncomingCall } from '../../lab/incoming-call.js';
import { parseWav } from '../../lab/tone.js';
import { Heard } from '../../lab/tone-analysis.js';
import { TestCentre } from '../support/centre.js';
import { Browser } from '../support/recorded.js';
import { toneWav } from '../support/wav-files.js';

jest.setTimeout(60_000);
const SPOKEN_HZ = 650;
const MESSAGE_HZ = 1_450;
const OUTSIDE = '79035550000';
let centre: TestCentre;
let agent: Browser;
let names = 0;

interface Message {
  readonly id: string;
  readonly name: string;
  readonly durationMs: number;
  readonly state: string;
}

beforeAll(async () => {
  centre = await TestCentre.start({ phones: ['101', '102'] });
  agent = await Browser.ofAgent(centre, '101');
});
afterEach(() => centre.reset());
afterAll(() => centre.stop());

const messages = async () => (await agent.json<readonly Message[]>('GET', '/messages')).body;
const file = (id: string) => `ringmaster/messages/${id}`;

async function soundOf(id: string): Promise<Heard> {
  const response = await agent.request('GET', `/messages/${id}/audio`);
  expect(response.status).toBe(200);
  return new Heard(parseWav(Buffer.from(await response.arrayBuffer())));
}

async function eventually(what: string, look: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!(await look())) {
    if (Date.now() > deadline) throw new Error(`did not happen: ${what}`);
    await pause(25);
  }
}

async function uploaded(seconds: number, by = agent): Promise<Message> {
  names += 1;
  const wav = new Uint8Array(toneWav({ rate: 8_000, seconds, channels: [MESSAGE_HZ] }));
  const response = await by.request('POST', `/messages?name=message${names}`, wav, 'audio/wav');
  expect(response.status).toBe(201);
  return (await response.json()) as Message;
}

describe('recorded by phone', () => {
  /** The phone has been answered, the prompt and the tone are over, and Asterisk writes. */
  async function recording(): Promise<{ readonly phone: IncomingCall; readonly message: Message }> {
    names += 1;
    await centre.ready('101');
    const { status, body: message } = await agent.json<Message>('POST', '/messages/record', { name: `m${names}` });
    expect([status, message.state]).toEqual([200, 'recording']);
    const phone = await centre.rung('101', 'the own phone rings');
    await phone.answer();
    const prompt = await phone.hears(1_000);
    expect(prompt.music).toBe(true);
    await phone.playTone(SPOKEN_HZ);
    const live = `recordings/live/${encodeURIComponent(file(message.id))}`;
    await eventually('Asterisk writes', async () => (await ariHttp(centre.lab.pbx, 'GET', live)).status === 200);
    return { phone, message };
  }

  /** Ready, or undefined when there is no message after all. */
  async function made(id: string): Promise<Message | undefined> {
    await centre.untilClean();
    const find = async () => (await messages()).find((each) => each.id === id);
    await eventually('it is made', async () => (await find())?.state !== 'recording');
    return find();
  }

  test('prompt, tone, what is said until the key #; then it is played back, and the phone is let go', async () => {
    const { phone, message } = await recording();
    await phone.hears(1_000);
    await phone.dtmf('#');
    await phone.stopTone();
    const playback = await phone.listen();
    await phone.untilEnded(10_000);
    expect((await playback.stop()).hears(SPOKEN_HZ)).toBe(true);
    const finished = await made(message.id);
    expect(finished?.durationMs).toBeGreaterThan(500);
    const sound = await soundOf(message.id);
    expect(sound.tones).toEqual([SPOKEN_HZ]);
    expect(Math.abs(sound.durationMs - (finished?.durationMs ?? 0))).toBeLessThan(100);
    expect(centre.activity('101')).toBe('idle');
  });

  test('or until the phone is put down', async () => {
    const { phone, message } = await recording();
    await phone.hears(700);
    await phone.hangup();
    expect(await made(message.id)).toMatchObject({ state: 'ready' });
    expect((await soundOf(message.id)).hears(SPOKEN_HZ)).toBe(true);
  });

  test('put down before anything was said: there is no message', async () => {
    await centre.ready('101');
    const { body: message } = await agent.json<Message>('POST', '/messages/record', { name: 'nothing' });
    const phone = await centre.rung('101', 'the own phone rings');
    await phone.reject();
    expect(await made(message.id)).toBeUndefined();
  });
});

describe('left for the other party', () => {
  async function calling() {
    await centre.ready('101');
    const { id } = await centre.accepted(centre.centre.calls.dial('a101', { number: OUTSIDE }));
    const phone = await centre.rung('101', 'the own phone rings');
    await phone.answer();
    const party = await centre.lab.bank.trunk.nextCall();
    await party.answer();
    await centre.until('they talk', () => centre.centre.views.call(id)?.phase === 'talking');
    return { id, phone, party };
  }

  const leave = (id: string, messageId: string) =>
    agent.json<{ error?: { code: string } }>('POST', `/calls/${encodeURIComponent(id)}/message`, { messageId });

  test('the agent is free at once; the party hears the message to its end, and nothing else', async () => {
    const { id: messageId } = await uploaded(3);
    const { id, phone, party } = await calling();
    const listening = await party.listen();
    expect((await leave(id, messageId)).status).toBe(200);
    await phone.untilEnded(1_000);
    expect(party.over).toBe(false);
    await centre.until('the agent is free', () => centre.activity('101') === 'idle', 1_000);
    const another = await centre.accepted(centre.centre.calls.dial('a101', { number: '102' }));
    await (await centre.rung('101', 'the next call of the agent')).answer();
    await party.untilEnded(8_000);
    const heard = await listening.stop();
    expect(heard.tones).toEqual([MESSAGE_HZ]);
    const spans = heard.spans(MESSAGE_HZ);
    const lengthMs = (spans.at(-1)?.toMs ?? 0) - (spans[0]?.fromMs ?? 0);
    expect(Math.abs(lengthMs - 3_000)).toBeLessThan(300);
    expect(heard.otherSound).toBe(false);
    expect((await centre.record(id))?.outcome).toBe('answered');
    await centre.accepted(centre.centre.calls.end(another.id));
  });

  test('the party hangs up during it: nothing is left', async () => {
    const { id: messageId } = await uploaded(20);
    const { id, party } = await calling();
    await leave(id, messageId);
    expect((await party.hears(700)).hears(MESSAGE_HZ)).toBe(true);
    await party.hangup();
    await centre.untilClean();
  });

  test('a message of another agent, or of nobody, is not found, and the call goes on', async () => {
    const other = await Browser.ofAgent(centre, '102');
    const { id: foreign } = await uploaded(1, other);
    const { id, phone } = await calling();
    for (const messageId of [foreign, 'none']) {
      expect(await leave(id, messageId)).toMatchObject({ status: 404, body: { error: { code: 'notFound' } } });
    }
    expect([phone.over, centre.centre.views.call(id)?.phase]).toEqual([false, 'talking']);
  });

  test('Asterisk cannot play the file: the party is let go all the same', async () => {
    const { id: messageId } = await uploaded(1);
    const { id, phone, party } = await calling();
    await rm(join(centre.lab.pbx.spoolFolder, 'recording', `${file(messageId)}.wav`));
    await leave(id, messageId);
    await phone.untilEnded(1_000);
    await party.untilEnded(15_000);
    await centre.untilClean();
  });
});
