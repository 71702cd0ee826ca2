/**
 * The call centre: puts the parts around the core together and is the application that its doors speak to. What a call or an agent
 * has decided is told to the others here, in one place and in a fixed order.
 */
import type { AgentEvent } from '../core/agent/event.js';
import type { Agent } from '../core/agent/state.js';
import type { CallEvent } from '../core/call/event.js';
import type { Call } from '../core/call/state.js';
import { dayOf } from '../core/queue/counters.js';
import type { Refusal } from '../core/refusal.js';
import { agentOperations } from './agent-operations.js';
import { Agents } from './agents.js';
import type {
  AgentOperations,
  Application,
  CallOperations,
  Health,
  RecordingOperations,
  ScenarioOperations,
  VoicemailOperations,
} from './application.js';
import { CallFollowers } from './call-followers.js';
import { callOperations } from './call-operations.js';
import type { CallbackOperations } from './callbacks/callbacks.js';
import { openCallbacks } from './callbacks/open-callbacks.js';
import type { CallbackScheduler } from './callbacks/scheduler.js';
import type { UpcomingCallbacks } from './callbacks/upcoming.js';
import type { CentrePorts } from './centre-ports.js';
import { differences } from './configuration-changes.js';
import type { ConfigurationStore, LoadedConfiguration } from './configuration-store.js';
import { Configuring } from './configuring.js';
import { AddressBook } from './contacts/address-book.js';
import { Dictations } from './dictation.js';
import { Digits } from './digits.js';
import { Dispatcher } from './dispatcher.js';
import { type DomainEvent, EventStream } from './event-stream.js';
import { Freshness } from './freshness.js';
import { heal } from './heal.js';
import { healthOf } from './health.js';
import type { History } from './history/store.js';
import type { OutsideOperations } from './integrations/outside.js';
import { mayPress } from './keys/key-presses.js';
import { Lamps } from './lamps.js';
import { mayBeRung } from './one-at-a-time.js';
import { Overload } from './overload.js';
import { PhoneLogins } from './phone-logins.js';
import type { Arrival } from './phone-system.js';
import { receive } from './receive.js';
import { Reconciler } from './reconciler.js';
import type { RoutingState } from './routing.js';
import { Leading } from './scenarios/leading.js';
import { SCENARIO } from './scenarios/start.js';
import { type ScriptLeader, Scripts } from './scripts.js';
import { indexSettings, type SettingsInForce } from './settings-in-force.js';
import { smsChange } from './sms/view.js';
import { Switchboard } from './switchboard.js';
import { TurnedAway } from './turned-away.js';
import { Views } from './views.js';

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
  readonly #leading: Leading;
  readonly callbacks: CallbackOperations;
  readonly #scripts = new Scripts(() => this.#switchboard);
  readonly #phoneLogins: PhoneLogins;
  readonly #digits = new Digits();
  readonly #ports: CentrePorts;
  readonly #agents: Agents;
  readonly #dispatcher: Dispatcher;
  readonly #switchboard: Switchboard;
  readonly #reconciler: Reconciler;
  readonly #startedAt: number;
  readonly #followers: CallFollowers;
  readonly #dictations: Dictations;
  readonly #stream: EventStream;
  readonly #lamps: Lamps;
  readonly #turnedAway: TurnedAway;
  readonly #scheduler: CallbackScheduler;
  readonly #upcoming: UpcomingCallbacks;
  readonly #configuring: Configuring;
  #settings: SettingsInForce;

  /** Reads everything that is stored and takes up where the last run left. Nothing is commanded before `start`. */
  static async open(ports: CentrePorts): Promise<Centre> {
    const now = ports.clock.now();
    const [configuration, stored, today] = await Promise.all([
      ports.configuration.load(),
      ports.history.load(),
      ports.history.queueTotals(dayOf(now), now),
    ]);
    const centre = new Centre(ports, indexSettings(configuration));
    await Promise.all([centre.addressBook.open(), centre.#upcoming.open()]);
    centre.#agents.load(stored.agents, centre.#settings.agents.keys());
    centre.#dispatcher.configure();
    centre.#dispatcher.countFrom(today);
    centre.#switchboard.restore(stored.liveCalls);
    const calls = [...centre.#switchboard.calls()];
    centre.#followers.resume(calls);
    heal(centre.#agents, calls);
    centre.#followers.checkAll();
    return centre;
  }

  private constructor(ports: CentrePorts, settings: SettingsInForce) {
    this.#ports = ports;
    this.#settings = settings;
    this.history = ports.history;
    this.recordings = ports.recordings;
    this.outside = ports.outside;
    this.#leading = new Leading(ports, this);
    ({ authoring: this.scenarios, voicemail: this.voicemail } = this.#leading);
    this.lead(SCENARIO, this.#leading.runner);
    this.#startedAt = ports.clock.now();
    this.freshness = new Freshness(this.#startedAt);
    this.#configuring = new Configuring(ports.configuration, (loaded) => this.#takeIntoForce(indexSettings(loaded)));
    this.#phoneLogins = new PhoneLogins({ configuring: this.#configuring, configuration: () => this.#settings.source });
    const { journal, clock, log, phones } = ports;
    this.#stream = new EventStream(log);
    const inForce = () => this.#settings;
    this.addressBook = new AddressBook({ stores: ports.addressBook, clock, log, settings: inForce });
    const mailbox = (id: string) => this.#switchboard.mailbox(id);
    this.#agents = new Agents({
      ...{ journal, clock, log },
      policy: () => this.#settings.policy,
      listener: {
        changed: (before, after, now) => this.#dispatcher.agentChanged(before, after, now),
        published: (agent, events) => this.#agentPublished(agent, events),
      },
    });
    this.#dispatcher = new Dispatcher({
      ...{ clock, mailbox, callers: this.addressBook, agents: this.#agents, settings: inForce },
      mayRing: () => phones.status === 'connected',
    });
    const { agents, dispatcher } = { agents: this.#agents, dispatcher: this.#dispatcher };
    const routing = () => this.#routing();
    const mayWriteRecordings = () => ports.recordings.mayRecord();
    this.#followers = new CallFollowers({
      ...{ journal, phones, clock, log, agents, dispatcher, routing, mayWriteRecordings },
      ...{ scripts: this.#scripts, digits: this.#digits, execute: ports.execute, keySender: ports.keySender },
      ...{ settings: inForce, switchboard: () => this.#switchboard },
    });
    const overload = new Overload({ ...ports.load, log, liveCalls: () => this.#switchboard.size });
    const toBeReceived = (arrival: Arrival) => receive(this.#routing(), arrival);
    this.#turnedAway = new TurnedAway({
      ...{ overload, journal, clock, log, dispatcher, stream: this.#stream, receive: toBeReceived },
      queueChanged: (id) => this.views.queueChanged(id),
    });
    this.#switchboard = new Switchboard({
      ...{ journal, phones, clock, log, receive: toBeReceived },
      mayPress: (call, legId) => mayPress(this.#settings, call, legId),
      turnsAway: (arrival) => !this.addressBook.isBlocked(arrival.from.number) && this.#turnedAway.turnsAway(arrival),
      listener: {
        decided: (before, after, events) => this.#followers.callDecided(before, after, events),
        published: (call, events) => this.#callPublished(call, events),
      },
    });
    const switchboard = this.#switchboard;
    this.#reconciler = new Reconciler(phones, switchboard, log, ports.reconcileMs, () => {
      this.#followers.checkAll();
      this.#dispatcher.dispatchAll();
    });
    this.views = new Views({
      crm: ports.outside.crm,
      callers: this.addressBook,
      agents,
      dispatcher,
      switchboard,
      settings: inForce,
      clock,
      log,
      callbacks: (viewer) => this.#upcoming.of(viewer),
    });
    const callOf = (id: string) => mailbox(id)?.call ?? null;
    const ofCalls = { callOf, calls: () => switchboard.calls() };
    this.#lamps = new Lamps({ panel: ports.lampPanel, agents, dispatcher, ...ofCalls, settings: inForce, log });
    this.agents = agentOperations(agents, this.views);
    ports.outside.sms.onEvent((event, sms) => {
      this.#stream.tell([event]);
      this.views.tell(smsChange(sms));
    });
    const forCalls = {
      ...{ switchboard, phones, views: this.views, routing, mayWriteRecordings, now: () => clock.now() },
      isLoggedIn: (id: string) => agents.get(id)?.session != null,
      callIdsOf: (id: string) => agents.get(id)?.callIds ?? [],
    };
    const { operations, scheduler, upcoming } = openCallbacks({
      ...{ store: ports.callbacks, history: ports.history, clock, log, phones, switchboard, dispatcher, routing },
      agents,
      tell: (change) => this.views.tell(change),
    });
    this.callbacks = operations;
    this.#scheduler = scheduler;
    this.#upcoming = upcoming;
    this.#stream.listen((event) => scheduler.heard(event));
    ports.callbacks.onEvent((event) => this.#stream.tell([event]));
    this.#dictations = new Dictations(forCalls, ports.messages, log);
    this.calls = { ...callOperations(forCalls), dictate: (id, name) => this.#dictations.start(id, name) };
  }

  /** Connects to Asterisk and goes on with what is there. */
  start(): void {
    for (const call of [...this.#switchboard.calls()]) this.#scripts.resume(call);
    this.#ports.phones.start({
      connected: (restarted) => {
        if (restarted) this.#switchboard.phonesRestarted();
        void this.#reconciler.catchUp(() => this.freshness.regained());
        void this.#lamps.connected();
        this.#scheduler.wake();
      },
      disconnected: () => {
        this.freshness.lost(this.now());
        this.#lamps.disconnected();
      },
      replaced: () => this.replaced(),
      arrived: (arrival) => this.#switchboard.arrived(arrival),
      fact: (fact) => this.#switchboard.fact(fact),
      transferAsked: (request) => this.#followers.transferAsked(request),
      keyPressed: (legId, digit) => this.#digits.pressed(legId, digit),
    });
    this.#reconciler.start();
    this.#leading.start();
    this.#scheduler.start();
  }

  /** Another controller has taken over: nothing new is begun, and the process is to end. */
  replaced(): void {
    this.#dispatcher.close();
    void this.#scheduler.stop();
    this.#reconciler.stop();
    this.#ports.onReplaced();
  }

  /** No new offers; what was decided is written; live calls go on in Asterisk untouched. */
  async stop(): Promise<void> {
    this.#leading.stop();
    this.#dispatcher.close();
    this.#reconciler.stop();
    const parts = [
      this.#followers,
      this.#agents,
      this.#switchboard,
      this.#lamps,
      this.#turnedAway,
      this.views,
      this.#upcoming,
    ];
    for (const part of parts) part.stop();
    await this.#scheduler.stop();
    await this.#ports.phones.stop();
    await this.#ports.journal.drain();
  }

  /** The stream of what has happened. Returns the way to stop listening. */
  onEvent(listener: (event: DomainEvent) => void): () => void {
    return this.#stream.listen(listener);
  }

  configuration(): LoadedConfiguration {
    return this.#settings.source;
  }

  configure<T>(change: (store: ConfigurationStore) => Promise<T>): Promise<T | Refusal> {
    return this.#configuring.change(change);
  }

  #takeIntoForce(settings: SettingsInForce): void {
    const before = this.#settings;
    this.#settings = settings;
    this.#agents.load([], settings.agents.keys());
    this.#dispatcher.configure();
    this.#followers.checkAll();
    this.views.configurationChanged(differences(before, settings));
    this.#lamps.allChanged();
  }

  health(): Health {
    const { size: liveCalls } = this.#switchboard;
    const { waiting: waitingCalls } = this.#dispatcher;
    const { loggedIn: agentsLoggedIn } = this.#agents;
    const counts = { liveCalls, waitingCalls, agentsLoggedIn };
    return { ...healthOf(this.#ports, this.#turnedAway.overload), ...counts, startedAt: this.#startedAt };
  }

  now(): number {
    return this.#ports.clock.now();
  }

  #routing(): RoutingState {
    return {
      settings: this.#settings,
      callers: this.addressBook,
      isFree: (id) => mayBeRung(this.#agents.get(id), (callId) => this.#switchboard.mailbox(callId)?.call ?? null),
      isRung: (id) => (this.#agents.get(id)?.offeredCallId ?? null) !== null,
      presence: (id) => this.#dispatcher.desk(id)?.presence ?? { loggedIn: 0, receiving: 0 },
    };
  }

  #leavesPhone(agentId: string): void {
    this.#phoneLogins.logOut(agentId).catch((error: unknown) => {
      this.#ports.log.warn({ agentId, error: String(error) }, 'an agent could not be taken off a phone');
    });
  }

  /** What whoever leads a phone through something needs of the centre. */
  forDialogues() {
    return {
      digits: this.#digits,
      phoneLogins: this.#phoneLogins,
      routing: () => this.#routing(),
      mailbox: (id: string) => this.#switchboard.mailbox(id),
    };
  }

  /** The part of the application that leads through a kind of script. Before `start`, or its calls would be let go. */
  lead(kind: string, leader: ScriptLeader): void {
    this.#scripts.register(kind, leader);
  }

  #callPublished(call: Call, events: readonly CallEvent[]): void {
    this.#stream.tell(events);
    this.addressBook.callPublished(call, events);
    this.#dictations.callPublished(events);
    this.views.callPublished(call, events);
    this.#lamps.callPublished(call, events);
  }

  #agentPublished(agent: Agent, events: readonly AgentEvent[]): void {
    if (events.some(({ type }) => type === 'agent.loggedOut')) this.#leavesPhone(agent.id);
    this.#stream.tell(events);
    this.views.agentChanged(agent.id);
    this.#lamps.agentChanged(agent.id);
  }
}
