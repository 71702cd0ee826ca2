/** Panels of an agent's lines and of what rings, from the service's picture of a call; and the options of keys as buttons. */
import { describe, expect, test } from '@jest/globals';
import type { CallView, LegView, LineView } from '../../src/app/view.js';
import type { Callback } from '../../src/core/callback/callback.js';
import { callbackCallsOf, customerOf, incomingOf, panelsOf, presentOf } from '../../web/src/calls/lines.js';
import {
  customerWithNumber,
  type OptionButton,
  optionButtons,
  optionCommands,
} from '../../web/src/calls/option-commands.js';
import { concerns } from '../../web/src/calls/own-calls.js';

const CUSTOMER = { number: '+79161234567', name: 'Irina' };

function leg(id: string, agentId: string | null, more: Partial<LegView> = {}): LegView {
  const party = agentId === null ? CUSTOMER : { number: agentId.slice(1), name: `Agent ${agentId.slice(1)}` };
  const role = agentId === null ? 'caller' : 'agent';
  return { id, role, party, agentId, phase: 'up', muted: false, answeredBy: null, since: 10, ...more };
}

function line(id: string, members: readonly (readonly [string, boolean])[], more: Partial<LineView> = {}): LineView {
  return {
    ...{ id, state: 'active', ringing: [], originId: null, conference: false, talkingSince: 20, recording: 'no' },
    members: members.map(([legId, onHold]) => ({ legId, onHold, since: 50 })),
    ...{ calls: null, awaitsAgentId: null, parked: null, scenarioId: null },
    ...more,
  };
}

function call(
  id: string,
  legs: readonly LegView[],
  lines: readonly LineView[],
  more: Partial<CallView> = {},
): CallView {
  return {
    ...{ id, legs, lines, direction: 'inbound', phase: 'talking', from: CUSTOMER, dialled: '500', queueId: 'sales' },
    ...{
      queueName: 'Sales',
      startedAt: 1,
      connectedAt: 20,
      endedAt: null,
      outcome: null,
      position: null,
      coachings: [],
      moves: [],
    },
    ...{ tags: ['order'], crm: null as never },
    ...more,
  };
}

const offer = (agentId: string, more: Partial<LineView['ringing'][number]> = {}): LineView['ringing'][number] => ({
  ...{ offerId: 'o1', purpose: 'queue', party: { number: '101', name: 'Agent 101' }, agentId, since: 40 },
  ...{ byAgentId: null, picksUp: null },
  ...more,
});

test('whose calls they are: of the others nothing is a line, and nothing rings', () => {
  const customer = leg('c', null);
  const coaching = { agentId: 'a102', coachId: 'a101', coachName: '', state: 'ringing', mode: 'listen' };
  const calls = [
    call(
      'mine',
      [customer, leg('a', 'a101')],
      [
        line('l1', [
          ['c', false],
          ['a', false],
        ]),
      ],
    ),
    call('rings', [customer], [line('l1', [['c', false]], { ringing: [offer('a101')] })]),
    call('trainer', [customer, leg('b', 'a102')], [], { coachings: [coaching as never] }),
    call('theirs', [customer, leg('b', 'a102')], [line('l1', [['c', false]], { ringing: [offer('a103')] })]),
    call('waits', [customer], [line('l1', [['c', false]])], { phase: 'queued', position: 1 }),
  ];
  const own = calls.filter((each) => concerns(each, 'a101'));
  expect(own.map(({ id }) => id)).toEqual(['mine', 'rings', 'trainer']);
  expect([panelsOf(own, 'a101'), incomingOf(own, 'a101')]).toEqual([
    panelsOf(calls, 'a101'),
    incomingOf(calls, 'a101'),
  ]);
  expect([panelsOf(own, 'a101').length, incomingOf(own, 'a101').length]).toEqual([1, 2]);
});

