/** Sending a short message as a client asks for it: to whom, with which text, and what is refused. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { createExecutor, type Outcome } from '../../src/app/catalogue/execute.js';
import { customerOf } from '../../src/app/sms/recipient.js';
import type { CallView } from '../../src/app/view.js';
import { createFakeApplication, type FakeApplication, recordingLog } from '../support/fake-application.js';
import { callView } from '../support/fake-views.js';
import { memoryMessages } from '../support/memory-messages.js';

let application: FakeApplication;
let as: (agentId: string, name: string, input: object) => Promise<Outcome>;

const CUSTOMER = { number: '+79161234567', name: 'Пётр' };
/** Anna's call with a customer of her queue. */
const call = (number: string): CallView => {
  const view = callView('call-anna', 'anna');
  const legs = view.legs.map((leg) => (leg.agentId === null ? { ...leg, party: { ...CUSTOMER, number } } : leg));
  const members = legs.map(({ id }) => ({ legId: id, onHold: false, since: 1 }));
  return { ...view, queueId: 'sales', legs, lines: [{ ...line('l1'), members }] };
};
const line = (id: string): CallView['lines'][number] => ({
  id,
  state: 'active',
  members: [],
  ringing: [],
  calls: null,
  originId: null,
  conference: false,
  talkingSince: 1,
  recording: 'no',
  awaitsAgentId: null,
  parked: null,
  scenarioId: null,
});

beforeEach(async () => {
  application = await createFakeApplication();
  application.outside.sms.start();
  application.liveCalls.set('call-anna', call(CUSTOMER.number));
  const views = { ...application.views };
  const agent = views.agent;
  views.agent = (id) => {
    const view = agent(id);
    return view === null ? null : { ...view, callIds: [...application.liveCalls.keys()] };
  };
  const parts = { application: { ...application, views }, messages: memoryMessages().messages };
  const execute = createExecutor({
    ...parts,
    logins: { revokeAll: async () => {}, setPin: async () => {} },
    log: recordingLog(),
  });
  const role = (id: string) => (id === 'vera' ? 'supervisor' : 'agent');
  as = (agentId, name, input) => execute({ agentId, role: role(agentId) }, name, input);
});

const codeOf = (outcome: Outcome) => (outcome.ok ? 'ok' : outcome.error.code);
const card = {
  id: 'card',
  name: 'Card',
  language: 'ru',
  text: '{agent.name}, {agent.number}. {caller.name}! {queue.name}',
};

describe('to whom', () => {
  test('the customer of the present call, of a call that is named, or a number that the agent may dial', async () => {
    expect(await as('anna', 'sms.send', { text: 'Hello' })).toMatchObject({
      result: { number: CUSTOMER.number, callId: 'call-anna', agentId: 'anna', state: 'queued', parts: 1 },
    });
    expect(codeOf(await as('anna', 'sms.send', { callId: 'call-anna', text: 'Hello' }))).toBe('ok');
    expect(await as('anna', 'sms.send', { number: '89161112233', text: 'Hello' })).toMatchObject({
      result: { number: '+79161112233' },
    });
  });

  test("another agent's call does not exist", async () => {
    for (const callId of ['call-boris', 'none'])
      expect(codeOf(await as('anna', 'sms.send', { callId, text: 'Hello' }))).toBe('notFound');
  });

  test('a number that may not be dialled, an internal one and a feature code are refused', async () => {
    expect(codeOf(await as('anna', 'sms.send', { number: '+79161112233', text: 'Hello' }))).toBe('numberNotAllowed');
    for (const number of ['102', '5000', '*60', '8'])
      expect(codeOf(await as('anna', 'sms.send', { number, text: 'Hello' }))).toBe('numberInvalid');
  });

  test('a customer without a number, and no call at all, are told apart', async () => {
    application.liveCalls.set('call-anna', call('anonymous'));
    expect(codeOf(await as('anna', 'sms.send', { text: 'Hello' }))).toBe('numberInvalid');
    application.liveCalls.clear();
    expect(codeOf(await as('anna', 'sms.send', { text: 'Hello' }))).toBe('wrongState');
  });

  test('of several customers the one the agent talks with, before those on hold', () => {
    const view = call('1');
    const [own] = view.legs.filter(({ agentId }) => agentId === 'anna');
    const leg = (id: string, number: string) => ({ ...view.legs[0], id, agentId: null, party: { number, name: '' } });
    const legs = [own, leg('x', '100001'), leg('y', '100002')] as CallView['legs'];
    const member = (legId: string, onHold: boolean) => ({ legId, onHold, since: 1 });
    const held = { ...line('l1'), members: [member(own?.id ?? '', true), member('x', false)] };
    const active = { ...line('l2'), members: [member(own?.id ?? '', false), member('y', false)] };
    expect(customerOf({ ...view, legs, lines: [held, active] }, 'anna')?.number).toBe('100002');
    expect(customerOf({ ...view, legs, lines: [held] }, 'anna')?.number).toBe('100001');
    expect(customerOf({ ...view, legs: own === undefined ? [] : [own], lines: [] }, 'anna')).toBeNull();
  });
});

