// A whole working day of an agent who has nothing but a telephone, on a real Asterisk: everything is done by dialling and by keys.
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Call } from '../../lab/call.js';
import type { Key, Option } from '../../src/core/option/option.js';
import { CUSTOMER, DID, TestCentre } from '../support/centre.js';
import { Ears } from '../support/ears.js';

jest.setTimeout(120_000);
const LIMIT_MS = 15_000;
const PIN = '2580';
const KEYS: Readonly<Record<string, Option>> = {
  '*1': { kind: 'hold' },
  '*2': { kind: 'consult', number: null },
  '*3': { kind: 'complete' },
  '*4': { kind: 'conference' },
  '*6': { kind: 'swap' },
  '*7': { kind: 'record', action: 'toggle' },
  '*0': { kind: 'hangUp' },
  '#': { kind: 'transfer', number: null },
};
let centre: TestCentre;
let ears: Ears;

beforeAll(async () => {
  centre = await TestCentre.start({ phones: ['101', '102', '103'], settings: { missedLimit: 0 } });
  // The agent has no phone: 103 is nobody's, until somebody logs in there.
  await centre.saveAgent('103', { devices: [], mayRecord: true });
  const keys = Object.entries(KEYS).map(([sequence, option]): Key => ({ sequence, option, reserved: false }));
  await centre.configure((store) =>
    store.saveKeySet({ scope: 'centre', ownerId: 'centre', betweenDigitsMs: 1_000, keys }),
  );
  await centre.pin('103', PIN);
});
afterAll(() => centre.stop());

function phone(number: string) {
  return centre.lab.bank.phone(number);
}

/** Dials a feature code and waits until the centre has hung up. */
async function dials(code: string, keys = ''): Promise<void> {
  const call = await phone('103').dial(code);
  await call.untilAnswered();
  if (keys !== '') await call.dtmf(keys);
  await call.untilEnded(LIMIT_MS);
}

/** A customer calls, and the agent's phone is answered. */
async function takesCall(): Promise<{ readonly customer: Call; readonly agent: Call }> {
  const customer = await centre.lab.bank.trunk.call(DID, CUSTOMER);
  const agent = await centre.rung('103', 'the queue rings');
  expect(agent.callerNumber).toBe(CUSTOMER.from);
  await agent.answer();
  ears = new Ears();
  await ears.add('customer', customer);
  await ears.add('agent', agent);
  await ears.expect({ customer: 'agent', agent: 'customer' });
  return { customer, agent };
}

const isAfterCall = () =>
  centre.until('the wrap-up has begun', () => centre.status('103') === 'callHandling', LIMIT_MS);

test('an agent with a telephone alone gets through a whole working day', async () => {
  await centre.queue({ wrapUpMs: 60_000 });
  await dials('*11', `103#${PIN}#`);
  await dials('*21');
  expect(centre.status('103')).toBe('ready');

  // Hold, ask a colleague, go back and forth, and bring the two together.
  const first = await takesCall();
  await first.agent.dtmf('*1');
  await ears.expect({ customer: 'music', agent: '' });
  await first.agent.dtmf('*1');
  await ears.expect({ customer: 'agent', agent: 'customer' });
  await first.agent.dtmf('*2');
  await first.agent.dtmf('102#');
  const colleague = await centre.rung('102', 'the colleague is asked');
  await colleague.answer();
  await ears.add('colleague', colleague);
  await ears.expect({ customer: 'music', agent: 'colleague', colleague: 'agent' });
  await first.agent.dtmf('*6');
  await ears.expect({ customer: 'agent', agent: 'customer', colleague: 'music' });
  await first.agent.dtmf('*3');
  await first.agent.untilEnded(LIMIT_MS);
  await ears.expect({ customer: 'colleague', colleague: 'customer' });
  await first.customer.hangup();
  await colleague.untilEnded(LIMIT_MS);

  // After the call: the notes are done sooner than the time given for them.
  await isAfterCall();
  await dials('*29');
  await centre.until('ready again', () => centre.status('103') === 'ready', LIMIT_MS);

  // A call is recorded, made a conference, and handed on with # and the number.
  const second = await takesCall();
  await second.agent.dtmf('*7');
  await centre.until('it is recorded', () => centre.calls()[0]?.lines[0]?.recording === 'yes', LIMIT_MS);
  await second.agent.hears(1_500);
  await second.agent.dtmf('#');
  await second.agent.dtmf('102#');
  const next = await centre.rung('102', 'the call is handed on');
  await next.answer();
  await second.agent.untilEnded(LIMIT_MS);
  await ears.add('next', next);
  await ears.expect({ customer: 'next', next: 'customer' });
  await second.customer.hangup();
  await next.untilEnded(LIMIT_MS);
  await centre.untilClean(LIMIT_MS);

  // What was recorded is listened to: the customer's tone is on it.
  await isAfterCall();
  const listening = await phone('103').dial('*33');
  await listening.untilAnswered();
  const heard = await listening.hears(3_000);
  expect(heard.hears(ears.toneOf('customer'))).toBe(true);
  await listening.hangup();

  // A break, and home.
  await dials('*22');
  expect(centre.status('103')).toBe('notReady');
  await dials('*12');
  expect(centre.centre.views.agent('a103')?.loggedIn).toBe(false);
  await centre.untilClean(LIMIT_MS);
});