describe('what rings', () => {
  test('a call of a queue: who calls, through which queue, for how long', () => {
    const ringing = [offer('a101')];
    const rings = call(
      'c1',
      [leg('1', null), leg('2', 'a101', { phase: 'ringing' })],
      [line('l1', [['1', false]], { state: 'queued', ringing })],
    );
    expect(panelsOf([rings], 'a101')).toEqual([]);
    expect(incomingOf([rings], 'a101')).toMatchObject([
      { purpose: 'queue', who: CUSTOMER, queueName: 'Sales', tags: ['order'], since: 40, waitsSince: 1, lineId: 'l1' },
    ]);
    expect(incomingOf([rings], 'a102')).toEqual([]);
  });

  test('a consult: the colleague who asks, not the customer on hold', () => {
    const ringing = [offer('a102', { purpose: 'consult', byAgentId: 'a101' })];
    const consult = call(
      'c1',
      [leg('1', null), leg('2', 'a101')],
      [
        line(
          'l1',
          [
            ['1', false],
            ['2', true],
          ],
          { state: 'held' },
        ),
        line('l2', [['2', false]], { state: 'dialling', ringing }),
      ],
    );
    expect(incomingOf([consult], 'a102')).toMatchObject([{ who: { name: 'Agent 101' }, waitsSince: null }]);
  });

  test('before an own call: whom it is for', () => {
    const own = call(
      'c1',
      [leg('2', 'a101', { phase: 'ringing' })],
      [line('l1', [], { state: 'dialling', ringing: [offer('a101', { purpose: 'own' })] })],
      { direction: 'outbound', dialled: '+74951112233' },
    );
    expect(incomingOf([own], 'a101')).toMatchObject([{ purpose: 'own', who: { number: '+74951112233' } }]);
    const [first] = own.lines;
    if (first === undefined) throw new Error('no line');
    const named = { ...own, lines: [{ ...first, calls: { number: '+74951112233', name: 'Anna' } }] };
    expect(incomingOf([named], 'a101')).toMatchObject([{ who: { name: 'Anna' } }]);
    // Made by the system for a callback: nobody here has just asked for it.
    expect(incomingOf([named], 'a101', new Set(['c1']))).toMatchObject([{ purpose: 'callback' }]);
    expect(incomingOf([named], 'a101', new Set(['c2']))).toMatchObject([{ purpose: 'own' }]);
  });

  test("a callback's call is the one of its last attempt, while it is being made", () => {
    const attempt = { agentId: null, startedAt: 1, endedAt: null, result: null, passedOn: false };
    const attempts = [
      { ...attempt, callId: 'c1' },
      { ...attempt, callId: 'c2' },
    ];
    const callback = { id: 'b1', state: 'calling', attempts } as unknown as Callback;
    expect([...callbackCallsOf([callback])]).toEqual(['c2']);
    expect([...callbackCallsOf([{ ...callback, state: 'done' }])]).toEqual([]);
  });

  test('a trainer is asked by the agent, on no line', () => {
    const asked = call(
      'c1',
      [leg('1', null), leg('2', 'a101')],
      [
        line('l1', [
          ['1', false],
          ['2', false],
        ]),
      ],
      {
        coachings: [
          {
            ...{ agentId: 'a101', coachId: 'a109', coachName: 'Agent 109', byAgentId: 'a101', mode: 'whisper' },
            ...{ state: 'ringing', outcome: null },
          },
        ],
      },
    );
    expect(incomingOf([asked], 'a109')).toMatchObject([{ purpose: 'coach', lineId: null, who: { name: 'Agent 101' } }]);
  });
});

const consulting = call(
  'c1',
  [leg('1', null, { since: 5 }), leg('2', 'a101', { muted: true }), leg('3', 'a102', { since: 60 })],
  [
    line(
      'l1',
      [
        ['1', false],
        ['2', true],
      ],
      { state: 'held' },
    ),
    line(
      'l2',
      [
        ['2', false],
        ['3', false],
      ],
      { originId: 'l1' },
    ),
  ],
);

describe('panels', () => {
  test('the customer on hold and the colleague, each since both were there', () => {
    expect(panelsOf([consulting], 'a101')).toMatchObject([
      { state: 'held', main: CUSTOMER, since: 10, heldSince: 50, muted: true },
      { state: 'active', main: { name: 'Agent 102' }, since: 60, heldSince: null },
    ]);
  });

  test('the colleague sees one line, with the agent alone', () => {
    expect(panelsOf([consulting], 'a102')).toMatchObject([{ state: 'active', main: { name: 'Agent 101' } }]);
  });

  test('whoever has been put on hold by another waits', () => {
    const held = call(
      'c1',
      [leg('2', 'a101'), leg('3', 'a102')],
      [
        line(
          'l1',
          [
            ['2', false],
            ['3', true],
          ],
          { state: 'held' },
        ),
      ],
    );
    expect(panelsOf([held], 'a101').map(({ state }) => state)).toEqual(['waiting']);
  });

  test('a participant who is still rung can be found by the leg that rings', () => {
    const ringing = [offer('a103', { purpose: 'invite', party: { number: '103', name: 'Agent 103' } })];
    const invites = call(
      'c1',
      [leg('1', null), leg('2', 'a101'), leg('4', 'a103', { phase: 'ringing' })],
      [
        line(
          'l1',
          [
            ['1', false],
            ['2', false],
          ],
          { ringing },
        ),
      ],
    );
    expect(panelsOf([invites], 'a101')[0]?.parties).toMatchObject([
      { legId: '1', rings: false },
      { legId: '4', rings: true, party: { number: '103' } },
    ]);
  });

  test('they keep their places: older calls first, whatever order they come in', () => {
    const second = { ...consulting, id: 'c2', startedAt: 2 };
    const keys = ['c1/l1', 'c1/l2', 'c2/l1', 'c2/l2'];
    expect(panelsOf([second, consulting], 'a101').map(({ key }) => key)).toEqual(keys);
  });

  test('a shortcut means the line that is talked on, else the one held last', () => {
    const panels = panelsOf([consulting], 'a101');
    expect(presentOf(panels)?.lineId).toBe('l2');
    const held = panels.map((each, index) => ({ ...each, heldSince: 100 - index }));
    expect(presentOf(held)?.lineId).toBe('l1');
    expect(presentOf([])).toBeNull();
  });
});

