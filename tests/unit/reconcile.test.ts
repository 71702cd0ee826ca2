/** A look at Asterisk in the middle of a call's steps: what is known of a leg counts where Asterisk cannot tell. No Asterisk here. */
import { describe, expect, test } from '@jest/globals';
import type { PhoneSystem, Picture, StepResult } from '../../src/app/phone-system.js';
import { Switchboard } from '../../src/app/switchboard.js';
import type { ActualStage, Step } from '../../src/core/call/plan.js';
import { actualLeg } from '../support/call-media.js';

const CALL = 'c1';
const AGENT_LEG = 'c1~a';
const ANNA = { number: '101', name: 'Anna' };
const CUSTOMER = { number: '+79160000000', name: '' };
const QUIET = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** A customer waits and Anna's phone is being rung; Asterisk has been sent the steps and has told nothing yet. */
async function ringing() {
  const steps: Step[] = [];
  let now = 1_000;
  let answer: StepResult = 'done';
  const phones: PhoneSystem = {
    status: 'connected',
    start: () => {},
    newCallId: () => CALL,
    together: (performing) => performing(),
    perform: async (step) => {
      steps.push(step);
      return step.type === 'dial' ? answer : 'done';
    },
    sound: () => {},
    tell: async () => undefined,
    tellTransfer: () => {},
    picture: async () => ({ legs: [], conversations: [], startedAt: null }),
    stop: async () => {},
  };
  const switchboard = new Switchboard({
    mayPress: () => false,
    journal: { append: async () => {}, claim: async () => true, release: async () => {}, drain: async () => {} },
    phones,
    clock: { now: () => now },
    log: QUIET,
    listener: { decided: () => {}, published: () => {} },
    turnsAway: () => false,
    receive: ({ legId }) => ({
      type: 'arrive',
      direction: 'inbound',
      hangUpRule: 'recall',
      holdMusic: 'default',
      from: CUSTOMER,
      dialled: '100',
      language: 'en',
      leg: { id: legId, role: 'caller', party: CUSTOMER, agentId: null, address: null },
      onward: { kind: 'queue', entry: { queueId: 'sales', priority: 0, music: 'default', maxWaitMs: null } },
    }),
  });
  const arrival = {
    callId: CALL,
    legId: '1',
    entrance: 'trunk',
    endpoint: 'PJSIP/trunk',
    from: CUSTOMER,
    dialled: '100',
    waitingSince: null,
  } as const;
  switchboard.arrived(arrival);
  const legs = [{ id: AGENT_LEG, address: 'PJSIP/101', autoAnswer: false }];
  const target = { offerId: 'o1', agentId: 'anna', party: ANNA, shows: CUSTOMER, legs, ringMs: 15_000 };
  await switchboard.mailbox(CALL)?.command({ type: 'offer', target });
  const look = (stage: ActualStage): Picture => ({
    legs: [
      { legId: '1', callId: CALL, actual: actualLeg('up'), arrival },
      { legId: AGENT_LEG, callId: CALL, actual: actualLeg(stage), arrival: null },
    ],
    conversations: [],
    startedAt: null,
  });
  const there = () =>
    switchboard.fact({ callId: CALL, media: { type: 'legThere', legId: AGENT_LEG, stage: 'created' }, call: null });
  const dials = () => steps.filter(({ type }) => type === 'dial').length;
  const stop = () => switchboard.stop();
  const later = (ms: number) => {
    now += ms;
  };
  const dialAnswers = (result: StepResult) => {
    answer = result;
  };
  return { switchboard, steps, look, there, dials, stop, later, dialAnswers };
}

describe('the controller looks at Asterisk while a phone is being rung', () => {
  test('a phone that was dialled and does not ring yet is not dialled again', async () => {
    const { switchboard, look, there, dials, stop } = await ringing();
    there();
    expect(dials()).toBe(1);
    switchboard.reconcile(look('created'), switchboard.revisions());
    expect(dials()).toBe(1);
    stop();
  });

  test('a phone that Asterisk would not dial yet is dialled once it is there, whatever the look showed', async () => {
    const { switchboard, look, there, dials, stop } = await ringing();
    switchboard.fact({ callId: CALL, media: { type: 'dialRefused', legId: AGENT_LEG }, call: null });
    switchboard.reconcile(look('created'), switchboard.revisions());
    there();
    expect(dials()).toBe(2);
    stop();
  });

  test('the connection is lost while a phone is dialled: if it does not ring two seconds after, it is dialled again', async () => {
    const { switchboard, look, there, dials, stop, later, dialAnswers } = await ringing();
    switchboard.fact({ callId: CALL, media: { type: 'dialRefused', legId: AGENT_LEG }, call: null });
    dialAnswers('lost');
    there();
    expect(dials()).toBe(2);
    await Promise.resolve();
    const again = () => switchboard.reconcile(look('created'), switchboard.revisions());
    again();
    expect(switchboard.inDoubt).toBe(true);
    later(1_999);
    again();
    expect(dials()).toBe(2);
    later(1);
    dialAnswers('done');
    again();
    expect(dials()).toBe(3);
    later(5_000);
    again();
    expect(dials()).toBe(3);
    expect(switchboard.inDoubt).toBe(false);
    stop();
  });

  test('a phone that rings after all is not dialled again, and is known to ring', async () => {
    const { switchboard, look, there, dials, stop, later, dialAnswers } = await ringing();
    switchboard.fact({ callId: CALL, media: { type: 'dialRefused', legId: AGENT_LEG }, call: null });
    dialAnswers('lost');
    there();
    await Promise.resolve();
    switchboard.reconcile(look('created'), switchboard.revisions());
    later(2_000);
    switchboard.reconcile(look('rings'), switchboard.revisions());
    expect(dials()).toBe(2);
    expect(switchboard.inDoubt).toBe(false);
    expect(switchboard.mailbox(CALL)?.call?.legs[AGENT_LEG]?.phase).toBe('ringing');
    stop();
  });

  test('a call that changed while the look was under way is left for the next one', async () => {
    const { switchboard, there, steps, stop } = await ringing();
    const before = switchboard.revisions();
    there();
    const sent = steps.length;
    expect(switchboard.reconcile({ legs: [], conversations: [], startedAt: null }, before)).toBe(1);
    expect(steps).toHaveLength(sent);
    stop();
  });

  test('what belongs to no call is cleared away, but not what began meanwhile', async () => {
    const { switchboard, steps, stop } = await ringing();
    const stray = { legId: 'c9~x', callId: 'c9', actual: actualLeg('up'), arrival: null };
    const empty = { callId: 'c9', conversationId: 'c9~b1', mode: 'pair' as const };
    switchboard.reconcile({ legs: [stray], conversations: [empty], startedAt: null }, new Map());
    expect(steps).toContainEqual({ type: 'release', legId: 'c9~x', reason: 'normal' });
    expect(steps).toContainEqual({ type: 'close', conversationId: 'c9~b1' });
    expect(switchboard.mailbox(CALL)?.call).toMatchObject({ phase: 'live', lines: [{ stay: { queueId: 'sales' } }] });
    stop();
  });
});
