/** Callers with a personal manager: the dispatcher, the agents' records and a call, with a clock of the test's own. */
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { agentFacts } from '../../src/app/agent-facts.js';
import { Agents, type AgentsListener } from '../../src/app/agents.js';
import type { CallMailbox } from '../../src/app/call-mailbox.js';
import { Dispatcher } from '../../src/app/dispatcher.js';
import { indexSettings } from '../../src/app/settings-in-force.js';
import type { CallCommand } from '../../src/core/call/command.js';
import { type Call, ringingOffers, waitingLine } from '../../src/core/call/state.js';
import type { QueueSettings } from '../../src/core/queue/settings.js';
import { isRefusal } from '../../src/core/refusal.js';
import { customerCalls, toQueue } from '../support/call-fixtures.js';
import { CallStory } from '../support/call-story.js';
import { account, CENTRE, QUEUE } from '../support/configuration.js';
import { initialConfiguration } from '../support/fake-configuration.js';

const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const journal = { append: async () => {}, claim: async () => true, release: async () => {}, drain: async () => {} };
const WAIT_MS = 10_000;
const CARD = { id: 'x', name: '', groupIds: [], managerId: 'a101' };

afterEach(() => {
  jest.useRealTimers();
});

/** A queue served by agents 102 and 103; 101 is everybody's manager and no member. */
class Desk {
  readonly #calls = new Map<string, CallStory>();
  readonly agents: Agents;
  readonly #dispatcher: Dispatcher;
  readonly #settings;
  connected = true;

  constructor(managerWaitMs: number, queue: Partial<QueueSettings> = {}) {
    jest.useFakeTimers({ now: 0 });
    const [ready] = initialConfiguration.statuses;
    if (ready === undefined) throw new Error('a status is needed');
    const settings = indexSettings({
      ...initialConfiguration,
      statuses: [ready, { ...ready, id: 'notReady', receiving: false }],
      agents: ['101', '102', '103'].map((number) => account(number)),
      queues: [{ ...QUEUE, ...queue }],
      members: ['a102', 'a103'].map((agentId) => ({ queueId: 'sales', agentId, priority: 0 })),
      centre: { ...CENTRE, managerWaitMs },
    });
    this.#settings = settings;
    const clock = { now: () => Date.now() };
    const changed: AgentsListener['changed'] = (...args) => this.#dispatcher.agentChanged(...args);
    const listener = { changed, published: () => {} };
    this.agents = new Agents({ journal, clock, log, policy: () => settings.policy, listener });
    this.agents.load([], settings.agents.keys());
    this.#dispatcher = new Dispatcher({
      ...{ clock, agents: this.agents, settings: () => settings, mayRing: () => this.connected },
      callers: { contactOf: () => CARD },
      mailbox: (id) => this.#mailbox(id),
    });
    this.#dispatcher.configure();
  }

  async ready(...ids: readonly string[]): Promise<void> {
    for (const id of ids) await this.agents.command(id, { type: 'logIn', sessionId: `s-${id}` });
  }

  calls(id: string): void {
    const story = new CallStory(customerCalls(toQueue('sales'), `${id}-caller`), Date.now(), id);
    this.#calls.set(id, story);
    this.#follow(story, null, 0);
  }

  /** Whose phones ring for the call. */
  ringing(id: string): readonly (string | null)[] {
    return ringingOffers(this.#story(id).call).map(({ agentId }) => agentId);
  }

  /** Since when the caller is in line. */
  since(id: string): number | undefined {
    return waitingLine(this.#story(id).call)?.stay.enteredAt;
  }

  position(id: string): number | null | undefined {
    return this.#dispatcher.desk('sales')?.line.position(id);
  }

  /** The phone of the agent gives this hang-up cause. */
  declines(id: string, agentId: string, cause: number): void {
    const leg = ringingOffers(this.#story(id).call).find((offer) => offer.agentId === agentId)?.legIds[0] ?? '';
    this.#told(id, (story) => story.leaves(leg, cause));
  }

  answers(id: string, agentId: string): void {
    const leg = ringingOffers(this.#story(id).call).find((offer) => offer.agentId === agentId)?.legIds[0] ?? '';
    this.#told(id, (story) => story.answers(leg));
  }

  /** As after Asterisk was away. */
  lookAgain(): void {
    this.#dispatcher.dispatchAll();
  }

  hangsUp(id: string): void {
    this.#told(id, (story) => story.leaves(`${id}-caller`));
  }

  #story(id: string): CallStory {
    const story = this.#calls.get(id);
    if (story === undefined) throw new Error(`there is no call ${id}`);
    return story;
  }

  #told(id: string, what: (story: CallStory) => unknown): void {
    const story = this.#story(id);
    story.now = Date.now();
    const [before, known] = [story.call, story.events.length];
    what(story);
    this.#follow(story, before, known);
  }

  #mailbox(id: string): CallMailbox | undefined {
    const story = this.#calls.get(id);
    if (story === undefined) return undefined;
    const decideNow = (command: CallCommand) => {
      story.now = Date.now();
      const [before, known] = [story.call, story.events.length];
      const result = story.command(command);
      if (!isRefusal(result)) this.#follow(story, before, known);
      return result;
    };
    return { call: story.call, decideNow } as unknown as CallMailbox;
  }

  /** As the centre does it. */
  #follow(story: CallStory, before: Call | null, known: number): void {
    const [after, events] = [story.call, story.events.slice(known)];
    this.#dispatcher.noteCall(before, after, events);
    const queueOf = (id: string) => this.#settings.queues.get(id);
    for (const { agentId, fact } of agentFacts(before, after, events, queueOf)) this.agents.observe(agentId, fact);
    this.#dispatcher.dispatch(before, after);
  }
}

