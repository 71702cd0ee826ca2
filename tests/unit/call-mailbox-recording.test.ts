/** A recording that begins in the moment in which the call ends: the call does not wait for the end of what never began. No Asterisk here. */
import { expect, test } from '@jest/globals';
import { CallMailbox } from '../../src/app/call-mailbox.js';
import type { PhoneSystem } from '../../src/app/phone-system.js';
import type { Step } from '../../src/core/call/plan.js';
import { agentTarget, customerCalls, toTarget } from '../support/call-fixtures.js';

/** A customer talks with Anna; Asterisk does what it is asked, and nothing is retired yet. */
async function talking() {
  const steps: Step[] = [];
  const retired: string[] = [];
  const nothing = () => {};
  const phones: PhoneSystem = {
    status: 'connected',
    start: nothing,
    newCallId: () => 'c9',
    together: (performing) => performing(),
    perform: async (step) => {
      steps.push(step);
      return 'done';
    },
    sound: nothing,
    tell: async () => undefined,
    tellTransfer: nothing,
    picture: async () => ({ legs: [], conversations: [], startedAt: null }),
    stop: async () => {},
  };
  const mailbox = new CallMailbox('c1', {
    journal: { append: async () => {}, claim: async () => true, release: async () => {}, drain: async () => {} },
    phones,
    clock: { now: () => 1_000 },
    log: { debug: nothing, info: nothing, warn: nothing, error: nothing },
    listener: { decided: nothing, published: nothing, retired: (id) => retired.push(id) },
    mayPress: () => false,
  });
  mailbox.begin(customerCalls(toTarget(agentTarget('anna')), 'one'));
  await settled();
  mailbox.fact({
    callId: 'c1',
    media: { type: 'legThere', legId: 'anna.1', stage: 'up' },
    call: { type: 'legAnswered', legId: 'anna.1' },
  });
  await settled();
  const record = () => mailbox.decideNow({ type: 'record', lineId: null, action: 'start', agentId: 'anna' });
  const gone = (legId: string) =>
    mailbox.fact({ callId: 'c1', media: { type: 'legGone', legId }, call: { type: 'legLeft', legId, cause: 16 } });
  const allGone = () => ['one', 'anna.1'].forEach(gone);
  const asked = () => steps.filter(({ type }) => type === 'record').length;
  return { mailbox, retired, record, allGone, asked };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

test('everybody hangs up before the recording was asked for: the call is over at once', async () => {
  const { mailbox, retired, record, allGone, asked } = await talking();
  record();
  allGone();
  await settled();
  expect(asked()).toBe(0);
  expect(mailbox.call).toMatchObject({ phase: 'ended', openRecordings: [] });
  expect(retired).toContain('c1');
});

test('of a recording that Asterisk was asked for the call waits for the end', async () => {
  const { mailbox, retired, record, allGone, asked } = await talking();
  record();
  await settled();
  expect(asked()).toBe(1);
  allGone();
  await settled();
  expect(retired).toEqual([]);
  const name = mailbox.call?.openRecordings[0]?.name ?? '';
  mailbox.observe({ type: 'recordingEnded', name, outcome: 'kept', durationMs: 5 });
  await settled();
  expect(retired).toContain('c1');
});
