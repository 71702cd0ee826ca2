/**
 * Recordings as clients see them, and the round that looks after them: every minute the disk and those whose end was not heard,
 * every hour those that are too old. That a conversation is recorded is decided with the call; here is what was recorded.
 */
import { type Refusal, refuse } from '../../core/refusal.js';
import type { RecordingOperations, Viewer } from '../application.js';
import { CENTRE_DEFAULTS, type CentreSettings } from '../directory.js';
import { SoundFilesUnavailable } from '../sound-files.js';
import { waitAtMost } from '../wait-at-most.js';
import { DiskSpace } from './disk-space.js';
import type { RecordingFilter, RecordingRecord } from './store.js';
import { Upkeep, type UpkeepPorts } from './upkeep.js';

const ROUND_MS = 60_000;
const ROUNDS_PER_REMOVAL = 60;
/** How long stopping waits for the file in hand. */
const STOP_WITHIN_MS = 500;

type Settings = Pick<CentreSettings, 'recordingMinimumFreeMb' | 'recordingRetentionDays'>;

export class Recordings implements RecordingOperations {
  readonly #ports: UpkeepPorts;
  readonly #disk: DiskSpace;
  readonly #upkeep: Upkeep;
  #settings: () => Settings = () => CENTRE_DEFAULTS;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;
  #rounds = 0;
  #round: Promise<void> = Promise.resolve();

  constructor(ports: UpkeepPorts) {
    this.#ports = ports;
    this.#disk = new DiskSpace(ports.files);
    this.#upkeep = new Upkeep(ports);
  }

  /** Looks after recordings from now on; resolves after the first round. */
  async start(settings: () => Settings): Promise<void> {
    this.#settings = settings;
    await this.lookAfter();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#upkeep.stop();
    clearTimeout(this.#timer);
    await waitAtMost(STOP_WITHIN_MS, this.#round);
  }

  /** One round, now; never two at once. */
  async lookAfter(): Promise<void> {
    this.#round = this.#round.then(() => this.#goRound());
    await this.#round;
  }

  async list(filter: RecordingFilter): Promise<readonly RecordingRecord[]> {
    return await this.#ports.store.list(filter);
  }

  async get(viewer: Viewer, id: string): Promise<RecordingRecord | Refusal> {
    const found = await this.#ports.store.get(id);
    const visible = viewer.role !== 'agent' || found?.parties.some(({ agentId }) => agentId === viewer.agentId);
    return found !== null && visible === true ? found : refuse('notFound', 'There is no such recording.');
  }

  async playable(viewer: Viewer, id: string): Promise<RecordingRecord | Refusal> {
    const found = await this.get(viewer, id);
    if ('refused' in found || found.outcome === 'kept') return found;
    if (found.outcome === 'recording') return stillRecording();
    return refuse('notFound', 'There is nothing to hear of this recording.', { outcome: found.outcome });
  }

  async remove(id: string): Promise<{ readonly removed: true } | Refusal> {
    const { store, files, log } = this.#ports;
    const found = await store.get(id);
    if (found === null || found.outcome === 'removed') return refuse('notFound', 'There is no such recording.');
    if (found.outcome === 'recording') return stillRecording();
    try {
      if (!(await files.remove(found.name))) return cannotRemove();
    } catch (error) {
      log.warn({ recordingId: id, reason: String(error) }, 'a recording could not be removed');
      return error instanceof SoundFilesUnavailable ? unavailable() : cannotRemove();
    }
    await store.markRemoved([id]);
    return { removed: true };
  }

  mayRecord(): boolean {
    return this.#disk.isEnough(this.#settings().recordingMinimumFreeMb);
  }

  freeBytes(): number | null {
    return this.#disk.freeBytes;
  }

  /** Sentences on what an administrator should mend. */
  problems(): readonly string[] {
    return [...this.#disk.problems(this.#settings().recordingMinimumFreeMb), ...this.#upkeep.problems()];
  }

  async #goRound(): Promise<void> {
    if (this.#stopped) return;
    clearTimeout(this.#timer);
    await this.#disk.look();
    try {
      await this.#upkeep.closeLeftOpen(this.#rounds === 0);
      if (this.#rounds % ROUNDS_PER_REMOVAL === 0)
        await this.#upkeep.removeOld(this.#settings().recordingRetentionDays);
      this.#rounds += 1;
    } catch (error) {
      // The same round again in a minute: the database or Asterisk is away.
      if (!this.#stopped) this.#ports.log.warn({ reason: String(error) }, 'recordings could not be looked after');
    }
    if (this.#stopped) return;
    this.#timer = setTimeout(() => void this.lookAfter(), ROUND_MS);
    this.#timer.unref();
  }
}

function stillRecording(): Refusal {
  return refuse('stillRecording', 'The recording is still being written.');
}

function unavailable(): Refusal {
  return refuse('phoneSystemUnavailable', 'Asterisk, which has the recording, does not answer.');
}

function cannotRemove(): Refusal {
  return refuse('storageReadOnly', 'The file could not be removed; the log says why.');
}
