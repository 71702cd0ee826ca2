/** Short messages through a real SMPP connection: taken, refused, delayed, cut off, reported on; never twice. */
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Log } from '../../src/app/ports.js';
import { type Database, openDatabase } from '../../src/db/database.js';
import { SmppGateway, type SmppOptions } from '../../src/outside/smpp-gateway.js';
import { databaseKinds, quietLog, type TestDatabase } from '../support/databases.js';
import { ALL_SMS, SmsStory } from '../support/sms-story.js';
import { Smsc } from '../support/smsc.js';

jest.setTimeout(60_000);

describe.each(databaseKinds())('on $name', (kind) => {
  let place: TestDatabase;
  let database: Database;
  let smsc: Smsc;
  const stories: SmsStory[] = [];
  const logged: string[] = [];
  const note = (details: object, message: string) => void logged.push(`${message} ${JSON.stringify(details)}`);
  const log: Log = { debug: note, info: note, warn: note, error: note };

  beforeEach(async () => {
    place = await kind.create();
    database = await openDatabase({ url: place.url }, quietLog);
    smsc = await Smsc.start();
    logged.length = 0;
  });
  afterEach(async () => {
    for (const story of stories.splice(0)) await story.sms.stop();
    await smsc.stop();
    await database.close();
    await place.remove();
  });

  const gateway = (more: Partial<SmppOptions> = {}) =>
    new SmppGateway({
      ...{ host: '127.0.0.1', port: smsc.port, tls: false, systemId: 'ringmaster', password: 'secret' },
      ...{ systemType: '', sender: 'Acme', receiptIds: 'same', answerMs: 20_000, log },
      times: { bindMs: 10_000, enquireMs: 30_000, firstPauseMs: 20, longestPauseMs: 200 },
      ...more,
    });
  let used: SmppGateway;
  const story = async (more: Partial<SmppOptions> = {}): Promise<SmsStory> => {
    used = gateway(more);
    const made = new SmsStory(database, used);
    stories.push(made);
    const binds = smsc.binds;
    made.sms.start();
    await smsc.until('bound', () => smsc.binds > binds);
    return made;
  };

  test('a short text is taken, then delivered when the network says so', async () => {
    const { sms, ...told } = await begun('Your number: 101');
    expect(used.problem()).toBeNull();
    expect(smsc.submitted).toEqual([
      { id: 'm1', to: '79161234567', from: 'Acme', text: 'Your number: 101', coding: 0, part: null },
    ]);
    expect(await smsc.report('m1', 'ENROUTE')).toBe(0);
    expect(await smsc.report('m1', 'DELIVRD')).toBe(0);
    await told.story.until(sms.id, 'delivered');
    expect((await told.story.find(sms.id)).state).toBe('delivered');
    expect(told.story.events.map(({ type, seq }) => `${seq} ${type}`)).toEqual([
      '1 sms.queued',
      '2 sms.sent',
      '3 sms.delivered',
    ]);
  });

  test('a long Cyrillic text arrives in parts that the phone puts together', async () => {
    const text = 'Здравствуйте! Меня зовут Анна 😀, мой номер — 101. '.repeat(4);
    const { sms, story: told } = await begun(text);
    expect(smsc.submitted.length).toBeGreaterThan(2);
    expect(smsc.submitted.map(({ text: part }) => part).join('')).toBe(text);
    expect(smsc.submitted.every(({ coding }) => coding === 8)).toBe(true);
    const total = smsc.submitted.length;
    const [first] = smsc.submitted;
    expect(smsc.submitted.map(({ part }) => part)).toEqual(
      smsc.submitted.map((_each, index) => [first?.part?.[0], total, index + 1]),
    );
    for (const { id } of smsc.submitted) await smsc.report(id, 'DELIVRD');
    await told.until(sms.id, 'delivered');
  });

  test('a long text with characters that need an escape keeps them whole', async () => {
    const text = `${'Price: 100€ [net] '.repeat(20)}~`;
    await begun(text);
    expect(smsc.submitted.map(({ text: part }) => part).join('')).toBe(text);
    expect(new Set(smsc.submitted.map(({ coding }) => coding))).toEqual(new Set([0]));
  });

  test('a refusal for good is told with its code', async () => {
    const told = await story();
    smsc.next.push({ status: 0x0b });
    const sms = await told.send('Hello');
    expect(await told.until(sms.id, 'failed')).toMatchObject({ code: 'smpp:0x0b' });
    expect(smsc.submitted).toHaveLength(1);
  });

  test('a refusal for now is tried again after a pause', async () => {
    const told = await story();
    smsc.next.push({ status: 0x58 });
    const sms = await told.send('Hello');
    await smsc.until('refused', () => smsc.submitted.length === 1);
    const waiting = async () => (await told.find(sms.id)).code === 'smpp:0x58';
    while (!(await waiting()));
    told.aheadMs = 10_000;
    await told.send('Another one wakes it', '+79160000000');
    await told.until(sms.id, 'sent');
    expect((await told.find(sms.id)).attempts).toBe(1);
  });

  test('cut off before the answer: nobody knows, so it is not sent again; what comes after is', async () => {
    const told = await story();
    smsc.next.push('drop');
    const sms = await told.send('Hello');
    expect(await told.until(sms.id, 'failed')).toMatchObject({ code: 'unconfirmed' });
    await smsc.until('bound anew', () => smsc.binds === 2);
    const second = await told.send('Still here');
    told.aheadMs = 6_000;
    await told.send('Another one wakes it', '+79160000000');
    await told.until(second.id, 'sent');
    expect(smsc.submitted.filter(({ text }) => text === 'Hello')).toHaveLength(1);
  });

  test('no answer in time counts as nobody knows', async () => {
    const told = await story({ answerMs: 50 });
    smsc.next.push('ignore');
    const sms = await told.send('Hello');
    expect(await told.until(sms.id, 'failed')).toMatchObject({ code: 'unconfirmed' });
  });

  test('what was being handed over when the service ended is not handed over again; what waited is', async () => {
    const told = await story();
    smsc.next.push('ignore');
    const cut = await told.send('Cut');
    await smsc.until('handed over', () => smsc.submitted.length === 1);
    stories.length = 0;
    // The process is gone: nothing it might still do reaches the database.
    await database.close();
    smsc.drop();
    database = await openDatabase({ url: place.url }, quietLog);
    const waiting = { ...cut, id: 'waited', text: 'Waited' };
    await database.sms.add(waiting);
    const after = await story();
    expect(await after.until(cut.id, 'failed')).toMatchObject({ code: 'unconfirmed' });
    await after.until('waited', 'sent');
    expect(smsc.submitted.map(({ text }) => text)).toEqual(['Cut', 'Waited']);
    await told.sms.stop();
  });

  test('a receipt that comes before the answer is not lost', async () => {
    smsc.reportsAtOnce = true;
    const told = await story();
    const sms = await told.send('Hello');
    await told.until(sms.id, 'delivered');
  });

  test('a receipt of failure tells why; a second receipt and one for an unknown message change nothing', async () => {
    const { sms, story: told } = await begun('Hello');
    expect(await smsc.report('nobody', 'DELIVRD')).toBe(0);
    expect(await smsc.report('m1', 'UNDELIV')).toBe(0);
    expect(await told.until(sms.id, 'failed')).toMatchObject({ code: 'receipt:UNDELIV:017' });
    expect(await smsc.report('m1', 'DELIVRD')).toBe(0);
    expect((await told.find(sms.id)).state).toBe('failed');
  });

  test('a receipt by optional parameters is understood, and so is one that names the message in decimal', async () => {
    const { sms, story: told } = await begun('Hello');
    await smsc.report('', '', { short_message: '', receipted_message_id: 'm1', message_state: 2 });
    await told.until(sms.id, 'delivered');
    await told.sms.stop();
    await database.sms.add({
      ...sms,
      id: 'hex',
      parts: [{ state: 'sent', gatewayId: null }],
      state: 'sent',
      dueAt: null,
    });
    await database.sms.change('hex', (each) => ({ ...each, parts: [{ state: 'sent', gatewayId: '1a2b' }] }));
    const decimal = await story({ receiptIds: 'decimal' });
    await smsc.report(String(0x1a2b), 'DELIVRD');
    await decimal.until('hex', 'delivered');
  });

  test("a customer's own message is taken and put aside", async () => {
    await story();
    expect(await smsc.say('Thank you')).toBe(0);
  });

  test('a server that answers nothing any more is left, and bound to anew', async () => {
    const times = { bindMs: 100, enquireMs: 50, firstPauseMs: 20, longestPauseMs: 200 };
    smsc.answersEnquiries = false;
    await story({ times });
    await smsc.until('bound anew', () => smsc.binds >= 2);
    expect(smsc.enquiries).toBeGreaterThan(0);
  });

  test('a wrong password is tried again, slower each time, and is in no log', async () => {
    await story({ password: 'wrong-secret' });
    await smsc.until('tried again', () => smsc.binds >= 3);
    expect(logged.join('\n')).toContain('does not let us bind');
    expect(logged.join('\n')).not.toMatch(/wrong-secret|Hello/);
  });

  test('without a connection a message waits, and fails with the reason when its time is over', async () => {
    const lonely = gateway({ port: 1 });
    const told = new SmsStory(database, lonely, 1_000);
    stories.push(told);
    told.sms.start();
    const sms = await told.send('Hello');
    expect(await told.until(sms.id, 'failed')).toMatchObject({ code: 'notConnected' });
    expect(lonely.problem()).toContain('no connection to the SMSC');
  });

  test('what is settled is forgotten after its time, with what its receipts would go by; what waits stays', async () => {
    const { sms, story: told } = await begun('Hello');
    await told.sms.stop();
    const dueAt = sms.createdAt + 1e9;
    await database.sms.add({ ...sms, id: 'waits', parts: [{ state: 'waiting', gatewayId: null }], dueAt });
    await database.sms.forget(sms.createdAt);
    expect(await database.sms.list(ALL_SMS)).toHaveLength(2);
    const later = new SmsStory(database, gateway({ port: 1 }), 1_000, 60_000);
    later.aheadMs = 61_000;
    later.sms.start();
    await later.sms.stop();
    expect((await database.sms.list(ALL_SMS)).map(({ id }) => id)).toEqual(['waits']);
    expect(await database.sms.partOf('m1')).toBeNull();
  });

  test('the list is by agent, number and state, newest first, page by page', async () => {
    const told = await story();
    const sent = [];
    for (const number of ['+79160000001', '+79160000002', '+79160000001']) {
      const sms = await told.send('Hello', number);
      sent.push(sms);
      await told.until(sms.id, 'sent');
      told.aheadMs += 1_000;
    }
    const ids = async (filter: object) => (await told.sms.list({ ...ALL_SMS, ...filter })).map(({ id }) => id);
    const [a, b, c] = sent.map(({ id }) => id);
    expect(await ids({})).toEqual([c, b, a]);
    expect(await ids({ number: '+79160000001' })).toEqual([c, a]);
    expect(await ids({ before: c, limit: 1 })).toEqual([b]);
    expect(await ids({ state: 'failed' })).toEqual([]);
    expect(await ids({ agentId: 'boris' })).toEqual([]);
    expect(await ids({ callId: 'c1', since: sent[1]?.createdAt ?? 0 })).toEqual([c, b]);
  });

  /** A message that the gateway has taken. */
  async function begun(text: string) {
    const told = await story();
    const sms = await told.send(text);
    await told.until(sms.id, 'sent');
    return { sms, story: told };
  }
});
