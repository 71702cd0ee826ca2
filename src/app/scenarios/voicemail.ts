/**
 * Voicemail: messages that callers leave for a queue or for an agent. The row is there before the file and goes after it, so that a
 * message whose caller hung up while the controller was away is found all the same.
 *
 *     open ──▶ recording ──close──▶ ready ──remove──▶ withdrawn ──file gone──▶ forgotten
 *                  └──── nothing was said ────────────▲
 */
import { randomUUID } from 'node:crypto';
import type { CallId, Party } from '../../core/call/state.js';
import { type Refusal, refuse } from '../../core/refusal.js';
import type { VoicemailBox } from '../../core/scenario/scenario.js';
import type { Viewer, VoicemailOperations } from '../application.js';
import { seesAll } from '../catalogue/command.js';
import type { Clock, Log } from '../ports.js';
import type { SettingsInForce } from '../settings-in-force.js';
import type { SoundFiles } from '../sound-files.js';
import type { VoicemailFilter, VoicemailRecord, VoicemailStore } from './voicemail-store.js';

export interface VoicemailParts {
  readonly store: VoicemailStore;
  readonly files: SoundFiles;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: () => SettingsInForce;
  /** Is there room for recordings? */
  readonly mayRecord: () => boolean;
}

export type OpenVoicemail = Pick<VoicemailRecord, 'id' | 'sound'>;

/** Shorter than that is somebody who hung up at the tone. */
const LEAST_MS = 700;
/** Longer than any message and what is said before it: whoever recorded this one is gone. */
const ABANDONED_MS = 15 * 60_000;
const CLEAR_EVERY_MS = 3_600_000;

export class Voicemail implements VoicemailOperations {
  readonly #parts: VoicemailParts;
  #timer: NodeJS.Timeout | null = null;

  constructor(parts: VoicemailParts) {
    this.#parts = parts;
  }

  /** Finishes what an earlier run left, and looks again every hour. */
  start(): void {
    const clear = () => {
      this.clear().catch((err: unknown) => this.#parts.log.warn({ err }, 'old voicemail could not be cleared away'));
    };
    clear();
    this.#timer = setInterval(clear, CLEAR_EVERY_MS);
    this.#timer.unref();
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
  }

  async clear(): Promise<void> {
    const { store, clock } = this.#parts;
    for (const record of await store.unfinished(clock.now() - ABANDONED_MS)) await this.#finish(record);
    for (const record of await store.withdrawn()) await this.#forget(record);
  }

  /** A file to record to; null where nothing can be kept now. */
  async open(message: {
    readonly to: VoicemailBox;
    readonly from: Party;
    readonly callId: CallId;
  }): Promise<OpenVoicemail | null> {
    const { store, clock, log, mayRecord } = this.#parts;
    if (!mayRecord()) return null;
    const id = randomUUID();
    const sound = `ringmaster/voicemail/${id}`;
    const nothing = { durationMs: 0, heardAt: null, heardBy: null };
    try {
      await store.add({ id, sound, ...message, createdAt: clock.now(), ...nothing });
      return { id, sound };
    } catch (error) {
      log.warn({ callId: message.callId, error: String(error) }, 'a voicemail could not be begun');
      return null;
    }
  }

  /** The caller has spoken, or has gone. */
  close(opened: OpenVoicemail): void {
    this.#finish(opened).catch((error: unknown) => {
      // It is tried again within the hour.
      this.#parts.log.warn({ voicemailId: opened.id, error: String(error) }, 'a voicemail could not be finished yet');
    });
  }

  list(viewer: Viewer, filter: Omit<VoicemailFilter, 'boxes'>) {
    return this.#parts.store.list({ ...filter, boxes: boxesOf(viewer, this.#parts.settings()) });
  }

  /** Another's is as if it were not there. */
  async find(viewer: Viewer, id: string): Promise<VoicemailRecord | Refusal> {
    const found = await this.#parts.store.find(id);
    const boxes = boxesOf(viewer, this.#parts.settings());
    const visible = found !== null && (boxes === null || boxes.some((box) => sameBox(box, found.to)));
    return visible ? found : refuse('notFound', 'There is no such message.');
  }

  async mark(viewer: Viewer, id: string, heard: boolean) {
    const found = await this.find(viewer, id);
    if ('refused' in found) return found;
    await this.#parts.store.mark(id, heard ? { at: this.#parts.clock.now(), by: viewer.agentId } : null);
    return await this.find(viewer, id);
  }

  async remove(viewer: Viewer, id: string): Promise<{ readonly removed: true } | Refusal> {
    const found = await this.find(viewer, id);
    if ('refused' in found) return found;
    await this.#parts.store.withdraw(id);
    await this.#forget(found);
    return { removed: true };
  }

  /** Asterisk writes the length into the header last: a recording cut short has none. */
  async #finish({ id, sound }: OpenVoicemail): Promise<void> {
    const { store, files } = this.#parts;
    const durationMs = await files.repair(sound);
    if (durationMs !== null && durationMs >= LEAST_MS) return await store.ready(id, durationMs);
    await store.withdraw(id);
    await this.#forget({ id, sound });
  }

  async #forget({ id, sound }: OpenVoicemail): Promise<void> {
    const { store, files, log } = this.#parts;
    const gone = await files.remove(sound).catch(() => false);
    if (gone) await store.forget(id);
    else log.warn({ voicemailId: id }, 'the file of a voicemail is still there; it is tried again within an hour');
  }
}

/** The own box and those of the queues that the agent serves; null: all. */
function boxesOf(viewer: Viewer, settings: SettingsInForce): readonly VoicemailBox[] | null {
  if (seesAll(viewer)) return null;
  const queues = settings.membershipsOf.get(viewer.agentId) ?? [];
  return [
    { kind: 'agent', agentId: viewer.agentId },
    ...queues.map(({ queueId }) => ({ kind: 'queue', queueId }) as const),
  ];
}

function sameBox(one: VoicemailBox, other: VoicemailBox): boolean {
  if (one.kind === 'queue') return other.kind === 'queue' && one.queueId === other.queueId;
  return other.kind === 'agent' && one.agentId === other.agentId;
}