describe('what', () => {
  test('a template is filled with the agent, the caller and the queue', async () => {
    expect(codeOf(await as('vera', 'sms.templates.save', card))).toBe('ok');
    const sent = await as('anna', 'sms.send', { templateId: 'card' });
    expect(sent).toMatchObject({ result: { templateId: 'card', text: 'anna, 101. Пётр! sales' } });
  });

  test('either a template or a text, and a template that is there', async () => {
    expect(codeOf(await as('anna', 'sms.send', {}))).toBe('invalidInput');
    expect(codeOf(await as('anna', 'sms.send', { text: 'a', templateId: 'card' }))).toBe('invalidInput');
    expect(codeOf(await as('anna', 'sms.send', { templateId: 'none' }))).toBe('notFound');
    expect(codeOf(await as('anna', 'sms.send', { text: ' \n ' }))).toBe('invalidInput');
    expect(codeOf(await as('anna', 'sms.send', { text: 'a\u0007' }))).toBe('invalidInput');
  });

  test('a template with a field that does not exist, or a name that is taken, is refused', async () => {
    const unknown = await as('vera', 'sms.templates.save', { ...card, text: '{agent.phone}' });
    expect(unknown).toMatchObject({ error: { code: 'invalidInput', details: { unknown: ['agent.phone'] } } });
    await as('vera', 'sms.templates.save', card);
    expect(codeOf(await as('vera', 'sms.templates.save', { ...card, id: 'other' }))).toBe('alreadyExists');
    expect(codeOf(await as('anna', 'sms.templates.save', card))).toBe('forbidden');
    expect(codeOf(await as('vera', 'sms.templates.remove', { id: 'card' }))).toBe('ok');
    expect(codeOf(await as('vera', 'sms.templates.remove', { id: 'card' }))).toBe('notFound');
  });
});

test('more than ten in a minute are refused', async () => {
  const codes = [];
  for (let count = 0; count < 11; count += 1) codes.push(codeOf(await as('anna', 'sms.send', { text: 'Hello' })));
  expect(codes).toEqual([...Array.from({ length: 10 }, () => 'ok'), 'tooManyAttempts']);
});

test('agents list their own messages, supervisors all', async () => {
  await as('anna', 'sms.send', { text: 'Hello' });
  expect(await as('boris', 'sms.list', {})).toEqual({ ok: true, result: [] });
  expect(codeOf(await as('boris', 'sms.list', { agentId: 'anna' }))).toBe('forbidden');
  expect(await as('vera', 'sms.list', {})).toMatchObject({ result: [{ text: 'Hello' }] });
  expect(await as('anna', 'sms.list', { number: CUSTOMER.number })).toMatchObject({ result: [{ text: 'Hello' }] });
});
