/** Figures of queues and agents from hand-made histories. */

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { CallEventBody } from '../../src/core/call/event.js';
import { QUEUE_CALLBACK_RULE } from '../../src/core/callback/rule.js';
import { type Database, openDatabase } from '../../src/db/database.js';
import { databaseKinds, quietLog, type TestDatabase } from '../support/databases.js';
import { agentEntry, callEntry, connected, ended, offerFailed, queued, started } from '../support/journal-entries.js';

const T = 1_700_000_000_000;

describe.each(databaseKinds())('history on $name', ({ create }) => {
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

  async function threeCalls() {
    const { journal } = database;
    await database.configuration.saveQueue({
      id: 'q',
      name: 'Q',
      number: null,
      strategy: 'ringAll',
      ringMs: 1,
      wrapUpMs: 0,
      retryMs: { busy: 0, rejected: 0, noAnswer: 0, unavailable: 0 },
      maxWaitMs: null,
      overflow: { kind: 'hangup' },
      joinWhenEmpty: 'always',
      leaveWhenEmpty: 'always',
      callBackAbandoned: null,
      music: 'default',
      language: 'en',
      announce: { position: false, estimatedWait: false, firstMs: 0, everyMs: 0 },
      priority: 0,
      serviceLevelMs: 20_000,
      record: false,
      callbacks: QUEUE_CALLBACK_RULE,
    });
    // Quick: answered in 5 s, in one transaction; reconnected after a hold, which is still one answer.
    await journal.append(
      callEntry('quick', 1, T, started, queued('q', T), connected('a', 'q', 5_000), connected('a', 'q', 9_000)),
    );
    await journal.append(callEntry('quick', 5, T + 65_000, ended('answered', 'q', 'a', 5_000, 60_000)));
    // Slow: missed by a, then answered by b after 30 s, step by step.
    await journal.append(callEntry('slow', 1, T + 1, started));
    await journal.append(callEntry('slow', 2, T + 2, queued('q', T + 2)));
    await journal.append(callEntry('slow', 3, T + 15_000, offerFailed('a', 'q')));
    await journal.append(callEntry('slow', 4, T + 30_002, connected('b', 'q', 30_000)));
    await journal.append(callEntry('slow', 5, T + 40_002, ended('answered', 'q', 'b', 30_000, 10_000)));
    await journal.append(callEntry('lost', 1, T + 3, started, queued('q', T + 3)));
    await journal.append(callEntry('lost', 3, T + 7_003, ended('abandoned', 'q', null, 7_000, 0)));
  }

  test('a queue counts offered, answered, abandoned and the service level', async () => {
    await threeCalls();
    expect(await database.history.queueTotals(T, T + 10)).toEqual([
      {
        queueId: 'q',
        offered: 3,
        answered: 2,
        abandoned: 1,
        lost: 0,
        turnedAway: 0,
        answeredWithinServiceLevel: 1,
        waitedMs: 35_000,
        talkedMs: 70_000,
        rated: 0,
        ratings: 0,
      },
    ]);
    for (const score of [2, 5])
      await database.journal.append(
        callEntry('quick', 90 + score, T, { type: 'call.rated', score, queueId: 'q', agentId: 'a' }),
      );
    expect(await database.history.queueTotals(T, T + 10)).toMatchObject([{ rated: 1, ratings: 5 }]);
    expect(await database.history.queueTotals(T + 3, T + 10)).toMatchObject([{ offered: 1, abandoned: 1 }]);
    expect(await database.history.queueTotals(T + 10, T + 20)).toEqual([]);
  });

  test('a callback that reached nobody is found by its queue, and was not offered to it', async () => {
    await threeCalls();
    const called: CallEventBody = { ...started, direction: 'outbound', queueId: 'q' };
    await database.journal.append(callEntry('back', 1, T + 4, called, ended('busy', 'q', null, 0, 0)));
    expect(await database.history.queueTotals(T, T + 10)).toMatchObject([{ queueId: 'q', offered: 3 }]);
    const all = { agentId: null, since: T, until: T + 10, limit: 10, outcome: 'busy', queueId: 'q' };
    expect(await database.history.calls(all)).toMatchObject([{ id: 'back', queueId: 'q' }]);
  });

  test('a caller who was turned away is found, by the queue too, and was not offered to it', async () => {
    await threeCalls();
    const away: CallEventBody = ended('turnedAway', 'q', null, 0, 0);
    await database.journal.append(callEntry('away', 1, T + 4, started, away));
    await database.journal.append(callEntry('nowhere', 1, T + 5, started, ended('turnedAway', null, null, 0, 0)));
    expect(await database.history.queueTotals(T, T + 10)).toMatchObject([{ queueId: 'q', offered: 3, turnedAway: 1 }]);
    const all = { agentId: null, since: T, until: T + 10, limit: 10, outcome: 'turnedAway' };
    expect(await database.history.calls(all)).toMatchObject([
      { id: 'nowhere', queueId: null },
      {
        id: 'away',
        queueId: 'q',
        dialled: '800',
        outcome: 'turnedAway',
        endedAt: T + 4,
        connectedAt: null,
        waitedMs: 0,
      },
    ]);
    expect(await database.history.calls({ ...all, queueId: 'q' })).toHaveLength(1);
    // Nothing to take up at the next start.
    expect((await database.history.load()).liveCalls).toEqual([]);
  });

  test('an agent’s answered, missed and talked are counted once', async () => {
    await threeCalls();
    const totals = await database.history.agentTotals(T, T + 100_000, null);
    expect(totals).toMatchObject([
      { agentId: 'a', answered: 1, missed: 1, talkedMs: 60_000 },
      { agentId: 'b', answered: 1, missed: 0, talkedMs: 10_000 },
    ]);
    expect(await database.history.agentTotals(T, T + 100_000, 'b')).toEqual([totals[1]]);
  });

  test('sessions and statuses count by their part inside the interval', async () => {
    const { journal, history } = database;
    const status = (statusId: string) =>
      ({
        type: 'agent.statusChanged',
        statusId,
        setBy: 'agent',
        blocking: false,
        until: null,
        next: null,
        byAgentId: null,
      }) as const;
    await journal.append(agentEntry('a', 1, T, { type: 'agent.loggedIn', sessionId: 's1' }, status('ready')));
    await journal.append(agentEntry('a', 3, T + 100, status('lunch')));
    await journal.append(agentEntry('a', 4, T + 300, status('ready')));
    await journal.append(agentEntry('a', 5, T + 400, { type: 'agent.loggedOut', sessionId: 's1', by: 'agent' }));
    await journal.append(agentEntry('a', 6, T + 900, { type: 'agent.loggedIn', sessionId: 's2' }, status('ready')));
    const [whole] = await history.agentTotals(T, T + 1_000, 'a');
    expect(whole).toMatchObject({ sessions: 2, loggedInMs: 500, statusMs: { ready: 300, lunch: 200 } });
    const [part] = await history.agentTotals(T + 50, T + 150, null);
    expect(part).toMatchObject({ sessions: 1, loggedInMs: 100, statusMs: { ready: 50, lunch: 50 } });
    expect(await history.agentTotals(T + 400, T + 900, null)).toEqual([]);
  });

  test('calls are listed newest first, by agent and interval, with what became of them', async () => {
    await threeCalls();
    const all = { agentId: null, since: T, until: T + 10, limit: 2 };
    expect((await database.history.calls(all)).map((call) => call.id)).toEqual(['lost', 'slow']);
    expect(await database.history.calls({ ...all, agentId: 'a' })).toEqual([
      {
        id: 'quick',
        direction: 'inbound',
        fromNumber: '5550100',
        fromName: "O'Hara; DROP TABLE calls",
        dialled: '800',
        queueId: 'q',
        agentId: 'a',
        startedAt: T,
        connectedAt: T,
        endedAt: T + 65_000,
        outcome: 'answered',
        waitedMs: 5_000,
        talkedMs: 60_000,
        rating: null,
      },
    ]);
  });
});
