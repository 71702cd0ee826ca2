/** Whatever happens in whatever order: a callback never has two live attempts, none is lost, and each attempt is noted. */
import { afterEach, expect, jest, test } from '@jest/globals';
import type { CallEvent, CallEventBody } from '../../src/core/call/event.js';
import { isOver } from '../../src/core/callback/callback.js';
import { QUEUE_CALLBACK_RULE, WEEKDAYS } from '../../src/core/callback/rule.js';
import { CallbackScene, callback, callEnded, DUE_AT } from '../support/callback-scene.js';
import fc, { PROPERTY_LIMIT_MS } from '../support/properties.js';

jest.setTimeout(PROPERTY_LIMIT_MS);

const MINUTE_MS = 60_000;
const IDS = ['a', 'b', 'c'] as const;
const OUTCOMES = ['answered', 'busy', 'noAnswer', 'lost', 'abandoned', 'unknownNumber'] as const;

const ALWAYS = { hours: [{ days: WEEKDAYS, from: '00:00', to: '24:00' }] };

const which = fc.nat({ max: 5 });
const minutes = fc.integer({ min: -30, max: 90 }).map((each) => each * MINUTE_MS);
const some = (weight: number) => ({ weight });
const action = fc.oneof(
  { ...some(4), arbitrary: fc.record({ do: fc.constant('look' as const) }) },
  {
    ...some(2),
    arbitrary: fc.record({ do: fc.constant('free' as const), agents: fc.nat({ max: 3 }), seeking: fc.nat({ max: 1 }) }),
  },
  // Clocks are put forward and back, and machines sleep.
  { ...some(4), arbitrary: fc.record({ do: fc.constant('clock' as const), byMs: minutes }) },
  { ...some(1), arbitrary: fc.record({ do: fc.constant('answers' as const), which }) },
  { ...some(1), arbitrary: fc.record({ do: fc.constant('connects' as const), which }) },
  {
    ...some(3),
    arbitrary: fc.record({ do: fc.constant('ends' as const), which, outcome: fc.constantFrom(...OUTCOMES) }),
  },
  { ...some(1), arbitrary: fc.record({ do: fc.constant('cancel' as const), id: fc.constantFrom(...IDS) }) },
  { ...some(1), arbitrary: fc.record({ do: fc.constant('customerCalls' as const), id: fc.constantFrom(...IDS) }) },
  {
    ...some(2),
    arbitrary: fc.record({
      do: fc.constant('database' as const),
      is: fc.constantFrom('none', 'none', 'gone', 'cutOff'),
    }),
  },
  { ...some(1), arbitrary: fc.record({ do: fc.constant('inCharge' as const), is: fc.boolean() }) },
  // Killed, perhaps between the word that an attempt begins and its dialling; calls may end while nobody runs.
  { ...some(1), arbitrary: fc.record({ do: fc.constant('kill' as const), atNextBegin: fc.boolean() }) },
  {
    ...some(3),
    arbitrary: fc.record({ do: fc.constant('restart' as const), ended: fc.array(which, { maxLength: 1 }) }),
  },
);
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

/** The scene with calls as history and Asterisk have them. */
class Story {
  readonly scene = new CallbackScene();
  readonly #seq = new Map<string, number>();
  #runs = false;
  #killAtBegin = false;

  async begin(): Promise<this> {
    for (const id of IDS) await this.scene.store.add(callback({ id, number: id, nextAt: DUE_AT }));
    this.scene.store.onEvent(({ type }) => {
      if (type === 'callback.calling' && this.#killAtBegin) void this.#kill();
    });
    this.scene.free = 3;
    this.scene.queueRule = { ...QUEUE_CALLBACK_RULE, ...ALWAYS, attempts: 5, graceMs: 180 * MINUTE_MS };
    await this.restart([]);
    return this;
  }

  /** Of those going on. */
  #call(index: number): string | undefined {
    const live = [...this.scene.live];
    return live[index % Math.max(1, live.length)];
  }

