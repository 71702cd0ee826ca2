// Agents with nothing but a telephone: they log in anywhere, choose statuses, hear and record messages, and call back, by feature codes.
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { OutgoingCall } from '../../lab/outgoing-call.js';
import type { SoundItem } from '../../src/core/call/state.js';
import { DID, TestCentre } from '../support/centre.js';
import { Ears } from '../support/ears.js';

jest.setTimeout(60_000);
const PIN = '4711';
/** A number as the agents may dial it. */
const CUSTOMER = { from: '79161234567', name: 'Anna Petrova' };
let centre: TestCentre;

beforeAll(async () => {
  centre = await TestCentre.start({ phones: ['101', '102', '103'] });
  // Phone 103 is nobody's.
  await centre.saveAgent('103', { devices: [] });
  for (const number of ['101', '102', '103']) await centre.pin(number, PIN);
});
afterEach(() => centre.reset());
afterAll(() => centre.stop());

const phone = (number: string) => centre.lab.bank.phone(number);
const isIn = (number: string) => centre.centre.views.agent(`a${number}`)?.loggedIn === true;

/** Dials a feature code; the centre hangs up when it is done. */
async function dialled(at: string, code: string, keys = ''): Promise<OutgoingCall> {
  const call = await phone(at).dial(code);
  await call.untilAnswered();
  if (keys !== '') await call.dtmf(keys);
  return call;
}

async function logIn(at: string, number: string): Promise<void> {
  const call = await dialled(at, '*11', `${number}#${PIN}#`);
  await centre.until(`${number} is logged in`, () => isIn(number));
  await call.untilEnded(15_000);
}

async function done(at: string, code: string): Promise<void> {
  await (await dialled(at, code)).untilEnded(15_000);
}

describe('logging in', () => {
  test('with number and PIN at a phone that is nobody’s: it rings for the agent, until the agent logs out', async () => {
    await logIn('103', '103');
    await done('103', '*21');
    expect(centre.status('103')).toBe('ready');
    const customer = await centre.lab.bank.trunk.call(DID, CUSTOMER);
    const agent = await centre.rung('103', 'the queue rings');
    await agent.answer();
    const ears = new Ears();
    await ears.add('customer', customer);
    await ears.add('agent', agent);
    await ears.expect({ customer: 'agent', agent: 'customer' });
    await customer.hangup();
    await agent.untilEnded();
    await done('103', '*12');
    expect(isIn('103')).toBe(false);
    await centre.until('the phone is nobody’s', () => centre.centre.configuration().phoneLogins.length === 0);
  });

  test('at a colleague’s phone: the colleague, who was at it, is logged out', async () => {
    await logIn('101', '101');
    await logIn('101', '102');
    expect([isIn('101'), isIn('102')]).toEqual([false, true]);
    const call = await phone('103').dial('102');
    // Nobody's phone may dial nothing but the login.
    await call.untilEnded();
    await centre.ready('101', '102');
    const customer = await centre.lab.bank.trunk.call(DID, CUSTOMER);
    await (await centre.rung('101', 'the queue rings agent 102 at phone 101')).answer();
    await centre.until('102 talks', () => centre.activity('102') === 'talking');
    await customer.hangup();
  });

  test('with a wrong PIN three times: the phone is let go, nobody is logged in', async () => {
    const call = await phone('103').dial('*11');
    await call.untilAnswered();
    for (const attempt of [1, 2, 3]) {
      await call.dtmf('103#0000#');
      await centre.until('the error is told', () => errorsTold() === attempt, 15_000);
      await centre.until('to its end', () => errorsOver(), 15_000);
    }
    await call.untilEnded(15_000);
    expect(isIn('103')).toBe(false);
  });

  test('stands after the controller was started anew', async () => {
    await logIn('103', '103');
    await centre.restart();
    await done('103', '*22');
    expect(centre.status('103')).toBe('notReady');
  });
});

const isError = (item: SoundItem) => 'name' in item && item.name === 'beeperr';
const errorsTold = () => centre.events('announcement.started').filter(({ items }) => items.some(isError)).length;

/** Nothing is being said, or the next question is. */
const errorsOver = () => {
  const ended = new Set(centre.events('announcement.ended').map(({ announcementId }) => announcementId));
  const errors = centre.events('announcement.started').filter(({ items }) => items.some(isError));
  return errors.every(({ announcementId }) => ended.has(announcementId));
};

/** What was said, without the numbers. */
const said = () =>
  centre
    .events('announcement.started')
    .flatMap(({ items }) => items.map((item) => ('name' in item ? item.name : item.kind)));

const saidLast = () => centre.events('announcement.started').at(-1)?.items;

