/**
 * The call centre: the application that its doors speak to. Its parts are made in `centre/parts.ts`, each beside what it is joined to;
 * in which order they are told of what has happened says `centre/order.ts`.
 */
import { dayOf } from '../core/queue/counters.js';
import type { Refusal } from '../core/refusal.js';
import type {
  AgentOperations,
  Application,
  CallOperations,
  Health,
  RecordingOperations,
  ScenarioOperations,
  VoicemailOperations,
} from './application.js';
import type { BrowserPhones } from './browser-phone/browser-phones.js';
import type { CallbackOperations } from './callbacks/callbacks.js';
import { makeParts, type Parts } from './centre/parts.js';
import type { CentrePorts } from './centre-ports.js';
import type { ConfigurationStore, LoadedConfiguration } from './configuration-store.js';
import type { AddressBook } from './contacts/address-book.js';
import type { DomainEvent } from './event-stream.js';
import type { Freshness } from './freshness.js';
import { heal } from './heal.js';
import { healthOf } from './health.js';
import type { History } from './history/store.js';
import type { OutsideOperations } from './integrations/outside.js';
import type { ScriptLeader } from './scripts.js';
import { indexSettings, type SettingsInForce } from './settings-in-force.js';
import type { Views } from './views.js';

export class Centre implements Application {
  readonly agents: AgentOperations;
  readonly calls: CallOperations;
  readonly views: Views;
  readonly freshness: Freshness;
  readonly history: History;
  readonly recordings: RecordingOperations;
  readonly outside: OutsideOperations;
  readonly addressBook: AddressBook;
  readonly scenarios: ScenarioOperations;
  readonly voicemail: VoicemailOperations;
  readonly callbacks: CallbackOperations;
  readonly browserPhone: BrowserPhones;
  readonly #ports: CentrePorts;
  readonly #parts: Parts;
  readonly #startedAt: number;

  /** Reads everything that is stored and takes up where the last run left. Nothing is commanded before `start`. */
  static async open(ports: CentrePorts): Promise<Centre> {
    const now = ports.clock.now();
    const [configuration, stored, today] = await Promise.all([
      ports.configuration.load(),
      ports.history.load(),
      ports.history.queueTotals(dayOf(now), now),
    ]);
    const centre = new Centre(ports, indexSettings(configuration));
    const { all, ground, agents: agentsSide, calls: callsSide } = centre.#parts;
    await all.open();
    const { agents, dispatcher } = agentsSide;
    const { switchboard, followers } = callsSide;
    agents.load(stored.agents, ground.settings().agents.keys());
    dispatcher.configure();
    dispatcher.countFrom(today);
    switchboard.restore(stored.liveCalls);
    const calls = [...switchboard.calls()];
    followers.resume(calls);
    heal(agents, calls);
    followers.checkAll();
    return centre;
  }

  private constructor(ports: CentrePorts, settings: SettingsInForce) {
    this.#ports = ports;
    this.#startedAt = ports.clock.now();
    this.#parts = makeParts(ports, settings, this.#startedAt);
    this.history = ports.history;
    this.recordings = ports.recordings;
    this.outside = ports.outside;
    this.addressBook = this.#parts.ground.addressBook;
    this.views = this.#parts.views;
    this.freshness = this.#parts.freshness;
    ({ agents: this.agents, calls: this.calls } = this.#parts.operations);
    ({ authoring: this.scenarios, voicemail: this.voicemail } = this.#parts.leading);
    this.callbacks = this.#parts.callbacks.operations;
    this.browserPhone = this.#parts.browserPhones;
  }

  /** Connects to Asterisk and goes on with what is there. */
  start(): void {
    const { all, ground, calls } = this.#parts;
    const { switchboard, scripts, followers } = calls;
    for (const call of [...switchboard.calls()]) scripts.resume(call);
    this.#ports.phones.start({
      connected: (restarted) => all.connected(restarted),
      disconnected: () => all.disconnected(),
      replaced: () => this.replaced(),
      arrived: (arrival) => switchboard.arrived(arrival),
      fact: (fact) => switchboard.fact(fact),
      transferAsked: (request) => followers.transferAsked(request),
      keyPressed: (legId, digit) => ground.digits.pressed(legId, digit),
    });
    all.start();
  }

  /** Another controller has taken over: nothing new is begun, and the process is to end. */
  replaced(): void {
    this.#parts.all.close();
    this.#ports.onReplaced();
  }

  /** No new offers; what was decided is written; live calls go on in Asterisk untouched. */
  async stop(): Promise<void> {
    const { all } = this.#parts;
    all.close();
    await all.stop();
    await this.#ports.phones.stop();
    await this.#ports.journal.drain();
  }

  /** The stream of what has happened. Returns the way to stop listening. */
  onEvent(listener: (event: DomainEvent) => void): () => void {
    return this.#parts.ground.stream.listen(listener);
  }

  configuration(): LoadedConfiguration {
    return this.#parts.ground.settings().source;
  }

  configure<T>(change: (store: ConfigurationStore) => Promise<T>): Promise<T | Refusal> {
    return this.#parts.ground.configuring.change(change);
  }

  health(): Health {
    const { agents, calls } = this.#parts;
    const { size: liveCalls } = calls.switchboard;
    const { waiting: waitingCalls } = agents.dispatcher;
    const { loggedIn: agentsLoggedIn } = agents.agents;
    const counts = { liveCalls, waitingCalls, agentsLoggedIn };
    return { ...healthOf(this.#ports, calls.turnedAway.overload), ...counts, startedAt: this.#startedAt };
  }

  now(): number {
    return this.#ports.clock.now();
  }

  /** What whoever leads a phone through something needs of the centre. */
  forDialogues() {
    const { ground, agents } = this.#parts;
    const { digits, routing, mailbox } = ground;
    return { digits, routing, mailbox, phoneLogins: agents.phoneLogins };
  }

  /** The part of the application that leads through a kind of script. Before `start`, or its calls would be let go. */
  lead(kind: string, leader: ScriptLeader): void {
    this.#parts.calls.scripts.register(kind, leader);
  }
}
