/** The list of recordings in memory, as the database keeps it. */
import type { RecordingFilter, RecordingRecord, RecordingStore } from '../../src/app/recordings/store.js';

/** One minute of the customer with this agent, which began at `startedAt`. */
export function recordingOf(
  id: string,
  agentId: string,
  startedAt: number,
  more: Partial<RecordingRecord> = {},
): RecordingRecord {
  return {
    id,
    name: `ringmaster/2026-11-22/${id}`,
    callId: `call-of-${agentId}`,
    conversationId: `conversation-of-${agentId}`,
    queueId: 'sales',
    startedAt,
    endedAt: startedAt + 60_000,
    durationMs: 60_000,
    outcome: 'kept',
    parties: [
      { agentId: null, number: '+79161234567', name: 'Anna Petrova' },
      { agentId, number: '101', name: agentId },
    ],
    ...more,
  };
}

export class MemoryRecordings implements RecordingStore {
  readonly rows = new Map<string, RecordingRecord>();
  /** Calls that are over, for `unclosed`. */
  readonly over = new Set<string>();
  /** Every call of the store fails with it. */
  fault: Error | null = null;

  add(...records: readonly RecordingRecord[]): void {
    for (const record of records) this.rows.set(record.id, record);
  }

  async list({ since, until, agentId, number, queueId, callId, after, limit }: RecordingFilter) {
    const wanted = (party: RecordingRecord['parties'][number]) =>
      number === undefined || party.number === number || `${party.number.slice(0, number.length - 1)}*` === number;
    const found = this.#sorted()
      .reverse()
      .filter((row) => row.startedAt >= since && row.startedAt < until)
      .filter((row) => agentId === null || row.parties.some((party) => party.agentId === agentId))
      .filter((row) => number === undefined || row.parties.some(wanted))
      .filter((row) => (queueId ?? row.queueId) === row.queueId && (callId ?? row.callId) === row.callId);
    const start = after === undefined ? 0 : found.findIndex((row) => row.id === after) + 1 || found.length;
    return found.slice(start, start + limit);
  }

  async get(id: string) {
    return this.rows.get(id) ?? null;
  }

  async close(id: string, end: Parameters<RecordingStore['close']>[1]) {
    const row = this.rows.get(id);
    if (row?.outcome === 'recording') this.rows.set(id, { ...row, ...end });
  }

  async markRemoved(ids: readonly string[]) {
    if (this.fault !== null) throw this.fault;
    for (const id of ids) {
      const row = this.rows.get(id);
      if (row !== undefined) this.rows.set(id, { ...row, outcome: 'removed' });
    }
  }

  async due(before: number, limit: number, skip: number) {
    const stored = this.#sorted().filter(({ outcome }) => outcome !== 'recording' && outcome !== 'removed');
    return stored.filter((row) => row.startedAt < before).slice(skip, skip + limit);
  }

  async unclosed(_overBefore: number, limit: number, skip: number) {
    const open = this.#sorted().filter((row) => row.outcome === 'recording');
    return open.filter((row) => row.endedAt !== null || this.over.has(row.callId)).slice(skip, skip + limit);
  }

  #sorted(): RecordingRecord[] {
    return [...this.rows.values()].sort((a, b) => a.startedAt - b.startedAt || (a.id < b.id ? -1 : 1));
  }
}
