/**
 * Callers who have a personal manager are offered to the manager first; the queue keeps their place meanwhile.
 *
 *   queued ─► waits: the manager is not free yet, for managerWaitMs at most ─► rings ─► done: as any other caller of the queue
 *
 * A caller whose manager is logged out, or will receive no calls, does not wait for the manager. Only the first queue of a call
 * asks: whom somebody has spoken with is not sent back to the manager by a transfer.
 */
import { isOfferable, willReceive } from '../core/agent/availability.js';
import type { Agent } from '../core/agent/state.js';
import type { CallEvent } from '../core/call/event.js';
import { type AgentId, type Call, type CallId, type Instant, waitingLine } from '../core/call/state.js';
import { isRefusal } from '../core/refusal.js';
import type { Agents } from './agents.js';
import type { CallMailbox } from './call-mailbox.js';
import type { Callers } from './contacts/callers.js';
import type { Clock } from './ports.js';
import { agentTarget } from './routing.js';
import type { SettingsInForce } from './settings-in-force.js';
import { whoWaits } from './who-waits.js';

export interface PersonalManagersPorts {
  readonly clock: Clock;
  readonly agents: Agents;
  readonly callers: Pick<Callers, 'contactOf'>;
  readonly settings: () => SettingsInForce;
  readonly mailbox: (id: CallId) => CallMailbox | undefined;
  /** Can phones be rung at present? */
  readonly mayOffer: () => boolean;
  /** The manager is no longer waited for. */
  readonly givenUp: (call: Call) => void;
}

interface Attempt {
  readonly managerId: AgentId;
  readonly until: Instant;
  stage: 'waits' | 'rings' | 'done';
  timer: NodeJS.Timeout | undefined;
}

export class PersonalManagers {
  readonly #ports: PersonalManagersPorts;
  readonly #attempts = new Map<CallId, Attempt>();
  /** Callers who wait for each manager, in the order in which they came. */
  readonly #waiting = new Map<AgentId, Set<CallId>>();

  constructor(ports: PersonalManagersPorts) {
    this.#ports = ports;
  }

  /** Takes note of what has happened to a call, before the queue does. */
  noteCall(call: Call, events: readonly CallEvent[]): void {
    if (events.some(({ type }) => type === 'call.queued')) this.#queued(call);
    const attempt = this.#attempts.get(call.id);
    if (attempt === undefined) return;
    const waiting = waitingLine(call);
    const rings = waiting?.offers.some(({ agentId }) => agentId === attempt.managerId) === true;
    // However the manager's offer has ended.
    const inVain = attempt.stage === 'rings' && !rings;
    if (waiting === null || waiting.stay.leaving !== null || inVain) this.#done(call.id, attempt);
    if (call.phase === 'ended') this.#attempts.delete(call.id);
  }

  /** The call is for its manager at present, and for nobody else. */
  keeps(callId: CallId): boolean {
    const stage = this.#attempts.get(callId)?.stage;
    return stage === 'waits' || stage === 'rings';
  }

  /** Rings the manager, or gives up. */
  seek(callId: CallId): void {
    const attempt = this.#attempts.get(callId);
    const call = this.#ports.mailbox(callId)?.call;
    if (attempt?.stage !== 'waits' || call == null) return;
    const now = this.#ports.clock.now();
    const agent = this.#ports.agents.get(attempt.managerId);
    const mayOffer = this.#ports.mayOffer();
    if (mayOffer && this.#isOfferable(agent, now)) {
      // First: the offer's own news comes round here before it returns.
      this.#is(callId, attempt, 'rings');
      if (this.#ring(call, attempt.managerId)) return;
    } else if (now < attempt.until && (!mayOffer || this.#mayCome(agent))) return;
    this.#done(callId, attempt);
    this.#ports.givenUp(call);
  }

  /** The manager may be free now, or not come any more. */
  agentChanged(agent: Agent): void {
    for (const callId of [...(this.#waiting.get(agent.id) ?? [])]) this.seek(callId);
  }

  seekAll(): void {
    for (const callIds of [...this.#waiting.values()]) for (const callId of [...callIds]) this.seek(callId);
  }

  stop(): void {
    for (const { timer } of this.#attempts.values()) clearTimeout(timer);
  }

  #queued(call: Call): void {
    const waiting = waitingLine(call);
    const isNew = call.direction === 'inbound' && call.marks.connectedAt === null && !this.#attempts.has(call.id);
    if (waiting === null || !isNew) return;
    const managerId = this.#ports.callers.contactOf(whoWaits(call).number)?.managerId;
    if (managerId == null) return;
    const now = this.#ports.clock.now();
    const until = waiting.stay.enteredAt + this.#ports.settings().centre.managerWaitMs;
    const agent = this.#ports.agents.get(managerId);
    if (!this.#isOfferable(agent, now) && (until <= now || !this.#mayCome(agent))) return;
    const attempt: Attempt = { managerId, until, stage: 'done', timer: undefined };
    this.#attempts.set(call.id, attempt);
    this.#is(call.id, attempt, 'waits');
    // A timer may fire a millisecond early.
    attempt.timer = setTimeout(() => this.seek(call.id), Math.max(0, until - now) + 1);
  }

  #isOfferable(agent: Agent | undefined, now: Instant): boolean {
    return agent !== undefined && isOfferable(agent, this.#ports.settings().policy, now);
  }

  #mayCome(agent: Agent | undefined): boolean {
    return agent !== undefined && willReceive(agent, this.#ports.settings().policy);
  }

  /** False where there is no phone to ring, or the call needs nobody. */
  #ring(call: Call, managerId: AgentId): boolean {
    const settings = this.#ports.settings();
    const account = settings.agents.get(managerId);
    const queue = settings.queues.get(waitingLine(call)?.stay.queueId ?? '');
    const mailbox = this.#ports.mailbox(call.id);
    if (account === undefined || account.devices.length === 0 || mailbox === undefined) return false;
    const target = agentTarget(call.id, account, whoWaits(call), queue?.ringMs ?? settings.centre.directRingMs);
    return !isRefusal(mailbox.decideNow({ type: 'offer', target }));
  }

  #done(callId: CallId, attempt: Attempt): void {
    this.#is(callId, attempt, 'done');
    clearTimeout(attempt.timer);
  }

  #is(callId: CallId, attempt: Attempt, stage: Attempt['stage']): void {
    attempt.stage = stage;
    const waiting = this.#waiting.get(attempt.managerId) ?? new Set<CallId>();
    if (stage === 'waits') this.#waiting.set(attempt.managerId, waiting.add(callId));
    else if (waiting.delete(callId) && waiting.size === 0) this.#waiting.delete(attempt.managerId);
  }
}
