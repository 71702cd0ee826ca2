/** Recordings on real databases: rows from a call's events, finding them, and what is done to them afterwards. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { RecordingFilter } from '../../src/app/recordings/store.js';
import type { CallEventBody } from '../../src/core/call/event.js';
import type { RecordedParty } from '../../src/core/call/new-leg.js';
import { type Database, openDatabase } from '../../src/db/database.js';
import { databaseKinds, quietLog, type TestDatabase } from '../support/databases.js';
import { callEntry, connected, ended, queued, started } from '../support/journal-entries.js';

const T = 1_700_000_000_000;
const CUSTOMER: RecordedParty = { legId: 'l1', agentId: null, party: { number: '+79161234567', name: "O'Hara; --" } };
const ALL: RecordingFilter = { since: 0, until: T * 2, agentId: null, limit: 100 };

function agent(id: string): RecordedParty {
  return { legId: `leg-${id}`, agentId: id, party: { number: `10${id}`, name: id } };
}

function opened(id: string, ...parties: readonly RecordedParty[]): CallEventBody {
  const file = { name: `ringmaster/2026-11-22/${id}`, conversationId: `conversation-${id}` };
  return { type: 'recording.opened', recordingId: id, ...file, parties };
}

function closed(id: string, outcome: 'kept' | 'failed' | 'lost', durationMs: number | null = null): CallEventBody {
  return { type: 'recording.closed', recordingId: id, outcome, durationMs };
}

describe.each(databaseKinds())('recordings on $name', ({ create }) => {
  let place: TestDatabase;
  let database: Database;
  beforeEach(async () => {
    place = await create();
    database = await openDatabase({ url: place.url }, quietLog);
  });
  afterEach(async () => {
    await database.close();
    await place.remove();
  });

  const listed = async (filter: Partial<RecordingFilter> = {}) =>
    (await database.recordings.list({ ...ALL, ...filter })).map(({ id }) => id);

  /** Calls of one recording each, a second apart, all of them kept. */
  async function calls(...told: readonly (readonly [id: string, queueId: string, ...RecordedParty[]])[]) {
    for (const [index, [id, queueId, ...parties]] of told.entries()) {
      const at = T + index * 1000;
      const events = [started, queued(queueId, at), connected('a', queueId, 0), opened(id, ...parties)];
      await database.journal.append(callEntry(`call-${id}`, 1, at, ...events, closed(id, 'kept', 500)));
      await database.journal.append(callEntry(`call-${id}`, 6, at, ended('answered', queueId, 'a', 0, 500)));
    }
  }

  test('a recording is there from its beginning, with the queue and who takes part, and complete at its end', async () => {
    const { journal, recordings } = database;
    await journal.append(
      callEntry('c', 1, T, started, queued('q', T), connected('a', 'q', 0), opened('r', CUSTOMER, agent('a'))),
    );
    const begun = await recordings.get('r');
    expect(begun).toEqual({
      id: 'r',
      name: 'ringmaster/2026-11-22/r',
      callId: 'c',
      conversationId: 'conversation-r',
      queueId: 'q',
      startedAt: T,
      endedAt: null,
      durationMs: null,
      outcome: 'recording',
      parties: [
        { agentId: null, number: '+79161234567', name: "O'Hara; --" },
        { agentId: 'a', number: '10a', name: 'a' },
      ],
    });
    await journal.append(callEntry('c', 5, T + 9_000, closed('r', 'kept', 8_950)));
    expect(await recordings.get('r')).toEqual({ ...begun, endedAt: T + 9_000, durationMs: 8_950, outcome: 'kept' });
    expect(await recordings.list(ALL)).toEqual([await recordings.get('r')]);
    expect(await recordings.get('none')).toBeNull();
  });

  test('a call without a queue has recordings without one, and a recording that failed says so', async () => {
    await database.journal.append(callEntry('c', 1, T, started, opened('r'), closed('r', 'failed')));
    expect(await database.recordings.get('r')).toMatchObject({ queueId: null, outcome: 'failed', parties: [] });
  });

  test('they are found by agent, number, beginning of a number, queue, call and time, newest first', async () => {
    const other: RecordedParty = { ...CUSTOMER, party: { number: '+74951112233', name: '' } };
    await calls(
      ['r1', 'sales', CUSTOMER, agent('a')],
      ['r2', 'sales', other, agent('b')],
      ['r3', 'service', CUSTOMER, agent('b')],
      ['r4', 'sales', CUSTOMER, agent('a'), agent('b')],
    );
    expect(await listed()).toEqual(['r4', 'r3', 'r2', 'r1']);
    expect(await listed({ agentId: 'a' })).toEqual(['r4', 'r1']);
    expect(await listed({ number: '+79161234567' })).toEqual(['r4', 'r3', 'r1']);
    expect(await listed({ number: '+7916*' })).toEqual(['r4', 'r3', 'r1']);
    expect(await listed({ number: '+7*' })).toEqual(['r4', 'r3', 'r2', 'r1']);
    expect(await listed({ number: '+7916' })).toEqual([]);
    expect(await listed({ queueId: 'sales' })).toEqual(['r4', 'r2', 'r1']);
    expect(await listed({ callId: 'call-r3' })).toEqual(['r3']);
    expect(await listed({ since: T + 1000, until: T + 3000 })).toEqual(['r3', 'r2']);
    expect(await listed({ agentId: 'b', queueId: 'sales', number: '+7916*' })).toEqual(['r4']);
    expect(await listed({ number: '+79161234567', queueId: 'service' })).toEqual(['r3']);
    expect(await listed({ agentId: 'b', callId: 'call-r1' })).toEqual([]);
  });

  test('page by page nothing is missed and nothing comes twice, also of the same moment', async () => {
    const ids = Array.from({ length: 25 }, (_, index) => `r${String(index).padStart(2, '0')}`);
    const events = ids.flatMap((id) => [opened(id, CUSTOMER, CUSTOMER, agent('a')), closed(id, 'kept', 1)]);
    await database.journal.append(callEntry('c', 1, T, started, ...events));
    for (const filter of [{}, { agentId: 'a' }, { number: '+79161234567' }, { number: '+79*' }]) {
      const read: string[] = [];
      for (;;) {
        const after = read.at(-1);
        const page = await listed({ ...filter, limit: 10, ...(after === undefined ? {} : { after }) });
        read.push(...page);
        if (page.length < 10) break;
      }
      expect(read).toEqual([...ids].reverse());
    }
    expect(await listed({ after: 'unheard-of' })).toEqual([]);
  });

  test('what is due is oldest first, without what is being written or was removed', async () => {
    await calls(['r1', 'q'], ['r2', 'q'], ['r3', 'q'], ['r4', 'q']);
    await database.journal.append(callEntry('live', 1, T, started, opened('open')));
    const { recordings } = database;
    const due = async (skip: number) => (await recordings.due(T + 3_000, 2, skip)).map(({ id }) => id);
    expect(await due(0)).toEqual(['r1', 'r2']);
    expect(await due(1)).toEqual(['r2', 'r3']);
    await recordings.markRemoved(['r1', 'r2']);
    await recordings.markRemoved([]);
    expect(await due(0)).toEqual(['r3']);
    expect(await recordings.get('r1')).toMatchObject({ outcome: 'removed', durationMs: 500 });
    expect(await listed()).toContain('r1');
  });

  test('left open are those said to be lost, and those whose call is over', async () => {
    const { journal, recordings } = database;
    const unclosed = async (before = T * 2) => (await recordings.unclosed(before, 10, 0)).map(({ id }) => id);
    await journal.append(callEntry('live', 1, T, started, opened('going-on')));
    await journal.append(callEntry('over', 1, T + 1, started, opened('forgotten')));
    await journal.append(callEntry('over', 3, T + 2, ended('answered', 'q', 'a', 0, 1)));
    await journal.append(callEntry('more', 1, T + 3, started, opened('lost'), closed('lost', 'lost')));
    expect(await unclosed()).toEqual(['forgotten', 'lost']);
    // The end may still be told: the call has only just ended.
    expect(await unclosed(T)).toEqual(['lost']);
    await recordings.close('forgotten', { outcome: 'kept', endedAt: T + 70, durationMs: 69 });
    await recordings.close('lost', { outcome: 'lost', endedAt: null, durationMs: null });
    expect(await unclosed()).toEqual([]);
    expect(await recordings.get('forgotten')).toMatchObject({ outcome: 'kept', endedAt: T + 70, durationMs: 69 });
  });

  test('the end as Asterisk tells it stands against what was found, and a removed one stays removed', async () => {
    const { journal, recordings } = database;
    await journal.append(callEntry('c', 1, T, started, opened('r'), opened('s')));
    await recordings.close('r', { outcome: 'lost', endedAt: null, durationMs: null });
    await journal.append(callEntry('c', 4, T + 5, closed('r', 'kept', 5), closed('s', 'kept', 5)));
    expect(await recordings.get('r')).toMatchObject({ outcome: 'kept', durationMs: 5 });
    await recordings.close('r', { outcome: 'lost', endedAt: null, durationMs: null });
    expect(await recordings.get('r')).toMatchObject({ outcome: 'kept' });
    await recordings.markRemoved(['s']);
    await journal.append(callEntry('c', 6, T + 6, closed('s', 'kept', 6)));
    expect(await recordings.get('s')).toMatchObject({ outcome: 'removed' });
  });
});
