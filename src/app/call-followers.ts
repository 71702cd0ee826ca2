/**
 * What is done when a call has changed, in one place and in a fixed order: queues take note, agents are told, then whatever the change
 * asks for is begun. Each follower may command the call in turn; its change comes here again.
 */
import type { CallEvent } from '../core/call/event.js';
import type { AgentId, Call, CallId } from '../core/call/state.js';
import { agentFacts } from './agent-facts.js';
import type { Agents } from './agents.js';
import { Announcer } from './announcer.js';
import type { Execute } from './catalogue/execute.js';
import { Claims } from './claims.js';
import { soundChanges } from './conference-sounds.js';
import type { Digits } from './digits.js';
import type { Dispatcher } from './dispatcher.js';
import { KeyPresses, type KeySender } from './keys/key-presses.js';
import { OptionRunner } from './keys/option-runner.js';
import { tellMissedTrainers } from './missed-trainers.js';
import { holdOthers } from './one-at-a-time.js';
import { mayBeRecalled, Orphans } from './orphans.js';
import { Overflow } from './overflow.js';
import type { PhoneSystem, TransferRequest } from './phone-system.js';
import type { Clock, Journal, Log } from './ports.js';
import { Recorder } from './recorder.js';
import type { RoutingState } from './routing.js';
import type { Scripts } from './scripts.js';
import type { SettingsInForce } from './settings-in-force.js';
import type { Switchboard } from './switchboard.js';
import { TransferKey } from './transfer-key.js';

export interface CallFollowersPorts {
  readonly journal: Journal;
  readonly phones: PhoneSystem;
  readonly clock: Clock;
  readonly log: Log;
  readonly agents: Agents;
  readonly dispatcher: Dispatcher;
  /** Made after its followers: it tells them of every change. */
  readonly switchboard: () => Switchboard;
  readonly settings: () => SettingsInForce;
  readonly routing: () => RoutingState;
  readonly mayWriteRecordings: () => boolean;
  readonly scripts: Scripts;
  readonly digits: Digits;
  readonly keySender: KeySender;
  readonly execute: Execute;
}

export class CallFollowers {
  readonly #ports: CallFollowersPorts;
  readonly #claims: Claims;
  readonly #announcer: Announcer;
  readonly #overflow: Overflow;
  readonly #orphans: Orphans;
  readonly #recorder: Recorder;
  readonly #transferKey: TransferKey;
  readonly #keyPresses: KeyPresses;

  constructor(ports: CallFollowersPorts) {
    this.#ports = ports;
    const { journal, phones, clock, log, agents, dispatcher, switchboard, routing, settings } = ports;
    const mailbox = (id: CallId) => switchboard().mailbox(id);
    const hasOther = (id: AgentId, callId: CallId) => this.#callIdsOf(id).some((other) => other !== callId);
    this.#claims = new Claims({ journal, clock, log, mailbox, hasOther });
    this.#announcer = new Announcer({ desk: (id) => dispatcher.desk(id), mailbox });
    this.#overflow = new Overflow(switchboard, routing);
    const mayRecall = (id: AgentId, callId: CallId) => {
      const agent = agents.get(id);
      return agent?.session != null && mayBeRecalled(agent, callId, (other) => mailbox(other)?.call ?? null);
    };
    this.#orphans = new Orphans({ switchboard, routing, mayRecall });
    this.#recorder = new Recorder({ phones, mailbox, settings, mayWrite: ports.mayWriteRecordings });
    this.#transferKey = new TransferKey({ switchboard, phones, routing, now: () => clock.now() });
    const { digits, keySender: sender, execute } = ports;
    const callIdsOf = (id: AgentId) => this.#callIdsOf(id);
    const options = new OptionRunner({ execute, phones, switchboard, settings, callIdsOf });
    this.#keyPresses = new KeyPresses({ digits, sender, options, switchboard, settings, clock });
  }

  callDecided(before: Call | null, after: Call, events: readonly CallEvent[]): void {
    const { agents, dispatcher, settings, switchboard, phones } = this.#ports;
    const mailbox = (id: CallId) => switchboard().mailbox(id);
    this.#transferKey.callDecided(before, events);
    dispatcher.noteCall(before, after, events);
    const queueOf = (id: string) => settings().queues.get(id);
    for (const { agentId, fact } of agentFacts(before, after, events, queueOf)) agents.observe(agentId, fact);
    this.#claims.callDecided(after, events);
    dispatcher.dispatch(before, after);
    this.#announcer.callDecided(after, events);
    this.#ports.scripts.callDecided(before, after, events);
    this.#keyPresses.callDecided(events);
    for (const event of events) if (event.type === 'leg.left') this.#ports.digits.forget(event.legId);
    if (events.some(({ type }) => type === 'queue.left' || type === 'call.queued')) this.#overflow.check(after);
    if (events.some(({ type }) => type === 'line.orphaned' || type === 'offer.failed')) this.#orphans.check(after);
    holdOthers({ mailbox, callIdsOf: (id) => this.#callIdsOf(id) }, before, after, events);
    this.#recorder.callDecided(after, events);
    tellMissedTrainers({ phones, settings }, before, after, events);
    const box = mailbox(after.id);
    if (box !== undefined) soundChanges(before, after, box, { phones, on: settings().centre.conferenceSounds });
  }

  /** For calls taken up from an earlier run. */
  resume(calls: Iterable<Call>): void {
    for (const call of calls) {
      this.#ports.dispatcher.noteCall(null, call, []);
      this.#announcer.resume(call);
    }
  }

  /** Looks at every call: the configuration has changed, or something may have been missed. */
  checkAll(): void {
    this.#overflow.checkAll();
    this.#orphans.checkAll();
  }

  transferAsked(request: TransferRequest): void {
    this.#transferKey.asked(request);
  }

  stop(): void {
    this.#announcer.stop();
    this.#keyPresses.stop();
  }

  #callIdsOf(id: AgentId): readonly CallId[] {
    return this.#ports.agents.get(id)?.callIds ?? [];
  }
}
