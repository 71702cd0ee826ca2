/** Two calls are joined while Asterisk still owes answers: they are told to the call that has the party now. No Asterisk here. */
import { expect, test } from '@jest/globals';
import { CallMailbox } from '../../src/app/call-mailbox.js';
import { join } from '../../src/app/joining.js';
import type { PhoneSystem, StepResult } from '../../src/app/phone-system.js';
import type { Step } from '../../src/core/call/plan.js';
import { isRefusal } from '../../src/core/refusal.js';
import { agentTarget, customerCalls, toTarget } from '../support/call-fixtures.js';
import { consult } from '../support/call-lines.js';

interface Asked {
  readonly step: Step;
  readonly answer: (result: StepResult) => void;
}

/** Asterisk does what it is asked when the test says so. */
function slowPhones() {
  const asked: Asked[] = [];
  const phones: PhoneSystem = {
    status: 'connected',
    start: () => {},
    newCallId: () => 'c9',
    together: (performing) => performing(),
    perform: (step) => new Promise((answer) => asked.push({ step, answer })),
    sound: () => {},
    tell: async () => undefined,
    tellTransfer: () => {},
    picture: async () => ({ legs: [], conversations: [], startedAt: null }),
    stop: async () => {},
  };
  return { asked, phones };
}

test('a phone that cannot be reached after all: the customer who was joined with it goes back to the agent', async () => {
  const { asked, phones } = slowPhones();
  const nothing = () => {};
  const ports = {
    journal: { append: async () => {}, claim: async () => true, release: async () => {}, drain: async () => {} },
    phones,
    clock: { now: () => 1_000 },
    log: { debug: nothing, info: nothing, warn: nothing, error: nothing },
    listener: { decided: nothing, published: nothing, retired: nothing },
    mayPress: () => false,
  };
  const [first, second] = [new CallMailbox('c1', ports), new CallMailbox('c2', ports)];
  first.begin(customerCalls(toTarget(agentTarget('anna')), 'one'));
  first.observe({ type: 'legAnswered', legId: 'anna.1' });
  second.begin(customerCalls(toTarget(agentTarget('anna', 1, 2)), 'two'));
  second.observe({ type: 'legAnswered', legId: 'anna#2.1' });
  await second.written();
  // On the first call Anna asks Boris, and joins him, who is only just being rung, with the customer of the second.
  first.decideNow(consult(agentTarget('boris')));
  const joined = join('anna', { mailbox: first, lineId: 'c1~l2' }, { mailbox: second, lineId: null }, false, 1_000);
  expect(isRefusal(joined)).toBe(false);
  const create = asked.find(({ step }) => step.type === 'create' && step.legId === 'boris.1');
  create?.answer('unreachable');
  await second.written();
  await new Promise((resolve) => setImmediate(resolve));
  expect(second.call?.legs['boris.1']).toBeUndefined();
  expect(second.call).toMatchObject({
    lines: [{ members: [{ legId: 'two' }], orphan: { agentId: 'anna' }, offers: [] }],
  });
  for (const mailbox of [first, second]) mailbox.stop();
});
