/**
 * Open callbacks of the coming hours as those see them who may, and each change of one. Kept in memory, because a picture for somebody who
 * connects is taken at once; bounded, because a hundred thousand may be scheduled: the soonest MOST_KEPT of those due within AHEAD_MS.
 * What is due later is asked for (`callback.list`).
 */
import type { AgentId, Instant, QueueId } from '../../core/call/state.js';
import { type Callback, isOver } from '../../core/callback/callback.js';
import type { Viewer } from '../application.js';
import type { Clock, Log } from '../ports.js';
import type { SettingsInForce } from '../settings-in-force.js';
import type { Change } from '../view.js';
import type { CallbackStore } from './store.js';

export interface UpcomingPorts {
  readonly store: CallbackStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: () => SettingsInForce;
  readonly membersOf: (queueId: QueueId) => readonly AgentId[];
  readonly tell: (change: Change) => void;
}

const AHEAD_MS = 24 * 3_600_000;
const MOST_KEPT = 2_000;
const MOST_SHOWN = 200;
/** How often those are read that have come within AHEAD_MS. */
const READ_MORE_MS = 60_000;

export class UpcomingCallbacks {
  readonly #ports: UpcomingPorts;
  readonly #open = new Map<string, Callback>();
  /** All that are scheduled for before this moment are known. */
  #knownUntil: Instant = 0;
  /** The same, once what is being read has come. */
  #readingUntil: Instant = 0;
  /** Changed while more were being read: what was read of them may be old. */
  readonly #changed = new Set<string>();
  #timer: NodeJS.Timeout | null = null;

  constructor(ports: UpcomingPorts) {
    this.#ports = ports;
    ports.store.onEvent((_event, after, before) => this.#follow(after, before));
  }

  /** Reads what is there. */
  async open(): Promise<void> {
    for (const callback of await this.#ports.store.calling()) this.#open.set(callback.id, callback);
    await this.readMore();
    this.#timer = setInterval(() => {
      void this.readMore().catch((error: unknown) => {
        this.#ports.log.warn({ error: String(error) }, 'the callbacks of the coming hours could not be read');
      });
    }, READ_MORE_MS).unref();
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
  }

  /** The soonest first. */
  of(viewer: Viewer): readonly Callback[] {
    const until = this.#ports.clock.now() + AHEAD_MS;
    const queueIds = new Set(
      (this.#ports.settings().membershipsOf.get(viewer.agentId) ?? []).map(({ queueId }) => queueId),
    );
    const shown = [...this.#open.values()].filter(
      (each) =>
        dialledAt(each) < until &&
        (viewer.role !== 'agent' || isPersonTo(each, viewer.agentId) || queueIds.has(each.queueId ?? '')),
    );
    return shown.sort(soonestFirst).slice(0, MOST_SHOWN);
  }

  /** Those that have come within reach since the last time, and those for which there was no room. */
  async readMore(): Promise<void> {
    const until = this.#ports.clock.now() + AHEAD_MS;
    if (until <= this.#knownUntil || this.#open.size >= MOST_KEPT) return;
    this.#changed.clear();
    this.#readingUntil = until;
    // Of those at the edge some are known already.
    const atEdge = [...this.#open.values()].filter((each) => dialledAt(each) >= this.#knownUntil).length;
    const limit = MOST_KEPT - this.#open.size + atEdge;
    const read = await this.#ports.store.upcoming(this.#knownUntil, until, limit).finally(() => {
      this.#readingUntil = 0;
    });
    for (const callback of read) {
      if (this.#changed.has(callback.id) || this.#open.has(callback.id)) continue;
      this.#open.set(callback.id, callback);
      this.#tell(callback, this.#watchers(callback));
    }
    this.#knownUntil = read.length < limit ? until : dialledAt(read.at(-1));
  }

  #follow(after: Callback, before: Callback | null): void {
    this.#changed.add(after.id);
    const knownUntil = Math.max(this.#knownUntil, this.#readingUntil);
    if (isOver(after) || (after.state === 'scheduled' && dialledAt(after) >= knownUntil)) {
      this.#open.delete(after.id);
    } else {
      this.#open.set(after.id, after);
      if (this.#open.size >= 2 * MOST_KEPT) this.#forgetLatest();
    }
    const watchers = this.#watchers(after);
    const gone = before === null ? [] : [...this.#watchers(before)].filter((agentId) => !watchers.has(agentId));
    // First, so that supervisors, who are told of every change, have the picture in the end.
    if (gone.length > 0)
      this.#ports.tell({ topic: 'callback', id: after.id, view: null, audience: { agentIds: gone } });
    this.#tell(after, watchers);
  }

  #forgetLatest(): void {
    const latest = [...this.#open.values()].sort(soonestFirst).slice(MOST_KEPT);
    this.#knownUntil = dialledAt(latest[0]);
    for (const { id, state } of latest) if (state === 'scheduled') this.#open.delete(id);
  }

  #tell(view: Callback, watchers: ReadonlySet<AgentId>): void {
    this.#ports.tell({ topic: 'callback', id: view.id, view, audience: { agentIds: [...watchers] } });
  }

  #watchers({ agentId, createdBy, queueId }: Callback): ReadonlySet<AgentId> {
    const members = queueId === null ? [] : this.#ports.membersOf(queueId);
    return new Set([createdBy, ...(agentId === null ? [] : [agentId]), ...members]);
  }
}

function isPersonTo({ agentId, createdBy }: Callback, id: AgentId): boolean {
  return agentId === id || createdBy === id;
}

function dialledAt(callback: Callback | undefined): Instant {
  return callback?.nextAt ?? callback?.dueAt ?? 0;
}

function soonestFirst(one: Callback, other: Callback): number {
  return dialledAt(one) - dialledAt(other) || (one.id < other.id ? -1 : 1);
}
