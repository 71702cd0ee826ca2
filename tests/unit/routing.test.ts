/** Where a call goes: numbers, allow lists, outgoing rules, destinations that lead nowhere. Pure: no Asterisk, no database. */
import { describe, expect, test } from '@jest/globals';
import type { LoadedConfiguration } from '../../src/app/configuration-store.js';
import type { AgentAccount } from '../../src/app/directory.js';
import type { Arrival } from '../../src/app/phone-system.js';
import { receive } from '../../src/app/receive.js';
import { type RoutingState, routeDialled, routeInbound, toDestination } from '../../src/app/routing.js';
import { indexSettings } from '../../src/app/settings-in-force.js';
import { matchesPattern } from '../../src/core/dial-rule.js';
import type { Destination, QueueSettings } from '../../src/core/queue/settings.js';
import { account, CENTRE, QUEUE } from '../support/configuration.js';
import { NO_CALLERS } from '../support/memory-contacts.js';
import { scenarioOf } from '../support/scenarios.js';

const CUSTOMER = { number: '+79161234567', name: 'Anna' };
const anna = account('101', { allow: ['8800XXXXXXX', '7.'] });
const boris = account('102');

function state(more: Partial<LoadedConfiguration> = {}, busy: readonly string[] = []): RoutingState {
  const settings = indexSettings({
    agents: [anna, boris],
    queues: [QUEUE],
    members: [],
    statuses: [],
    phoneLogins: [],
    trainers: [],
    teams: [],
    routes: [{ number: '100', to: { kind: 'queue', queueId: QUEUE.id }, priority: 3, record: false }],
    keySets: [],
    scenarios: [{ id: 'day', version: 3, scenario: scenarioOf({ end: { type: 'hangUp' } }) }],
    outgoingRules: [
      {
        id: 'any',
        position: 2,
        pattern: 'X.',
        strip: 0,
        prepend: '',
        address: 'PJSIP/{number}@trunk',
        callerNumber: null,
        record: false,
        detectMachines: false,
      },
      {
        id: 'free',
        position: 1,
        pattern: '8800.',
        strip: 1,
        prepend: '7',
        address: 'PJSIP/{number}@free',
        callerNumber: '74950000000',
        record: false,
        detectMachines: false,
      },
    ],
    centre: CENTRE,
    ...more,
  });
  return {
    settings,
    callers: NO_CALLERS,
    isFree: (id) => !busy.includes(id),
    isRung: () => false,
    presence: () => ({ loggedIn: 0, receiving: 0 }),
  };
}

const queueWith = (more: Partial<QueueSettings>): Partial<LoadedConfiguration> => ({ queues: [{ ...QUEUE, ...more }] });

describe('patterns', () => {
  test.each([
    ['8800XXXXXXX', '88001234567', true],
    ['8800XXXXXXX', '8800123456', false],
    ['8800XXXXXXX', '8800123456*', false],
    ['7.', '7', false],
    ['7.', '7*#', true],
    ['.', '1', true],
    ['+7X', '+75', true],
    ['112', '112', true],
    ['', '', true],
  ])('%s and %s: %s', (pattern, number, matches) => {
    expect(matchesPattern(pattern, number)).toBe(matches);
  });
});

describe('an agent dials', () => {
  const dial = (number: string, by: AgentAccount = anna, there = state()) => routeDialled(there, 'c1', by, number);

  test("another agent's number: all devices ring and show who calls", () => {
    expect(dial('102')).toMatchObject({
      kind: 'target',
      target: {
        agentId: 'a102',
        shows: { number: '101', name: 'Agent 101' },
        ringMs: 20_000,
        legs: [{ address: 'PJSIP/102' }],
      },
    });
  });

  test('an outside number: the first rule in order says how, and which number is shown', () => {
    expect(dial('88001234567')).toMatchObject({
      target: { agentId: null, shows: { number: '74950000000' }, legs: [{ address: 'PJSIP/78001234567@free' }] },
    });
    expect(dial('79031112233')).toMatchObject({
      target: { shows: { number: '101' }, legs: [{ address: 'PJSIP/79031112233@trunk' }] },
    });
  });

  test.each([
    ['sip:x@y', 'numberInvalid'],
    ['', 'numberInvalid'],
    ['1'.repeat(40), 'numberInvalid'],
    ['101', 'numberInvalid'],
    ['999', 'numberNotAllowed'],
  ])('%s is refused: %s', (number, refused) => {
    expect(dial(number)).toMatchObject({ refused });
  });

  test('an agent who is busy, or has no phone, or a number without a rule, is refused with the reason', () => {
    expect(dial('102', anna, state({}, ['a102']))).toMatchObject({ refused: 'agentBusy' });
    expect(dial('102', anna, state({ agents: [anna, account('102', { devices: [] })] }))).toMatchObject({
      refused: 'noDevice',
    });
    expect(dial('79031112233', anna, state({ outgoingRules: [] }))).toMatchObject({ refused: 'noOutgoingRule' });
  });

  test('a queue number joins the queue', () => {
    expect(dial('500')).toMatchObject({ kind: 'queue', entry: { queueId: 'sales' } });
  });
});

