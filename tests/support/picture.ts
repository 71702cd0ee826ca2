/**
 * What Asterisk really has, asked of it directly and not through the product, held against what the calls want it to have. The calls
 * are followed by the events that are published, and by nothing else.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { type AriAddress, ariHttp } from '../../lab/ari.js';
import type { Centre } from '../../src/app/centre.js';
import type { DomainEvent } from '../../src/app/event-stream.js';
import type { CallEvent } from '../../src/core/call/event.js';
import { applied, isOver } from '../../src/core/call/history.js';
import type { Call, Leg } from '../../src/core/call/state.js';
import { type Topology, topology, type WantedLeg } from '../../src/core/call/topology.js';

/** A channel as Asterisk has it. */
export interface RealLeg {
  readonly id: string;
  readonly state: string;
  /** The SIP Call-ID: the phone at the other end has the same. */
  readonly protocol_id: string;
  readonly dialplan: { readonly context: string };
}

/** A bridge as Asterisk has it. */
export interface RealConversation {
  readonly id: string;
  readonly technology: string;
  readonly channels: readonly string[];
}

export interface Reality {
  readonly legs: readonly RealLeg[];
  readonly conversations: readonly RealConversation[];
}

/** Everything but what the PBX's own dial plan has taken over. */
export async function reality(pbx: AriAddress): Promise<Reality> {
  const [channels, bridges] = await Promise.all([ariHttp(pbx, 'GET', 'channels'), ariHttp(pbx, 'GET', 'bridges')]);
  const legs = (channels.body as RealLeg[]).filter(({ dialplan }) => dialplan.context !== 'ringmaster-fallback');
  return { legs, conversations: bridges.body as RealConversation[] };
}

/** What is not as it should be, in sentences. */
export function differences({ legs, conversations }: Reality, calls: readonly Call[]): readonly string[] {
  const topologies = calls.map(topology);
  const wanted = new Map(topologies.flatMap((each) => [...each.legs]));
  const there = new Map(legs.map((leg) => [leg.id, leg]));
  const strays = legs
    .filter(({ id }) => !wanted.has(id))
    .map(({ id, state }) => `${id} (${state}) is there and no call wants it`);
  return [
    ...strays,
    ...[...wanted.values()].flatMap((leg) => amiss(leg, there.get(leg.id), legOf(calls, leg.id))),
    ...conversations.flatMap((each) => strayConversation(each, topologies)),
    ...topologies.flatMap((each) => conversationsAmiss(each, { legs, conversations })),
  ];
}

function legOf(calls: readonly Call[], id: string): Leg | undefined {
  return calls.map((call) => call.legs[id]).find((leg) => leg !== undefined);
}

function amiss(leg: WantedLeg, real: RealLeg | undefined, known: Leg | undefined): readonly string[] {
  const who = `${leg.role} ${known?.party.number} ${leg.id}`;
  if (real === undefined) return [`${who} should be there (${known?.phase})`];
  if (leg.answered && real.state !== 'Up') return [`${who} should be up and is ${real.state}`];
  return known?.phase === 'ringing' && real.state !== 'Ringing' ? [`${who} should ring and is ${real.state}`] : [];
}

function strayConversation({ id, channels }: RealConversation, topologies: readonly Topology[]): readonly string[] {
  return topologies.some(({ conversations }) => conversations.has(id))
    ? []
    : [`nobody wants conversation ${id} of ${channels.join(', ')}`];
}

function conversationsAmiss({ legs, conversations }: Topology, real: Reality): readonly string[] {
  // Recorders and announcers are members of a bridge, too, and no channels that one can ask for.
  const channels = new Set(real.legs.map(({ id }) => id));
  return [...conversations].flatMap(([id, { mode }]) => {
    const wanted = [...legs.values()].flatMap(({ id: legId, hears }) =>
      hears.kind === 'conversation' && hears.conversationId === id ? [legId] : [],
    );
    const bridge = real.conversations.find((each) => each.id === id);
    const members = (bridge?.channels ?? []).filter((channel) => channels.has(channel));
    const what = `conversation ${id} (${mode}, ${bridge?.technology})`;
    if (wanted.sort().join() !== members.sort().join())
      return [`${what} should have ${wanted.join(', ')} and has ${members.join(', ') || 'nobody'}`];
    // A recorded pair is mixed in the same way: the recorder is the third in it.
    return mode === 'conference' && bridge?.technology !== 'softmix' ? [`${what} is not mixed as it should be`] : [];
  });
}

function isOfCall(event: DomainEvent): event is CallEvent {
  return !/^(agent|sms)\./.test(event.type);
}

/** The calls as their events tell them. */
export class FollowedCalls {
  readonly #calls = new Map<string, Call>();
  readonly #ids = new Set<string>();
  readonly #watchers = new Set<() => void>();
  /** Grows with every event. */
  changes = 0;

  constructor(centre: Centre) {
    centre.onEvent((event) => {
      if (isOfCall(event)) this.#follow(event);
    });
  }

  /** Every call that has begun, over or not. */
  get ids(): ReadonlySet<string> {
    return this.#ids;
  }

  /** Those of which something is left. */
  get live(): readonly Call[] {
    return [...this.#calls.values()];
  }

  /** Told after every event. Returns the way to stop it. */
  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Waits for an event after the change numbered `since`, for a while at most. */
  async changed(since: number, atMostMs: number): Promise<void> {
    if (this.changes > since) return;
    const end = new AbortController();
    const stop = this.watch(() => end.abort());
    await pause(atMostMs, undefined, { signal: end.signal }).catch(() => undefined);
    stop();
  }

  #follow(event: CallEvent): void {
    const call = applied(this.#calls.get(event.callId) ?? null, event);
    this.#ids.add(event.callId);
    if (call === null || isOver(call)) this.#calls.delete(event.callId);
    else this.#calls.set(event.callId, call);
    this.changes += 1;
    for (const watcher of [...this.#watchers]) watcher();
  }
}

const LOOK_AGAIN_MS = 25;

/** Waits until Asterisk has what the calls want, nothing less and nothing more; answers what it has. */
export async function untilAsWanted(pbx: AriAddress, calls: FollowedCalls, timeoutMs: number): Promise<Reality> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const before = calls.changes;
    const real = await reality(pbx);
    const wrong = differences(real, calls.live);
    if (wrong.length === 0 && calls.changes === before) return real;
    if (Date.now() > deadline && wrong.length > 0) {
      throw new Error(`not as wanted after ${timeoutMs} ms:\n${wrong.join('\n')}`);
    }
    await calls.changed(before, LOOK_AGAIN_MS);
  }
}