describe('for somebody who is logged in', () => {
  test('the status is chosen and told; what the supervisor has blocked is refused', async () => {
    await logIn('101', '101');
    await done('101', '*23');
    expect(centre.status('101')).toBe('working');
    await done('101', '*20');
    expect(said()).toContain('digits');
    await centre.accepted(centre.centre.agents.forceStatus('admin', 'a101', 'notReady', true));
    await done('101', '*21');
    expect([centre.status('101'), said().includes('beeperr')]).toEqual(['notReady', true]);
  });

  test('a message is recorded, heard, and removed', async () => {
    await logIn('101', '101');
    const call = await phone('101').dial('*32');
    await call.untilAnswered();
    await call.playTone(650);
    await centre.until('it is being recorded', () => said().includes('vm-intro'));
    await centre.until('the dictation has begun', () => dictations() > 0, 20_000);
    await call.hears(1_500);
    await call.dtmf('#');
    const playback = await call.listen();
    await centre.until('it is played back', () => said().includes('vm-msgsaved'), 20_000);
    await call.stopTone();
    await call.hears(1_500);
    expect((await playback.stop()).hears(650)).toBe(true);
    await call.hangup();
    const hearing = await dialled('101', '*31');
    await centre.until('the first is played', () => said().includes('vm-message'), 20_000);
    await hearing.dtmf('7');
    await centre.until('it is removed', () => said().includes('vm-deleted'), 20_000);
    await hearing.untilEnded(20_000);
  });

  test('who called last is called back, and the number dialled last is dialled again', async () => {
    await logIn('101', '101');
    await done('101', '*21');
    const customer = await centre.lab.bank.trunk.call(DID, CUSTOMER);
    const agent = await centre.rung('101', 'the queue rings');
    await agent.answer();
    await centre.until('they talk', () => centre.activity('101') === 'talking');
    await customer.hangup();
    await agent.untilEnded();
    await centre.untilClean();
    for (const code of ['*42', CUSTOMER.from, '*41']) {
      const back = await phone('101').dial(code);
      const called = await centre.lab.bank.trunk.nextCall();
      await called.answer();
      const ears = new Ears();
      await ears.add('customer', called);
      await ears.add('agent', back);
      await ears.expect({ customer: 'agent', agent: 'customer' });
      await called.hangup();
      await back.untilEnded();
      await centre.untilClean();
    }
  });

  test('who called last is to be called back in ten minutes, by the system', async () => {
    await logIn('101', '101');
    await centre.ready('101');
    const customer = await centre.lab.bank.trunk.call(DID, CUSTOMER);
    const agent = await centre.rung('101', 'the queue rings');
    await agent.answer();
    await centre.until('they talk', () => centre.activity('101') === 'talking');
    await customer.hangup();
    await agent.untilEnded();
    await centre.untilClean();
    const call = await dialled('101', '*43', '10#');
    await call.untilEnded(20_000);
    const filter = { state: null, queueId: null, number: null, since: 0, until: Date.now() * 2, limit: 10 };
    const [callback] = await centre.centre.callbacks.list({ agentId: 'a101', role: 'agent' }, filter);
    expect(callback).toMatchObject({ number: CUSTOMER.from, queueId: null, agentId: 'a101', state: 'scheduled' });
    expect((callback?.dueAt ?? 0) - Date.now()).toBeGreaterThan(8 * 60_000);
  });

  test('a call that rings a colleague is taken over; where none rings that is told', async () => {
    await logIn('101', '101');
    await logIn('102', '102');
    await done('101', '*5');
    expect(said()).toContain('beeperr');
    await centre.ready('102');
    await centre.accepted(centre.centre.agents.setStatus('a101', 'notReady'));
    const customer = await centre.lab.bank.trunk.call(DID, CUSTOMER);
    const colleague = await centre.rung('102', 'the queue rings the colleague');
    const taking = await phone('101').dial('*5102');
    const ears = new Ears();
    await taking.untilAnswered();
    await ears.add('customer', customer);
    await ears.add('agent', taking);
    await ears.expect({ customer: 'agent', agent: 'customer' });
    await colleague.untilEnded();
    await customer.hangup();
    await taking.untilEnded();
  });

  test('a call is parked by a second call, whose slot is said, and taken by dialling the slot', async () => {
    await centre.accepted(centre.centre.agents.logIn('a102'));
    await centre.ready('101');
    const customer = await centre.lab.bank.trunk.call(DID, CUSTOMER);
    await (await centre.rung('101', 'the queue rings')).answer();
    const ears = new Ears();
    await ears.add('customer', customer);
    await done('101', '*6');
    expect(saidLast()).toEqual([{ kind: 'digits', value: '701' }]);
    await ears.expect({ customer: 'music' });
    const taking = await dialled('102', '701');
    await ears.add('colleague', taking);
    await ears.expect({ customer: 'colleague', colleague: 'customer' });
    // Nothing is on hold any more, and nobody waits in the slot.
    await done('101', '*6');
    expect(saidLast()).toContainEqual({ kind: 'sound', name: 'beeperr' });
    await done('101', '*7701');
    expect(saidLast()).toContainEqual({ kind: 'sound', name: 'beeperr' });
    await customer.hangup();
  });
});

const dictations = () =>
  centre.events('announcement.started').filter(({ items }) => items.some(({ kind }) => kind === 'dictation')).length;