describe('a call from outside', () => {
  const to = (destination: Destination, there = state()) => toDestination(there, 'c1', CUSTOMER, destination, 0);

  test("goes by its number's route with the route's priority on top of the queue's, else by the default route", () => {
    expect(routeInbound(state(queueWith({ priority: 2 })), 'c1', CUSTOMER, '100')).toMatchObject({
      entry: { priority: 5 },
    });
    expect(routeInbound(state(), 'c1', CUSTOMER, '777')).toEqual({ kind: 'nowhere', reason: 'fallback' });
  });

  test('a queue that may not be joined sends it on; a circle of queues ends at the fallback', () => {
    const empty = { joinWhenEmpty: 'loggedIn' } as const;
    expect(
      to({ kind: 'queue', queueId: 'sales' }, state(queueWith({ ...empty, overflow: { kind: 'hangup' } }))),
    ).toEqual({
      kind: 'nowhere',
      reason: 'normal',
    });
    const circle = queueWith({ ...empty, overflow: { kind: 'queue', queueId: 'sales' } });
    expect(to({ kind: 'queue', queueId: 'sales' }, state(circle))).toEqual({ kind: 'nowhere', reason: 'fallback' });
  });

  test('a scenario is begun in the version that is published; one that is not there is the fallback', () => {
    expect(to({ kind: 'scenario', scenarioId: 'day' })).toMatchObject({
      kind: 'script',
      script: { name: 'scenario:day@3' },
    });
    expect(to({ kind: 'scenario', scenarioId: 'night' })).toEqual({ kind: 'nowhere', reason: 'fallback' });
  });

  test('an agent who is busy, gone or without a phone: the customer goes to the fallback, never nowhere', () => {
    const fallback = { kind: 'nowhere', reason: 'fallback' };
    expect(to({ kind: 'agent', agentId: 'a101' }, state({}, ['a101']))).toEqual(fallback);
    expect(to({ kind: 'agent', agentId: 'nobody' })).toEqual(fallback);
    expect(to({ kind: 'queue', queueId: 'nothing' })).toEqual(fallback);
    expect(to({ kind: 'number', number: '88001234567' }, state({ outgoingRules: [] }))).toEqual(fallback);
  });
});

describe('a leg that calls in', () => {
  const arrival = {
    callId: 'c1',
    legId: '1',
    endpoint: 'PJSIP/101',
    from: { number: '101', name: '' },
    dialled: '102',
    waitingSince: null,
  };

  test("an agent's phone is known by its endpoint, whatever number it claims", () => {
    const begun = receive(state(), { ...arrival, entrance: 'phone', from: { number: '102', name: 'Not me' } });
    expect(begun).toMatchObject({
      direction: 'internal',
      from: { number: '101', name: 'Agent 101' },
      leg: { agentId: 'a101' },
    });
  });

  test('a phone that belongs to no agent may dial nothing', () => {
    const begun = receive(state(), { ...arrival, entrance: 'phone', endpoint: 'PJSIP/999' });
    expect(begun).toMatchObject({ onward: { kind: 'nowhere', reason: 'rejected' } });
  });

  test('an outside caller cannot pass for an agent by naming an endpoint', () => {
    expect(receive(state(), { ...arrival, entrance: 'trunk' })).toMatchObject({
      direction: 'inbound',
      leg: { agentId: null },
    });
  });

  test('what a phone hears of a refusal: busy for busy, unknown for unknown, rejected for not allowed', () => {
    const heard = (dialled: string, there = state()) => {
      const begun = receive(there, { ...arrival, entrance: 'phone', dialled });
      return begun.type === 'arrive' && begun.onward.kind === 'nowhere' ? begun.onward.reason : null;
    };
    expect(heard('102', state({}, ['a102']))).toBe('busy');
    expect(heard('999')).toBe('rejected');
    expect(heard('sip:x')).toBe('unknownNumber');
  });
});

describe('somebody from the address book calls', () => {
  const card = { id: 'x', name: 'Анна Ёлкина', groupIds: [], managerId: null };
  const knownTo = (callers: Partial<RoutingState['callers']>, more: Partial<LoadedConfiguration> = {}) => ({
    ...state(more),
    callers: { ...NO_CALLERS, ...callers },
  });
  const arrival: Arrival = {
    ...{ callId: 'c1', legId: 'l1', entrance: 'trunk' as const, endpoint: 'PJSIP/trunk', dialled: '100' },
    waitingSince: null,
    from: { number: '+79161234567', name: '' },
  };

  test.each([
    ['', 'Анна Ёлкина'],
    ['+7 916 123-45-67', 'Анна Ёлкина'],
    ['ACME', 'ACME'],
  ])('a network that says "%s" for a name: %s', (name, shown) => {
    const there = knownTo({ contactOf: (number) => (number === '+79161234567' ? card : null) });
    expect(receive(there, { ...arrival, from: { ...arrival.from, name } })).toMatchObject({
      from: { number: '+79161234567', name: shown },
      leg: { party: { name: shown } },
    });
  });

  test('an agent who dials the number is shown the name', () => {
    const there = knownTo({ contactOf: () => card });
    expect(routeDialled(there, 'c1', anna, '79031112233')).toMatchObject({
      target: { party: { number: '79031112233', name: 'Анна Ёлкина' } },
    });
  });

  test.each([
    ['busy', 'busy'],
    ['declined', 'rejected'],
  ] as const)('a blocked number goes nowhere, as %s', (blockedCallers, reason) => {
    const there = knownTo({ isBlocked: () => true }, { centre: { ...CENTRE, blockedCallers } });
    expect(receive(there, arrival)).toMatchObject({ onward: { kind: 'nowhere', reason, outcome: 'blocked' } });
  });
});
