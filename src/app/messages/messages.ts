/**
 * Prepared voice messages: uploaded, or recorded by phone. The row is there before the file and goes after it, so whatever a crash
 * leaves is known and is cleared away at the next start:
 *
 *     begin/upload ──▶ recording ──finish──▶ ready
 *                          │ cancel            │ remove
 *                          └──▶ withdrawn ◀────┘ ──file gone──▶ forgotten
 */
import { randomUUID } from 'node:crypto';
import type { AgentId } from '../../core/call/state.js';
import { isRefusal, type Refusal, refuse } from '../../core/refusal.js';
import type { MessageOperations, MessageUpload, Viewer } from '../application.js';
import { seesAll } from '../catalogue/command.js';
import type { Clock, Log } from '../ports.js';
import { type SoundFiles, SoundFilesUnavailable } from '../sound-files.js';
import { waitAtMost } from '../wait-at-most.js';
import { MOST_MESSAGE_MS, MOST_MESSAGES, MOST_UPLOAD_BYTES } from './limits.js';
import { soundOfMessage } from './sound-name.js';
import { storageProblem, storageRefusal } from './storage.js';
import type { MessageStore, VoiceMessage } from './store.js';
import { type TelephoneWav, telephoneWav } from './telephone-wav.js';

export interface MessageParts {
  readonly store: MessageStore;
  readonly files: SoundFiles;
  readonly clock: Clock;
  readonly log: Log;
}

/** Far longer than any recording lasts: whoever made this one is gone. */
const ABANDONED_MS = 3_600_000;
const CLEAR_EVERY_MS = 3_600_000;
/** How long stopping waits for what is being cleared away. */
const STOP_WITHIN_MS = 500;

export class Messages implements MessageOperations {
  readonly #parts: MessageParts;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;
  #clearing: Promise<void> = Promise.resolve();

  constructor(parts: MessageParts) {
    this.#parts = parts;
  }

