/** Colleagues: who is found, in which state each is shown, and what is told to those who watch. */
import { describe, expect, test } from '@jest/globals';
import type { Application } from '../../src/app/application.js';
import { colleague, colleagueById, findColleagues } from '../../src/app/colleagues.js';
import type { AgentAccount } from '../../src/app/directory.js';
import type { AgentView, Change, ColleagueView } from '../../src/app/view.js';
import { Colleagues } from '../../src/realtime/colleagues.js';
import type { ColleagueMessage } from '../../src/realtime/protocol.js';
import { account } from '../support/configuration.js';
import { initialConfiguration } from '../support/fake-configuration.js';
import { agentView } from '../support/fake-views.js';

type Seen = Pick<Application, 'views' | 'configuration'>;

/** A centre of these people, all as their views say. */
function centreOf(accounts: readonly AgentAccount[], view = (each: AgentAccount): AgentView => agentView(each, true)) {
  const configuration = { ...initialConfiguration, agents: accounts };
  let looks = 0;
  const agent = (id: string) => {
    looks += 1;
    const found = accounts.find((each) => each.id === id);
    return found === undefined ? null : view(found);
  };
  const seen = { configuration: () => configuration, views: { agent } } as unknown as Seen;
  return { seen, looks: () => looks };
}

const PEOPLE = [
  account('101', { name: 'Ольга Семёнова' }),
  account('102', { name: 'Борис Ильин' }),
  account('110', { name: 'Anna Petrova' }),
  account('230', { name: 'Борис Семенов', disabled: true }),
];

function found(text: string, limit = 50): readonly string[] {
  return findColleagues(centreOf(PEOPLE).seen, 'a110', { text, limit }).colleagues.map(({ name }) => name);
}

describe('searching', () => {
  test('by the beginning of any word of the name, in any order, ё and е alike', () => {
    expect(found('семе')).toEqual(['Ольга Семёнова']);
    expect(found('сем ол')).toEqual(['Ольга Семёнова']);
    expect(found('ьга')).toEqual([]);
  });

  test('by the beginning of the number', () => {
    expect(found('10')).toEqual(['Борис Ильин', 'Ольга Семёнова']);
    expect(found('102')).toEqual(['Борис Ильин']);
  });

  test('everybody by name, but oneself and those who may not log in', () => {
    expect(found('')).toEqual(['Борис Ильин', 'Ольга Семёнова']);
  });

  test('no more than asked for, and whether there are more', () => {
    const { seen } = centreOf(PEOPLE);
    expect(findColleagues(seen, 'nobody', { text: '', limit: 2 })).toMatchObject({ more: true });
    expect(findColleagues(seen, 'nobody', { text: '', limit: 3 })).toMatchObject({ more: false });
    expect(found('', 1)).toHaveLength(1);
  });

  test('of 10 000 agents only those shown, and one more, are looked at', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => account(String(10_000 + index)));
    const { seen, looks } = centreOf(many);
    expect(findColleagues(seen, 'a10000', { text: 'agent', limit: 50 }).colleagues).toHaveLength(50);
    expect(looks()).toBe(51);
  });
});

test('who somebody is or was is told by id: also oneself, and who may not log in any more', () => {
  const { seen } = centreOf(PEOPLE);
  expect(colleagueById(seen, 'a110')).toMatchObject({ name: 'Anna Petrova', state: 'free' });
  const gone = { id: 'a230', name: 'Борис Семенов', number: '230', state: 'loggedOut', statusId: null };
  expect(colleagueById(seen, 'a230')).toEqual(gone);
  expect(colleagueById(seen, 'a999')).toMatchObject({ refused: 'notFound' });
});

describe('what is seen of a colleague', () => {
  const someone = account('101');
  const status = agentView(someone, true).status;
  const states: readonly [ColleagueView['state'], Partial<AgentView>][] = [
    ['free', {}],
    ['ringing', { activity: 'ringing', callIds: ['c1'] }],
    ['busy', { activity: 'talking', callIds: ['c1'] }],
    ['away', { status: status === null ? null : { ...status, receiving: false } }],
    ['loggedOut', { loggedIn: false, status: null }],
    ['busy', { loggedIn: false, status: null, activity: 'talking' }],
  ];

  test.each(states)('%s, when %j', (state, more) => {
    const { seen } = centreOf([someone], (each) => ({ ...agentView(each, true), ...more }));
    expect(colleague(seen, 'a101')?.state).toBe(state);
  });

  test('no calls, no times, nobody who has set a status', () => {
    expect(colleague(centreOf([someone]).seen, 'a101')).toEqual({
      ...{ id: 'a101', name: 'Agent 101', number: '101', state: 'free', statusId: 'ready' },
    });
  });

  test('nothing of somebody who is gone, or may not log in', () => {
    const { seen } = centreOf([account('101', { disabled: true })]);
    expect([colleague(seen, 'a101'), colleague(seen, 'a999')]).toEqual([null, null]);
  });
});

describe('those who watch', () => {
  const change = (id: string): Change => ({ topic: 'agent', id, view: null, audience: { agentIds: [id] } });

  function watched() {
    const sent: ColleagueMessage[] = [];
    const turns: (() => void)[] = [];
    const world = { isWatched: true, state: 'free' as ColleagueView['state'], looks: 0 };
    const room = new Colleagues({
      isWatched: () => world.isWatched,
      look: (id) => {
        world.looks += 1;
        return { id, name: id, number: '1', state: world.state, statusId: null };
      },
      send: (message) => void sent.push(message),
      defer: (work) => void turns.push(work),
    });
    const turn = () => {
      for (const work of turns.splice(0)) work();
    };
    return { room, sent, turns, turn, world };
  }

  test('are told once of all that changes of a colleague in one turn', () => {
    const { room, sent, turns, turn } = watched();
    for (const id of ['anna', 'boris', 'anna']) room.publish(change(id));
    expect([turns.length, sent.length]).toEqual([1, 0]);
    turn();
    expect(sent.map(({ id }) => id)).toEqual(['anna', 'boris']);
  });

  test('are told nothing where what they see is as it was', () => {
    const { room, sent, turn, world } = watched();
    for (const state of ['free', 'free', 'busy', 'free'] as const) {
      world.state = state;
      room.publish(change('anna'));
      turn();
    }
    expect(sent.map(({ view }) => view?.state)).toEqual(['free', 'busy', 'free']);
  });

  test('and while there is nobody, nothing is looked at or put off', () => {
    const { room, turns, world } = watched();
    world.isWatched = false;
    room.publish(change('anna'));
    expect([turns.length, world.looks]).toEqual([0, 0]);
  });

  test('what changed and changed back while nobody watched is told to who watches next', () => {
    const { room, sent, turn, world } = watched();
    room.publish(change('anna'));
    turn();
    world.isWatched = false;
    room.watched();
    world.isWatched = true;
    room.publish(change('anna'));
    turn();
    expect(sent).toHaveLength(2);
  });
});
