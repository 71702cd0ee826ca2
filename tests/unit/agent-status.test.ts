/** What agents and supervisors may do with sessions and statuses. */
import { describe, expect, test } from '@jest/globals';
import type { AgentCommand } from '../../src/core/agent/command.js';
import { decideAgent } from '../../src/core/agent/decide.js';
import { newAgent } from '../../src/core/agent/evolve.js';
import type { AgentPolicy } from '../../src/core/agent/policy.js';
import type { Agent } from '../../src/core/agent/state.js';
import {
  agentAfter,
  changed,
  engaged,
  force,
  logIn,
  offerEnded,
  offered,
  policyWith,
  released,
  set,
  take,
} from '../support/agent-story.js';

const policy = policyWith();
const endWrapUp: AgentCommand = { type: 'endWrapUp' };
const logOut: AgentCommand = { type: 'logOut', by: 'agent' };

function asked(agent: Agent, command: AgentCommand, by: AgentPolicy = policy) {
  return decideAgent(agent, command, by);
}
const refusedAs = (refused: string) => expect.objectContaining({ refused });

describe('logging in and out', () => {
  test('after login the agent is in the status the administrator chose', () => {
    const result = asked(newAgent('anna'), logIn, policyWith({ statusAfterLogin: 'sessionStart' }));
    expect(result).toEqual([{ type: 'agent.loggedIn', sessionId: 's1' }, changed('sessionStart', 'system')]);
  });

  test('a second login is refused, even with the same session', () => {
    expect(asked(agentAfter(policy, [1, logIn]), logIn)).toEqual(refusedAs('alreadyLoggedIn'));
  });

  test('a login begins the session anew: no missed offers, no calls taken, idle from now', () => {
    const earlier = agentAfter(
      policy,
      [1, logIn],
      [2, offered('c')],
      [3, engaged('c')],
      [4, released('c')],
      [5, logOut],
    );
    const agent = take(earlier, { type: 'logIn', sessionId: 's2' }, policy, 60).agent;
    expect(agent).toMatchObject({ session: { id: 's2', since: 60 }, idleSince: 60, callsTaken: 0, missed: 0 });
  });

  test('a logout ends session and status', () => {
    const agent = agentAfter(policy, [1, logIn]);
    expect(asked(agent, logOut)).toEqual([{ type: 'agent.loggedOut', sessionId: 's1', by: 'agent' }]);
    expect(take(agent, logOut, policy, 9).agent).toMatchObject({ session: null, status: null });
  });

  test('a logout is refused while a call rings and while a call goes on', () => {
    const ringing = agentAfter(policy, [1, logIn], [2, offered('c')]);
    const talking = agentAfter(policy, [1, logIn], [2, offered('c')], [3, engaged('c')]);
    expect(asked(ringing, logOut)).toEqual(refusedAs('inCall'));
    expect(asked(talking, logOut)).toEqual(refusedAs('inCall'));
    expect(asked(talking, { type: 'logOut', by: 'supervisor' })).toEqual(refusedAs('inCall'));
  });

  test.each([logOut, set('notReady'), force('notReady', true), endWrapUp])(
    'without a login there is nothing to change: $type',
    (command) => {
      expect(asked(newAgent('anna'), command)).toEqual(refusedAs('notLoggedIn'));
    },
  );
});

describe('choosing a status', () => {
  const ready = agentAfter(policy, [1, logIn]);

  test('the agent goes not ready', () => {
    expect(asked(ready, set('notReady'))).toEqual([changed('notReady', 'agent')]);
  });

  test('choosing the present status again changes nothing', () => {
    expect(asked(ready, set('ready'))).toEqual([]);
  });

  test('a status that does not exist, or is not for agents to choose, is refused', () => {
    expect(asked(ready, set('lunch'))).toEqual(refusedAs('statusUnknown'));
    expect(asked(ready, set('noAnswer'))).toEqual(refusedAs('statusNotSelectable'));
  });

  test('a status chosen during a call holds at once, and wrap-up returns to it', () => {
    const agent = agentAfter(policy, [1, logIn], [2, engaged('c')], [3, set('notReady')]);
    expect(agent.status).toMatchObject({ id: 'notReady', since: 3 });
    expect(take(agent, released('c', 30), policy, 10).agent.status).toMatchObject({
      id: 'callHandling',
      next: 'notReady',
      until: 40,
    });
  });
});

