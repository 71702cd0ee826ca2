/** What a phone is told of its transfers. No Asterisk here. */
import { expect, test } from '@jest/globals';
import type { PhoneSystem, TransferState } from '../../src/app/phone-system.js';
import type { RoutingState } from '../../src/app/routing.js';
import { Switchboard } from '../../src/app/switchboard.js';
import { TransferKey } from '../../src/app/transfer-key.js';
import type { Beginning } from '../../src/core/call/command.js';
import type { Onward, Target } from '../../src/core/call/state.js';

const QUIET = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const BORIS: Target = {
  offerId: 'o1',
  agentId: 'boris',
  party: { number: '102', name: 'Boris' },
  shows: { number: '101', name: 'Anna' },
  legs: [{ id: 'second~b', address: 'PJSIP/102', autoAnswer: false }],
  ringMs: 15_000,
};
const QUEUE: Onward = {
  kind: 'queue',
  entry: { queueId: 'sales', priority: 0, music: 'default', maxWaitMs: null },
};
const OUTSIDE: Onward = {
  kind: 'target',
  target: { ...BORIS, agentId: null, legs: [{ id: 'first~c', address: 'PJSIP/7@trunk', autoAnswer: false }] },
};

/** Anna's phone has two lines: on `first` she talks to a customer, `second` goes onward. */
function twoLines(onward: Onward) {
  const told: (readonly [string, TransferState])[] = [];
  const phones: PhoneSystem = {
    status: 'connected',
    start: () => {},
    newCallId: () => '',
    together: (performing) => performing(),
    perform: async () => 'done',
    sound: () => {},
    tell: async () => undefined,
    tellTransfer: (legId, state) => void told.push([legId, state]),
    picture: async () => ({ legs: [], conversations: [], startedAt: null }),
    stop: async () => {},
  };
  const begins = (legId: string): Beginning => ({
    type: 'arrive',
    direction: 'internal',
    hangUpRule: 'recall',
    holdMusic: 'default',
    from: BORIS.shows,
    dialled: '7',
    language: 'en',
    leg: { id: legId, role: 'agent', party: BORIS.shows, agentId: 'anna', address: null },
    onward: legId === 'first' ? OUTSIDE : onward,
  });
  const switchboard = new Switchboard({
    mayPress: () => false,
    journal: { append: async () => {}, claim: async () => true, release: async () => {}, drain: async () => {} },
    phones,
    clock: { now: () => 1_000 },
    log: QUIET,
    listener: { decided: () => {}, published: () => {} },
    turnsAway: () => false,
    receive: ({ legId }) => begins(legId),
  });
  for (const id of ['first', 'second']) switchboard.originate(id, begins(id));
  switchboard.mailbox('first')?.observe({ type: 'legAnswered', legId: 'first~c' });
  const routing = (): RoutingState => {
    throw new Error('an attended transfer asks for no route');
  };
  const key = new TransferKey({ switchboard: () => switchboard, phones, routing, now: () => 1_000 });
  return { key, switchboard, told, stop: () => switchboard.stop() };
}

const toSecond = { legId: 'first', callId: 'first', to: { kind: 'leg', legId: 'second', callId: 'second' } } as const;

test('two lines are joined: answered, and nothing else', () => {
  const { key, told, stop } = twoLines({ kind: 'target', target: BORIS });
  key.asked(toSecond);
  expect(told).toEqual([['first', 'answered']]);
  stop();
});

test('the second line waits in a queue: the customer waits there instead', () => {
  const { key, switchboard, told, stop } = twoLines(QUEUE);
  key.asked(toSecond);
  expect(told).toEqual([['first', 'answered']]);
  expect(switchboard.mailbox('first')?.call).toMatchObject({
    lines: [{ members: [{ legId: 'first~c' }], stay: { queueId: 'sales' } }],
  });
  expect(switchboard.mailbox('second')?.call?.phase).toBe('ended');
  stop();
});

test('the second line hears a message and cannot be joined: declined, and never said to be answered', () => {
  const { key, switchboard, told, stop } = twoLines({ kind: 'say', announcementId: 'a', items: [], timeoutMs: 1_000 });
  key.asked(toSecond);
  expect(told).toEqual([['first', 'declined']]);
  expect(['first', 'second'].map((id) => switchboard.mailbox(id)?.call?.phase)).toEqual(['live', 'live']);
  stop();
});