  async does(what: Action): Promise<void> {
    const { scene } = this;
    switch (what.do) {
      case 'look':
        if (this.#runs) scene.scheduler.wake();
        break;
      case 'free':
        scene.free = what.agents;
        scene.callers = Array.from({ length: what.seeking }, () => ({ priority: 0, since: 0 }));
        break;
      case 'clock':
        scene.now += what.byMs;
        break;
      case 'answers': {
        const queued = { lineId: 'l', queueId: 'sales', enteredAt: 0, priority: 0, music: '', maxWaitAt: null };
        this.#happens(this.#call(what.which), { type: 'call.queued', ...queued });
        break;
      }
      case 'connects': {
        const connected = { lineId: 'l', legId: 'x', legIds: ['x'], agentId: 'agent1', queueId: 'sales', waitedMs: 0 };
        this.#happens(this.#call(what.which), { type: 'call.connected', ...connected });
        break;
      }
      case 'ends':
        this.#ends(this.#call(what.which), what.outcome);
        break;
      case 'cancel':
        await scene.store
          .change(what.id, (each) =>
            each.state === 'scheduled' ? { ...each, state: 'cancelled', nextAt: null } : each,
          )
          .catch(() => null);
        break;
      case 'customerCalls': {
        const found = await scene.store.get(what.id);
        if (found?.state === 'calling' && this.#runs) scene.scheduler.withdraw(found);
        break;
      }
      case 'database':
        scene.store.fault = what.is === 'gone' ? 'gone' : what.is === 'cutOff' ? 'cutOff' : 'none';
        break;
      case 'inCharge':
        scene.inCharge = what.is;
        break;
      case 'kill':
        if (what.atNextBegin) this.#killAtBegin = true;
        else await this.#kill();
        break;
      case 'restart':
        await this.restart(what.ended);
        break;
    }
    await this.settled();
  }

  async #kill(): Promise<void> {
    this.#runs = false;
    this.#killAtBegin = false;
    // It may be in the middle of something: what it does after its death reaches nobody.
    void this.scene.scheduler.stop();
  }

  async restart(ended: readonly number[]): Promise<void> {
    await this.#kill();
    await this.settled();
    for (const index of ended) this.#ends(this.#call(index), 'answered');
    await this.scene.restart();
    this.#runs = true;
    await this.settled();
  }

  #happens(callId: string | undefined, body: CallEventBody): void {
    if (callId === undefined) return;
    const seq = (this.#seq.get(callId) ?? 0) + 1;
    this.#seq.set(callId, seq);
    const event: CallEvent = { ...body, callId, seq, at: this.scene.now, v: 1 };
    this.scene.past.set(callId, [...(this.scene.past.get(callId) ?? []), event]);
    if (this.#runs) this.scene.scheduler.heard(event);
  }

  #ends(callId: string | undefined, outcome: (typeof OUTCOMES)[number]): void {
    if (callId === undefined) return;
    this.scene.live.delete(callId);
    this.#happens(callId, { ...callEnded('answered'), outcome } as CallEventBody);
  }

  async settled(): Promise<void> {
    for (let turn = 0; turn < 2; turn += 1) await this.scene.settled();
    for (const callId of this.scene.live) if (!this.scene.past.has(callId)) this.scene.past.set(callId, []);
  }

  /** Calls that go on, by number. */
  async liveOf(id: string): Promise<readonly string[]> {
    const found = await this.scene.store.get(id);
    return (found?.attempts ?? []).flatMap(({ callId }) => (this.scene.live.has(callId) ? [callId] : []));
  }
}

let story: Story | null = null;
afterEach(() => story?.scene.scheduler.stop());

async function never(held: Story): Promise<void> {
  const { scene } = held;
  const noted = new Set<string>();
  for (const id of IDS) {
    expect((await held.liveOf(id)).length).toBeLessThanOrEqual(1);
    for (const { callId } of (await scene.store.get(id))?.attempts ?? []) noted.add(callId);
  }
  // What was dialled is noted, so it will be looked up whatever dies.
  for (const callId of scene.live) expect(noted).toContain(callId);
}

test('never two live attempts; each ends, or is scheduled for later', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 10, maxLength: 40 }), async (actions) => {
      story = await new Story().begin();
      for (const each of actions) {
        await story.does(each);
        await never(story);
      }
      const { scene } = story;
      // In the end all is well again, and there are agents enough.
      Object.assign(scene, { inCharge: true, free: 10, seeking: 0 });
      scene.store.fault = 'none';
      await story.restart([]);
      for (const _each of IDS) await story.does({ do: 'ends', which: 0, outcome: 'busy' });
      await story.does({ do: 'look' });
      for (const id of IDS) {
        const found = await scene.store.get(id);
        const isDealtWith = found !== null && (isOver(found) || (await story.liveOf(id)).length === 1);
        expect(isDealtWith || (found?.nextAt ?? 0) > scene.now).toBe(true);
      }
      await scene.scheduler.stop();
    }),
    { numRuns: 100 },
  );
}, 60_000);