describe('the personal manager is free', () => {
  test.each(['longestIdle', 'ringAll'] as const)('only the manager is rung first (%s)', async (strategy) => {
    const desk = new Desk(0, { strategy });
    await desk.ready('a101', 'a102', 'a103');
    desk.calls('c1');
    expect(desk.ringing('c1')).toEqual(['a101']);
    desk.answers('c1', 'a101');
    expect(desk.ringing('c1')).toEqual([]);
    expect(desk.agents.get('a101')?.callIds).toEqual(['c1']);
  });

  test.each([
    ['does not answer', 19],
    ['rejects', 21],
    ['is busy', 17],
  ])('and %s: the queue is asked, the place is kept', async (_what, cause) => {
    const desk = new Desk(WAIT_MS);
    await desk.ready('a101', 'a102');
    desk.calls('c1');
    jest.setSystemTime(4_000);
    desk.declines('c1', 'a101', cause);
    expect(desk.ringing('c1')).toEqual(['a102']);
    expect(desk.since('c1')).toBe(0);
  });
});

describe('the personal manager is busy', () => {
  const busy = async (waitMs: number) => {
    const desk = new Desk(waitMs);
    await desk.ready('a101', 'a102', 'a103');
    desk.calls('first');
    desk.answers('first', 'a101');
    desk.calls('c1');
    return desk;
  };

  test('and nobody is to wait for the manager: the queue is asked at once', async () => {
    expect((await busy(0)).ringing('c1')).toEqual(['a102']);
  });

  test('the caller waits for the manager, and the queue is asked when the time is over', async () => {
    const desk = await busy(WAIT_MS);
    expect([desk.ringing('c1'), desk.position('c1')]).toEqual([[], 1]);
    jest.advanceTimersByTime(WAIT_MS - 1);
    expect(desk.ringing('c1')).toEqual([]);
    jest.advanceTimersByTime(2);
    expect(desk.ringing('c1')).toEqual(['a102']);
  });

  test('and becomes free meanwhile: the manager is rung for the one who came first', async () => {
    const desk = await busy(WAIT_MS);
    desk.calls('c2');
    jest.advanceTimersByTime(1_000);
    desk.hangsUp('first');
    expect([desk.ringing('c1'), desk.ringing('c2')]).toEqual([['a101'], []]);
    jest.advanceTimersByTime(WAIT_MS);
    expect(desk.ringing('c2')).toEqual(['a102']);
  });

  test('and goes away meanwhile: the queue is asked at once', async () => {
    const desk = await busy(WAIT_MS);
    await desk.agents.command('a101', { type: 'setStatus', statusId: 'notReady' });
    expect(desk.ringing('c1')).toEqual(['a102']);
  });

  test('and the caller gives up: nobody is rung, now or later', async () => {
    const desk = await busy(WAIT_MS);
    desk.hangsUp('c1');
    jest.advanceTimersByTime(WAIT_MS * 2);
    desk.hangsUp('first');
    expect([desk.ringing('c1'), desk.agents.get('a101')?.offeredCallId]).toEqual([[], null]);
    expect(jest.getTimerCount()).toBe(0);
  });
});

test('phones cannot be rung for a while: the manager is rung first once they can', async () => {
  const desk = new Desk(WAIT_MS);
  await desk.ready('a101', 'a102');
  desk.connected = false;
  desk.calls('c1');
  expect(desk.ringing('c1')).toEqual([]);
  desk.connected = true;
  desk.lookAgain();
  expect(desk.ringing('c1')).toEqual(['a101']);
});

test('phones cannot be rung until the time is over: anybody is rung once they can', async () => {
  const desk = new Desk(WAIT_MS);
  await desk.ready('a101', 'a102');
  desk.connected = false;
  desk.calls('c1');
  jest.advanceTimersByTime(WAIT_MS + 2);
  expect(desk.ringing('c1')).toEqual([]);
  desk.connected = true;
  desk.lookAgain();
  expect(desk.ringing('c1')).toEqual(['a102']);
});

test('the personal manager is not logged in: the queue is asked at once', async () => {
  const desk = new Desk(WAIT_MS);
  await desk.ready('a102');
  desk.calls('c1');
  expect(desk.ringing('c1')).toEqual(['a102']);
});
