/**
 * What is done to recordings without anybody asking: those whose end was not heard are closed by what their files say, and those
 * that are too old are removed. Both may be cut off anywhere and done again: a file that is gone counts as removed, and a row
 * changes only after its file.
 */
import type { Instant } from '../../core/call/state.js';
import type { Clock, Log } from '../ports.js';
import { type SoundFiles, SoundFilesUnavailable } from '../sound-files.js';
import type { RecordingStore, StoredRecording } from './store.js';

export interface UpkeepPorts {
  readonly store: RecordingStore;
  readonly files: SoundFiles;
  readonly clock: Clock;
  readonly log: Log;
}

const BATCH = 200;
const DAY_MS = 24 * 60 * 60 * 1000;
/** The end of a recording may be heard a moment after the end of its call. */
const END_MAY_COME_MS = 60_000;

export class Upkeep {
  readonly #ports: UpkeepPorts;
  #stopped = false;
  #notRemoved = 0;

  constructor(ports: UpkeepPorts) {
    this.#ports = ports;
  }

  /** Ends what is under way after the file in hand. */
  stop(): void {
    this.#stopped = true;
  }

  /** @param heardNothing true at the start: what was open then stays open, nobody will tell of its end. */
  async closeLeftOpen(heardNothing: boolean): Promise<void> {
    const { store, clock, log } = this.#ports;
    const overBefore = heardNothing ? Number.MAX_SAFE_INTEGER : clock.now() - END_MAY_COME_MS;
    const failed = await this.#each(
      (skip) => store.unclosed(overBefore, BATCH, skip),
      (recording) => this.#closeOne(recording),
    );
    if (failed > 0) log.warn({ failed }, 'recordings whose end was not heard could not be looked at');
  }

  async removeOld(retentionDays: number | null): Promise<void> {
    if (retentionDays === null) return;
    const { store, clock, log } = this.#ports;
    const before: Instant = clock.now() - retentionDays * DAY_MS;
    const failed = await this.#each(
      (skip) => store.due(before, BATCH, skip),
      (recording) => this.#removeOne(recording),
    );
    this.#notRemoved = failed;
    if (failed > 0) log.warn({ failed }, 'recordings that are due could not be removed');
  }

  problems(): readonly string[] {
    if (this.#notRemoved === 0) return [];
    return [
      `Recordings that are due could not be removed (${this.#notRemoved}): may this service write into their folder?`,
    ];
  }

  /** Batch after batch; what failed is passed over, so that it does not stand before all others. Answers how many failed. */
  async #each(
    batch: (skip: number) => Promise<readonly StoredRecording[]>,
    work: (recording: StoredRecording) => Promise<void>,
  ): Promise<number> {
    let failed = 0;
    for (;;) {
      const recordings = await batch(failed);
      for (const recording of recordings) {
        if (this.#stopped) return failed;
        try {
          await work(recording);
        } catch (error) {
          // Then every other would fail too.
          if (error instanceof SoundFilesUnavailable) throw error;
          failed += 1;
          this.#ports.log.debug({ recordingId: recording.id, reason: String(error) }, 'a recording was passed over');
        }
      }
      if (recordings.length < BATCH) return failed;
    }
  }

  async #closeOne({ id, name, startedAt }: StoredRecording): Promise<void> {
    const { store, files } = this.#ports;
    const durationMs = await files.repair(name);
    if (durationMs === null) await store.close(id, { outcome: 'lost', endedAt: null, durationMs: null });
    else await store.close(id, { outcome: 'kept', endedAt: startedAt + durationMs, durationMs });
  }

  async #removeOne({ id, name }: StoredRecording): Promise<void> {
    const { store, files } = this.#ports;
    if (!(await files.remove(name))) throw new Error('it was not removed');
    await store.markRemoved([id]);
  }
}