  /** Clears away what the last run left, and looks again every hour: a file that could not be removed is tried again then. */
  start(): void {
    const clear = () => {
      this.#clearing = this.clear().catch((err: unknown) => {
        if (!this.#stopped) this.#parts.log.warn({ err }, 'old messages could not be cleared away');
      });
    };
    clear();
    this.#timer = setInterval(clear, CLEAR_EVERY_MS);
    this.#timer.unref();
  }

  /** Resolves when nothing is cleared away any more: the database may be closed. What is left is the next start's. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    await waitAtMost(STOP_WITHIN_MS, this.#clearing);
  }

  /** Removes what was abandoned while it was recorded, what belongs to nobody any more, and what was only half removed. */
  async clear(): Promise<void> {
    const { store, clock } = this.#parts;
    await store.withdrawAbandoned(clock.now() - ABANDONED_MS);
    if (this.#stopped) return;
    for (const message of await store.withdrawn()) {
      if (this.#stopped) return;
      await this.#forget(message);
    }
  }

  list(viewer: Viewer): Promise<readonly VoiceMessage[]> {
    return this.#parts.store.list(viewer.agentId);
  }

  async find(viewer: Viewer, id: string): Promise<VoiceMessage | Refusal> {
    const message = await this.#visible(viewer, id);
    return isRefusal(message) || message.state === 'ready' ? message : stillRecording();
  }

  async rename(viewer: Viewer, id: string, name: string): Promise<VoiceMessage | Refusal> {
    const message = await this.#changeable(viewer, id);
    if (isRefusal(message)) return message;
    const outcome = await this.#parts.store.rename(id, name);
    if (outcome === 'notFound') return notFound();
    return outcome === 'alreadyExists' ? nameTaken() : { ...message, name };
  }

  async remove(viewer: Viewer, id: string): Promise<{ readonly removed: true } | Refusal> {
    const message = await this.#changeable(viewer, id);
    if (isRefusal(message)) return message;
    // While it is recorded Asterisk would make the file anew.
    if (message.state === 'recording') return stillRecording();
    if (!(await this.#parts.store.withdraw(id, 'ready'))) return notFound();
    await this.#forget(message);
    return { removed: true };
  }

  async upload(viewer: Viewer, { name, shared, wav }: MessageUpload): Promise<VoiceMessage | Refusal> {
    if (shared && !seesAll(viewer)) return refuse('forbidden', 'Messages for all are made by supervisors.');
    if (wav.length > MOST_UPLOAD_BYTES) return uploadTooLarge();
    const problem = await storageProblem(this.#parts.files, 0);
    if (problem !== null) return problem;
    const sound = await telephoneWav(wav, MOST_MESSAGE_MS);
    if (isRefusal(sound)) return sound;
    const message = await this.#add(shared ? null : viewer.agentId, name);
    return isRefusal(message) ? message : await this.#store(message, sound);
  }

  begin(agentId: AgentId, name: string): Promise<VoiceMessage | Refusal> {
    return this.#add(agentId, name);
  }

  async finish(id: string): Promise<VoiceMessage | Refusal> {
    const { store, files } = this.#parts;
    const message = await store.find(id);
    if (message === null) return notFound();
    if (message.state === 'ready') return message;
    try {
      // Asterisk writes the length into the header last: a recording cut short has none.
      const durationMs = await files.repair(message.sound);
      const file = await files.stat(message.sound);
      if (durationMs !== null && durationMs > 0 && file !== null) {
        return await this.#ready(message, durationMs, file.bytes);
      }
    } catch (error) {
      if (!(error instanceof SoundFilesUnavailable)) throw error;
      return refuse('phoneSystemUnavailable', 'The PBX does not give the recording now.');
    }
    await this.cancel(id);
    return refuse('audioInvalid', 'Nothing was recorded.');
  }

  async cancel(id: string): Promise<void> {
    const message = await this.#parts.store.find(id);
    if (message === null || !(await this.#parts.store.withdraw(id, 'recording'))) return;
    await this.#forget(message);
  }

  async #add(agentId: AgentId | null, name: string): Promise<VoiceMessage | Refusal> {
    const id = randomUUID();
    const message: VoiceMessage = {
      id,
      agentId,
      name,
      sound: soundOfMessage(id),
      durationMs: 0,
      bytes: 0,
      createdAt: this.#parts.clock.now(),
      state: 'recording',
    };
    const outcome = await this.#parts.store.add(message, MOST_MESSAGES);
    if (outcome === 'alreadyExists') return nameTaken();
    if (outcome === 'tooMany') {
      return refuse('tooMany', `There are ${MOST_MESSAGES} messages already: remove one first.`, {
        most: MOST_MESSAGES,
      });
    }
    return message;
  }

  async #store(message: VoiceMessage, { file, durationMs }: TelephoneWav): Promise<VoiceMessage | Refusal> {
    try {
      const problem = await storageProblem(this.#parts.files, file.length);
      if (problem === null) {
        await this.#parts.files.write(message.sound, file);
        return await this.#ready(message, durationMs, file.length);
      }
      await this.cancel(message.id);
      return problem;
    } catch (error) {
      await this.cancel(message.id);
      const refusal = storageRefusal(error);
      if (refusal !== null) return refusal;
      throw error;
    }
  }

  async #ready(message: VoiceMessage, durationMs: number, bytes: number): Promise<VoiceMessage | Refusal> {
    if (await this.#parts.store.ready(message.id, durationMs, bytes)) {
      // Renamed meanwhile, perhaps.
      return (await this.#parts.store.find(message.id)) ?? notFound();
    }
    await this.#parts.files.remove(message.sound);
    return notFound();
  }

  /** The file, then the row. When the file cannot be removed now, the row stays and `clear` tries again. */
  async #forget({ id, sound }: Pick<VoiceMessage, 'id' | 'sound'>): Promise<void> {
    const { store, files, log } = this.#parts;
    try {
      if (await files.remove(sound)) await store.forget(id);
      else
        log.warn({ messageId: id }, 'the file of a removed message is still there; it is tried again within an hour');
    } catch (err) {
      log.warn({ messageId: id, err }, 'a removed message is not cleared away yet; it is tried again within an hour');
    }
  }

  async #visible(viewer: Viewer, id: string): Promise<VoiceMessage | Refusal> {
    const message = await this.#parts.store.find(id);
    const visible = message !== null && (message.agentId === null || message.agentId === viewer.agentId);
    return visible ? message : notFound();
  }

  async #changeable(viewer: Viewer, id: string): Promise<VoiceMessage | Refusal> {
    const message = await this.#visible(viewer, id);
    if (isRefusal(message) || message.agentId !== null || seesAll(viewer)) return message;
    return refuse('forbidden', 'Messages for all are changed by supervisors.');
  }
}

export function uploadTooLarge(): Refusal {
  return refuse('tooLarge', `The file is larger than ${MOST_UPLOAD_BYTES / 1024 ** 2} MB.`, {
    mostBytes: MOST_UPLOAD_BYTES,
  });
}

function notFound(): Refusal {
  return refuse('notFound', 'There is no such message.');
}

function nameTaken(): Refusal {
  return refuse('alreadyExists', 'There is a message of this name already.', { field: 'name' });
}

function stillRecording(): Refusal {
  return refuse('wrongState', 'This message is still being recorded.');
}
