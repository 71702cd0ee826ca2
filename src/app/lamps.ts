/**
 * The lamps (BLF keys) of desk phones: each agent's and each queue's state, as a lamp named by its number. Only differences are sent, one at
 * a time and with pauses, some time after the change: what a call needs always goes before, and what changes back meanwhile is not sent.
 *
 *   away ──connected, the panel was read──► in step ──something changed──► GATHER_MS later: differences, one by one
 */
import type { CallEvent } from '../core/call/event.js';
import type { AgentId, Call, CallId } from '../core/call/state.js';
import type { Agents } from './agents.js';
import type { Dispatcher } from './dispatcher.js';
import { agentLamp, type LampPanel, type LampState, queueLamp } from './lamp-state.js';
import { parkedCalls, slotsOf } from './parking.js';
import type { Log } from './ports.js';
import type { SettingsInForce } from './settings-in-force.js';

/** A phone that is rung and answered at once is not worth two changes. */
const GATHER_MS = 150;
/** Between two requests: at most some two hundred a second. */
const PAUSE_MS = 5;
/** How many are compared before others have their turn. */
const SLICE = 500;

export interface LampsPorts {
  readonly panel: LampPanel;
  readonly agents: Pick<Agents, 'get'>;
  readonly dispatcher: {
    desk(id: string): Pick<NonNullable<ReturnType<Dispatcher['desk']>>, 'line' | 'presence'> | undefined;
  };
  readonly callOf: (id: CallId) => Call | null;
  readonly calls: () => Iterable<Call>;
  readonly settings: () => SettingsInForce;
  readonly log: Log;
}

export class Lamps {
  readonly #ports: LampsPorts;
  /** What the panel shows; null while that is not known. */
  #lit: Map<string, LampState> | null = null;
  readonly #changed = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #sending = false;
  /** Grows with each connection: an answer that belongs to a former one says nothing of this one. */
  #connection = 0;

  constructor(ports: LampsPorts) {
    this.#ports = ports;
  }

  /** Asterisk can be commanded (again): what it shows may be old, or gone. */
  async connected(): Promise<void> {
    this.disconnected();
    const connection = this.#connection;
    const lit = (await this.#ports.panel.read()) ?? new Map<string, LampState>();
    if (connection !== this.#connection) return;
    this.#lit = new Map(lit);
    this.allChanged();
  }

  disconnected(): void {
    this.#connection += 1;
    this.#lit = null;
    this.#changed.clear();
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  stop(): void {
    this.disconnected();
  }

  agentChanged(id: AgentId): void {
    if (this.#lit === null) return;
    const { agents, membershipsOf } = this.#ports.settings();
    const account = agents.get(id);
    if (account === undefined) return;
    this.#touch(agentName(account.number));
    for (const { queueId } of membershipsOf.get(id) ?? []) this.queueChanged(queueId);
  }

  queueChanged(id: string): void {
    const number = this.#ports.settings().queues.get(id)?.number ?? null;
    if (number !== null) this.#touch(queueName(number));
  }

  /** Who holds and who talks shows in the call's own events. */
  callPublished(call: Call, events: readonly CallEvent[]): void {
    if (this.#lit === null) return;
    for (const event of events) {
      if ('agentId' in event && event.agentId !== null) this.#agentTouched(event.agentId);
      if ('agentIds' in event) for (const agentId of event.agentIds) this.#agentTouched(agentId);
      if ('queueId' in event && event.queueId !== null) this.queueChanged(event.queueId);
      if ('slot' in event) this.#touch(slotName(event.slot));
    }
    if (call.marks.queueId !== null) this.queueChanged(call.marks.queueId);
  }

  /** After a change of the configuration: numbers, members and statuses may be others, agents and queues may be gone. */
  allChanged(): void {
    if (this.#lit === null) return;
    const { agentByNumber, queueByNumber, centre } = this.#ports.settings();
    for (const slot of slotsOf(centre)) this.#touch(slotName(slot));
    for (const name of this.#lit.keys()) this.#touch(name);
    for (const number of queueByNumber.keys()) this.#touch(queueName(number));
    for (const number of agentByNumber.keys()) this.#touch(agentName(number));
  }

  #agentTouched(id: AgentId): void {
    const account = this.#ports.settings().agents.get(id);
    if (account !== undefined) this.#touch(agentName(account.number));
  }

  #touch(name: string): void {
    if (this.#lit === null) return;
    this.#changed.add(name);
    if (!this.#sending) this.#timer ??= setTimeout(() => void this.#send(), GATHER_MS);
  }

  /** One at a time: the next goes when Asterisk has answered the one before. */
  async #send(): Promise<void> {
    this.#timer = undefined;
    const connection = this.#connection;
    this.#sending = true;
    let compared = 0;
    for (const name of this.#changed) {
      this.#changed.delete(name);
      compared += 1;
      const state = this.#wanted(name);
      if (state !== (this.#lit?.get(name) ?? null)) await this.#show(name, state, connection);
      else if (compared % SLICE === 0) await pause();
      if (connection !== this.#connection) break;
    }
    this.#sending = false;
    // Those of a connection that was made meanwhile.
    if (this.#changed.size > 0) this.#timer ??= setTimeout(() => void this.#send(), GATHER_MS);
  }

  async #show(name: string, state: LampState | null, connection: number): Promise<void> {
    const result = await this.#ports.panel.show(name, state);
    if (connection !== this.#connection || this.#lit === null) return;
    if (result === 'failed') this.#ports.log.warn({}, 'Asterisk would not show a lamp');
    // What may or may not have been done is done again at the next change.
    if (result === 'lost') this.#lit.delete(name);
    else if (state === null) this.#lit.delete(name);
    else this.#lit.set(name, state);
    await pause();
  }

  #slot(slot: string): LampState | null {
    const { calls, settings } = this.#ports;
    for (const parked of parkedCalls(calls())) if (parked.slot === slot) return 'inUse';
    return slotsOf(settings().centre).includes(slot) ? 'free' : null;
  }

  /** Null: nobody has this number. */
  #wanted(name: string): LampState | null {
    const { agents, dispatcher, callOf, settings } = this.#ports;
    const { agentByNumber, queueByNumber, policy } = settings();
    const [kind, number] = partsOf(name);
    if (kind === 'park') return this.#slot(number);
    if (kind === 'queue') {
      const desk = dispatcher.desk(queueByNumber.get(number)?.id ?? '');
      return desk === undefined ? null : queueLamp(desk.line.size, desk.presence.receiving);
    }
    const agent = agents.get(agentByNumber.get(number)?.id ?? '');
    return agent === undefined ? null : agentLamp(agent, policy, callOf);
  }
}

function slotName(slot: string): string {
  return `park-${slot}`;
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
}

function agentName(number: string): string {
  return `agent-${number}`;
}

function queueName(number: string): string {
  return `queue-${number}`;
}

function partsOf(name: string): readonly [kind: string, number: string] {
  const dash = name.indexOf('-');
  return [name.slice(0, dash), name.slice(dash + 1)];
}
