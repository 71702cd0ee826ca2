/** Who could take a callback now: never more customers are dialled than agents are free. */
import type { AgentId, Instant, QueueId } from '../../core/call/state.js';
import { type Callback, sparedAgents } from '../../core/callback/callback.js';
import type { Takers } from '../../core/callback/due.js';
import {
  type Away,
  type PersonalCallbackRule,
  QUEUE_CALLBACK_RULE,
  type QueueCallbackRule,
} from '../../core/callback/rule.js';
import { isBefore, type Turn } from '../../core/callback/turn.js';
import type { Running } from './running.js';

const ANY_TURN: Turn = { priority: 0, since: 0 };

export interface TakersPorts {
  readonly queueRule: (queueId: QueueId) => QueueCallbackRule | undefined;
  readonly personalRule: () => PersonalCallbackRule;
  /** Where it stands in its queue's line. */
  readonly turn: (callback: Callback) => Turn;
  /** Agents of the queue who could take a call now, in the order to ask, and how many callers look for one who stand before that. */
  readonly capacity: (
    queueId: QueueId,
    turn: Turn,
  ) => {
    readonly free: Iterable<AgentId>;
    readonly size: number;
    readonly seeking: number;
  };
  readonly agentNow: (agentId: AgentId) => Away | 'free';
}

/** Of a queue that was removed: nobody takes it, and it is missed in the end. */
export function ruleOf(ports: Pick<TakersPorts, 'queueRule' | 'personalRule'>, { queueId }: Callback) {
  return queueId === null ? ports.personalRule() : (ports.queueRule(queueId) ?? QUEUE_CALLBACK_RULE);
}

export function takersOf(ports: TakersPorts, callback: Callback, running: Iterable<Running>, now: Instant): Takers {
  const { queueId, agentId } = callback;
  const others = othersOf(callback, running);
  if (queueId !== null) return ofQueue(ports, callback, queueId, others, now);
  const rule = ports.personalRule();
  if (agentId === null) return { kind: 'agent', rule, agent: 'loggedOut' };
  const isCalled = others.some(({ callback: other }) => other.queueId === null && other.agentId === agentId);
  return { kind: 'agent', rule, agent: isCalled ? 'called' : ports.agentNow(agentId) };
}

/** Those go first who stand before it in line. */
function ofQueue(
  ports: TakersPorts,
  callback: Callback,
  queueId: QueueId,
  running: readonly Running[],
  now: Instant,
): Takers {
  const rule = ports.queueRule(queueId) ?? QUEUE_CALLBACK_RULE;
  if (agentsLeft(ports, callback, queueId, running) <= 0) return { kind: 'queue', rule, first: undefined };
  if (rule.way === 'customerFirst') return { kind: 'queue', rule, first: null };
  const { free } = ports.capacity(queueId, ANY_TURN);
  return { kind: 'queue', rule, first: firstOf(free, sparedAgents(callback, rule, now)) };
}

/** How many agents are free for it, when those who stand before it, and those being called already, have theirs. */
function agentsLeft(ports: TakersPorts, callback: Callback, queueId: QueueId, running: readonly Running[]): number {
  const turn = ports.turn(callback);
  const { size, seeking } = ports.capacity(queueId, turn);
  // An agent who is rung first is not among the free ones any more.
  const own = running.filter(
    ({ callback: other, connected, agentFirst }) => other.queueId === queueId && !connected && !agentFirst,
  );
  const inLine = own.filter((each) => each.customerAnswered && isBefore(ports.turn(each.callback), turn));
  return size - own.length - Math.max(0, seeking - inLine.length);
}

/** Must those behind it, too, wait for as long as it does? An agent who has declined it may yet be asked for another. */
export function holdsUp(ports: TakersPorts, callback: Callback, running: Iterable<Running>): boolean {
  const { queueId } = callback;
  return queueId === null || agentsLeft(ports, callback, queueId, othersOf(callback, running)) <= 0;
}

/** One that is just being begun does not stand in its own way. */
function othersOf({ id }: Callback, running: Iterable<Running>): readonly Running[] {
  return [...running].filter(({ callback }) => callback.id !== id);
}

function firstOf(free: Iterable<AgentId>, spared: ReadonlySet<AgentId>): AgentId | undefined {
  for (const agentId of free) if (!spared.has(agentId)) return agentId;
  return undefined;
}

/** Could an agent be rung at once who has not declined it just now? */
export function othersFree(ports: TakersPorts, { queueId, attempts }: Callback, now: Instant): boolean {
  if (queueId === null) return false;
  const rule = ports.queueRule(queueId) ?? QUEUE_CALLBACK_RULE;
  const spared = sparedAgents({ attempts: attempts.slice(0, -1) }, rule, now);
  const declined = attempts.at(-1)?.agentId;
  for (const agentId of ports.capacity(queueId, ANY_TURN).free)
    if (agentId !== declined && !spared.has(agentId)) return true;
  return false;
}