describe('options of keys as buttons', () => {
  const named = (option: OptionButton['option'], name: string | null = null) => ({ option, name });
  const [held, active] = panelsOf([consulting], 'a101');
  if (held === undefined || active === undefined) throw new Error('two lines were to be seen');

  test('those with a parameter, each once', () => {
    const key = (sequence: string, option: object) => ({ sequence, option, reserved: false, name: null }) as never;
    const tag = { kind: 'tag', tag: 'order' };
    const buttons = optionButtons([
      ...[key('*1', { kind: 'hold' }), key('*2', tag), key('*3', tag), key('*4', { kind: 'transfer', number: null })],
      key('*5', { kind: 'transfer', number: '500' }),
    ]);
    expect(buttons.map(({ sequence, option }) => [sequence, option.kind])).toEqual([
      ['*2', 'tag'],
      ['*5', 'transfer'],
    ]);
  });

  test('become the commands that the key would give', () => {
    expect(optionCommands(named({ kind: 'scenario', scenarioId: 'survey' }, 'Survey'), held, [held, active])).toEqual([
      { name: 'call.transfer', input: { callId: 'c1', lineId: 'l1', to: { kind: 'scenario', scenarioId: 'survey' } } },
    ]);
    expect(optionCommands(named({ kind: 'blacklist', when: 'now' }), held, [held, active])).toEqual([
      { name: 'blacklist.add', input: { number: CUSTOMER.number } },
      { name: 'call.hangUp', input: { callId: 'c1', lineId: 'l1' } },
    ]);
  });

  test('block the customer of a conference without ending it for the others', () => {
    const all = ['1', '2', '3'].map((id) => [id, false] as const);
    const legs = [leg('1', null), leg('2', 'a101'), leg('3', 'a102')];
    const [together] = panelsOf([call('c1', legs, [line('l1', all, { conference: true })])], 'a101');
    if (together === undefined) throw new Error('a line was to be seen');
    expect(optionCommands(named({ kind: 'blacklist', when: 'now' }), together, [together])).toEqual([
      { name: 'blacklist.add', input: { number: CUSTOMER.number } },
      { name: 'call.removeParty', input: { callId: 'c1', legId: '1' } },
    ]);
  });

  test('of something that is not there any more say so; what names nothing needs no name', () => {
    for (const option of [
      { kind: 'scenario', scenarioId: 'x' },
      { kind: 'sms', templateId: 'x' },
      { kind: 'coach', trainerId: 'x' },
      { kind: 'callback', inMinutes: 5, queueId: 'x', priority: 'medium' },
    ] as const)
      expect(optionCommands(named(option), held, [held, active])).toBe('optionGone');
    expect(optionCommands(named({ kind: 'transfer', number: '89031112233' }), held, [held, active])).toHaveLength(1);
    const own = { kind: 'callback', inMinutes: 5, queueId: null, priority: 'medium' } as const;
    expect(optionCommands(named(own), held, [held, active])).toHaveLength(1);
  });

  test('call a trainer once: who rings, or is there, cannot be called again', () => {
    const coaching = { agentId: 'a101', coachId: 'a109', coachName: 'Agent 109', byAgentId: 'a101', mode: 'whisper' };
    const withTrainer = (state: string) =>
      panelsOf([{ ...consulting, coachings: [{ ...coaching, state, outcome: null }] as never }], 'a101');
    const why = (state: string, trainerId: string) => {
      const panels = withTrainer(state);
      const [panel] = panels;
      if (panel === undefined) throw new Error('a line was to be seen');
      return optionCommands(named({ kind: 'coach', trainerId }, 'Agent 109'), panel, panels);
    };
    for (const state of ['ringing', 'there']) expect(why(state, 'a109')).toBe('trainerCalled');
    expect([why('failed', 'a109'), why('there', 'a110')]).toEqual([[expect.anything()], [expect.anything()]]);
  });

  test('say why not where the customer has no number', () => {
    expect(customerOf(active)).toBeNull();
    expect(customerWithNumber(active)).toBeNull();
    expect(optionCommands(named({ kind: 'manager' }), active, [held, active])).toBe('noNumber');
  });
});
