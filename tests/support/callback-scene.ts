/** A callback as it usually is, and a scheduler with everything around it made up. */
import { CallbackScheduler } from '../../src/app/callbacks/scheduler.js';
import type { History } from '../../src/app/history/store.js';
import type { CallEvent, CallEventBody } from '../../src/core/call/event.js';
import type { CallOutcome } from '../../src/core/call/state.js';
import type { Callback } from '../../src/core/callback/callback.js';
import {
  type Away,
  PERSONAL_CALLBACK_RULE,
  type PersonalCallbackRule,
  QUEUE_CALLBACK_RULE,
  type QueueCallbackRule,
} from '../../src/core/callback/rule.js';
import { isBefore, type Turn, turnOf } from '../../src/core/callback/turn.js';
import { MemoryCallbacks } from './memory-callbacks.js';

export const DUE_AT = 1_000_000;

export function callback(more: Partial<Callback> = {}): Callback {
  return {
    id: 'cb1',
    number: '79161234567',
    name: 'Anna',
    clientCode: null,
    queueId: 'sales',
    agentId: null,
    priority: 'medium',
    local: '1970-01-01T03:16',
    zone: 'Europe/Moscow',
    dueAt: DUE_AT,
    state: 'scheduled',
    nextAt: DUE_AT,
    overdueSince: null,
    attempts: [],
    origin: null,
    place: null,
    createdBy: 'anna',
    createdAt: 0,
    updatedAt: 0,
    seq: 0,
    ...more,
  };
}

export class CallbackScene {
  readonly store = new MemoryCallbacks();
  now = DUE_AT;
  free = 1;
  /** Where callers stand who wait for an agent. */
  callers: readonly Turn[] = [];
  /** Queues in which agents were looked for. */
  readonly dispatched: string[] = [];
  queueRule: QueueCallbackRule = QUEUE_CALLBACK_RULE;
  personalRule: PersonalCallbackRule = PERSONAL_CALLBACK_RULE;
  /** Whose callback is personal. */
  agent: Away | 'free' = 'free';
  /** Who was rung first, one for each attempt. */
  readonly rungFirst: (string | null)[] = [];
  /** Numbers dialled, one for each attempt. */
  readonly dialled: string[] = [];
  readonly live = new Set<string>();
  /** What the customer has done since the callback was made. */
  customer: 'nothing' | 'calls' | 'reached' = 'nothing';
  readonly hungUp: string[] = [];
  /** Happens while history is being read. */
  whileRead: () => void = () => undefined;
  /** May this controller dial? */
  inCharge = true;
  readonly past = new Map<string, readonly CallEvent[]>();
  #calls = 0;
  scheduler = this.#made();

  #made(): CallbackScheduler {
    const history = {
      call: async (id: string) => {
        const events = this.past.get(id);
        this.whileRead();
        return events === undefined
          ? null
          : ({ record: {}, events } as unknown as Awaited<ReturnType<History['call']>>);
      },
    };
    const quiet = () => undefined;
    return new CallbackScheduler({
      store: this.store,
      clock: { now: () => this.now },
      log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
      history,
      takers: {
        queueRule: () => this.queueRule,
        personalRule: () => this.personalRule,
        turn: (each) => turnOf(each, 0),
        capacity: (_queueId, turn) => ({
          ...{ free: this.#agents(), size: this.free },
          seeking: this.callers.filter((caller) => isBefore(caller, turn)).length,
        }),
        agentNow: () => this.agent,
      },
      mayDial: () => this.inCharge,
      newCallId: () => `call-${++this.#calls}`,
      isKnown: (callId) => this.live.has(callId),
      customerSince: async () => this.customer,
      dispatch: (queueId) => void this.dispatched.push(queueId),
      endCall: (callId) => void this.hungUp.push(callId),
      dial: ({ number }, callId, agentId) => {
        this.dialled.push(number);
        this.rungFirst.push(agentId);
        this.live.add(callId);
        return 'begun';
      },
    });
  }

  /** `agent1`, `agent2` … in the order to ask. */
  #agents(): readonly string[] {
    return Array.from({ length: this.free }, (_, index) => `agent${index + 1}`);
  }

  /** The process ends as if killed, and another one takes up what is stored. */
  async restart(): Promise<void> {
    await this.scheduler.stop();
    this.scheduler = this.#made();
    await this.run();
  }

  /** Starts, and waits until everything due has been looked at. */
  async run(): Promise<void> {
    this.scheduler.start();
    await this.settled();
  }

  /** Looks again. */
  async look(): Promise<void> {
    this.scheduler.wake();
    await this.settled();
  }

  async settled(): Promise<void> {
    for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
  }

  /** Something happens in the call of an attempt. */
  async happens(callId: string, body: CallEventBody): Promise<void> {
    this.scheduler.heard({ ...body, callId, seq: 1, at: this.now, v: 1 });
    await this.settled();
  }

  async callback(id = 'cb1'): Promise<Callback | null> {
    return this.store.get(id);
  }
}

export function callEnded(outcome: CallOutcome): CallEventBody {
  return {
    type: 'call.ended',
    outcome,
    queueId: null,
    agentId: null,
    agentIds: [],
    waitedMs: 0,
    talkedMs: 0,
  };
}
