/** Prepared messages for tests of what is above the database: the real operations on a store and files in memory. */
import { Messages } from '../../src/app/messages/messages.js';
import type { MessageStore, VoiceMessage } from '../../src/app/messages/store.js';
import { NOW, silentLog } from './fake-application.js';
import { MemorySounds } from './memory-sounds.js';

export class MemoryMessageStore implements MessageStore {
  readonly rows = new Map<string, VoiceMessage & { withdrawn?: true }>();

  async list(agentId: string) {
    const own = this.#present().filter((row) => row.agentId === agentId || row.agentId === null);
    return own.sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  async find(id: string) {
    return this.#present().find((row) => row.id === id) ?? null;
  }

  async add(message: VoiceMessage, most: number) {
    const names = this.#present().filter((row) => row.agentId === message.agentId);
    if (names.some((row) => row.name === message.name)) return 'alreadyExists' as const;
    if (names.length >= most) return 'tooMany' as const;
    this.rows.set(message.id, message);
    return 'added' as const;
  }

  async rename(id: string, name: string) {
    const row = await this.find(id);
    if (row === null) return 'notFound' as const;
    const others = this.#present().filter((each) => each.agentId === row.agentId && each.id !== id);
    if (others.some((each) => each.name === name)) return 'alreadyExists' as const;
    this.rows.set(id, { ...row, name });
    return 'renamed' as const;
  }

  async ready(id: string, durationMs: number, bytes: number) {
    const row = await this.find(id);
    if (row !== null) this.rows.set(id, { ...row, durationMs, bytes, state: 'ready' });
    return row !== null;
  }

  async withdraw(id: string, state: VoiceMessage['state']) {
    const row = await this.find(id);
    if (row?.state !== state) return false;
    this.rows.set(id, { ...row, withdrawn: true });
    return true;
  }

  async withdrawAbandoned(before: number) {
    for (const row of this.#present()) {
      if (row.state === 'recording' && row.createdAt < before) await this.withdraw(row.id, 'recording');
    }
  }

  async withdrawn() {
    return [...this.rows.values()].filter((row) => row.withdrawn === true);
  }

  async forget(id: string) {
    if (this.rows.get(id)?.withdrawn === true) this.rows.delete(id);
  }

  #present(): VoiceMessage[] {
    return [...this.rows.values()].filter((row) => row.withdrawn !== true);
  }
}

export interface MemoryMessages {
  readonly messages: Messages;
  readonly store: MemoryMessageStore;
  readonly files: MemorySounds;
}

export function memoryMessages(now = () => NOW): MemoryMessages {
  const store = new MemoryMessageStore();
  const files = new MemorySounds();
  return { store, files, messages: new Messages({ store, files, clock: { now }, log: silentLog }) };
}