describe('a supervisor forces a status', () => {
  const ready = agentAfter(policy, [1, logIn]);
  const blocked = agentAfter(policy, [1, logIn], [2, force('notReady', true)]);

  test('and the supervisor is on record', () => {
    expect(asked(ready, force('notReady', true))).toEqual([
      changed('notReady', 'supervisor', { blocking: true, byAgentId: 'boss' }),
    ]);
  });

  test('a blocked agent cannot leave it, and an error says so', () => {
    expect(asked(blocked, set('ready'))).toEqual(refusedAs('statusBlocked'));
  });

  test('a blocked agent is moved, or let go, by a supervisor', () => {
    expect(asked(blocked, force('ready', false))).toEqual([changed('ready', 'supervisor', { byAgentId: 'boss' })]);
    const freed = take(blocked, force('notReady', false), policy, 5).agent;
    expect(asked(freed, set('ready'))).toEqual([changed('ready', 'agent')]);
  });

  test('statuses that agents may not choose can be forced, unknown ones cannot', () => {
    expect(asked(ready, force('noAnswer', false))).toEqual([changed('noAnswer', 'supervisor', { byAgentId: 'boss' })]);
    expect(asked(ready, force('lunch', false))).toEqual(refusedAs('statusUnknown'));
  });

  test('forcing what is already so changes nothing', () => {
    expect(asked(blocked, force('notReady', true))).toEqual([]);
  });

  test('forcing wrap-up on an agent who is in it takes its timer away', () => {
    const wrappingUp = agentAfter(policy, [1, logIn], [2, engaged('c')], [3, released('c', 30)]);
    const agent = take(wrappingUp, force('callHandling', false), policy, 5).agent;
    expect(agent.status).toMatchObject({ id: 'callHandling', until: null, next: null, setBy: 'supervisor' });
  });
});

describe('ending wrap-up early', () => {
  const wrappingUp = agentAfter(policy, [1, logIn], [2, engaged('c')], [3, set('working')], [4, released('c', 30)]);

  test('the agent is back in the status before', () => {
    expect(asked(wrappingUp, endWrapUp)).toEqual([changed('working', 'agent')]);
  });

  test('choosing another status ends wrap-up as well', () => {
    const agent = take(wrappingUp, set('notReady'), policy, 10).agent;
    expect(agent.status).toMatchObject({ id: 'notReady', until: null, next: null });
  });

  test('outside wrap-up there is none to end, not even in the status of that name by choice', () => {
    const selectable = policyWith({}, { id: 'callHandling', selectable: true });
    expect(asked(agentAfter(policy, [1, logIn]), endWrapUp)).toEqual(refusedAs('notInWrapUp'));
    const chosen = agentAfter(selectable, [1, logIn], [2, set('callHandling')]);
    expect(asked(chosen, endWrapUp, selectable)).toEqual(refusedAs('notInWrapUp'));
  });

  test('where the administrator makes wrap-up blocking, it runs its time', () => {
    const strict = policyWith({}, { id: 'callHandling', blocking: true });
    const agent = agentAfter(strict, [1, logIn], [2, engaged('c')], [3, released('c', 30)]);
    expect(asked(agent, endWrapUp, strict)).toEqual(refusedAs('statusBlocked'));
    const later = take(agent, { type: 'clock' }, strict, 33).agent;
    expect(later.status).toMatchObject({ id: 'ready', blocking: false });
  });

  test('a supervisor’s block outlives wrap-up', () => {
    const agent = agentAfter(
      policy,
      [1, logIn],
      [2, engaged('c')],
      [3, force('notReady', true)],
      [4, released('c', 30)],
    );
    expect(asked(agent, set('ready'))).toEqual(refusedAs('statusBlocked'));
    const later = take(agent, { type: 'clock' }, policy, 34).agent;
    expect(later.status).toMatchObject({ id: 'notReady', blocking: true });
  });
});

test('an agent whom the system set to a blocking No answer must ask a supervisor', () => {
  const strict = policyWith({ missedLimit: 1 }, { id: 'noAnswer', blocking: true });
  const agent = agentAfter(strict, [1, logIn], [2, offered('c')], [3, offerEnded('c', 'noAnswer')]);
  expect(agent.status).toMatchObject({ id: 'noAnswer', setBy: 'system', blocking: true });
  expect(asked(agent, set('ready'), strict)).toEqual(refusedAs('statusBlocked'));
  expect(asked(agent, force('ready', false), strict)).toEqual([changed('ready', 'supervisor', { byAgentId: 'boss' })]);
});
