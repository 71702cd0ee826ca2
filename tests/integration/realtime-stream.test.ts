/** What a client is told over Socket.IO: a snapshot, then every change it may see, numbered without gaps. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Change } from '../../src/app/view.js';
import { callback } from '../support/callback-scene.js';
import { NOW } from '../support/fake-application.js';
import { type FakeService, startFakeService } from '../support/fake-service.js';
import { callView, queueView } from '../support/fake-views.js';
import { type Client, connect, type Received } from '../support/realtime-client.js';

let service: FakeService;
let clients: Client[];

beforeEach(async () => {
  service = await startFakeService();
  clients = [];
});
afterEach(async () => {
  for (const client of clients) client.close();
  await service.close();
});

async function connected(agentId: string): Promise<Client> {
  const client = await connect(service.url, await service.token(agentId));
  clients.push(client);
  return client;
}

/** Connected, with the snapshot taken. */
async function watching(agentId: string): Promise<Client> {
  const client = await connected(agentId);
  expect(await client.next()).toMatchObject({ event: 'snapshot' });
  return client;
}

function callChange(id: string, agentId: string, phase: 'talking' | 'ended' = 'talking'): Change {
  return { topic: 'call', id, view: { ...callView(id, agentId), phase }, audience: { agentIds: [agentId] } };
}

function queueChange(waiting: number, agentIds: readonly string[] = ['anna']): Change {
  return { topic: 'queue', id: 'sales', view: queueView('sales', waiting), audience: { agentIds } };
}

const seqOf = (received: Received) => ('message' in received && 'seq' in received.message ? received.message.seq : -1);

describe('at connect', () => {
  test('a supervisor is given everything', async () => {
    const client = await connected('vera');
    const first = await client.next();
    expect(first).toMatchObject({ event: 'snapshot', message: { v: 1, seq: 0, snapshot: { at: NOW } } });
    if (first.event !== 'snapshot') return;
    expect(first.message.snapshot.agents).toHaveLength(4);
    expect(first.message.snapshot.calls).toHaveLength(2);
  });

  test('an agent is given only what is its own', async () => {
    const first = await (await connected('anna')).next();
    if (first.event !== 'snapshot') throw new Error('No snapshot first.');
    const { agents, queues, calls } = first.message.snapshot;
    expect([agents, queues, calls].map((each) => each.map(({ id }) => id))).toEqual([
      ['anna'],
      ['sales'],
      ['call-anna'],
    ]);
  });

  test.each([[undefined], ['wrong'], [{ $ne: null }], ['A'.repeat(43)]])('the token %j is refused', async (token) => {
    await expect(connect(service.url, token)).rejects.toMatchObject({ data: { error: { code: 'unauthenticated' } } });
    expect(service.realtime.connections()).toBe(0);
  });
});

describe('changes', () => {
  test('are numbered from the snapshot on, without gaps', async () => {
    const client = await watching('vera');
    for (let seq = 1; seq <= 5; seq += 1) {
      service.application.publish(queueChange(seq));
      const received = await client.next();
      expect(received).toMatchObject({
        event: 'change',
        message: { v: 1, seq, topic: 'queue', view: { waiting: seq } },
      });
    }
    const late = await (await connected('vera')).next();
    expect(seqOf(late)).toBe(5);
  });

  test('of a callback bring the whole of it, and that it is gone', async () => {
    const [anna, vera] = [await watching('anna'), await watching('vera')];
    const change = { topic: 'callback', id: 'cb1', audience: { agentIds: ['anna'] } } as const;
    service.application.publish({ ...change, view: callback() });
    expect(await anna.next()).toMatchObject({ message: { seq: 1, topic: 'callback', id: 'cb1', view: callback() } });
    service.application.publish({ ...change, view: null });
    expect(await anna.next()).toMatchObject({ message: { seq: 2, topic: 'callback', id: 'cb1', view: null } });
    expect([seqOf(await vera.next()), seqOf(await vera.next())]).toEqual([1, 2]);
  });

  test('do not tell who else sees them', async () => {
    const client = await watching('anna');
    service.application.publish(queueChange(1, ['anna', 'boris']));
    expect(JSON.stringify(await client.next())).not.toMatch(/audience|boris/);
  });

  test('of one thing in one turn become one, the last', async () => {
    const client = await watching('vera');
    for (let waiting = 1; waiting <= 100; waiting += 1) service.application.publish(queueChange(waiting));
    service.application.publish(callChange('call-new', 'anna'));
    expect(await client.next()).toMatchObject({ message: { seq: 1, view: { waiting: 100 } } });
    expect(await client.next()).toMatchObject({ message: { seq: 2, topic: 'call' } });
  });

  test("of another agent are not seen, and leave no gap in one's own", async () => {
    const [anna, boris, vera] = [await watching('anna'), await watching('boris'), await watching('vera')];
    service.application.publish(callChange('call-boris', 'boris'));
    service.application.publish(callChange('call-anna', 'anna'));
    expect(await anna.next()).toMatchObject({ message: { seq: 1, id: 'call-anna' } });
    expect(await boris.next()).toMatchObject({ message: { seq: 1, id: 'call-boris' } });
    expect([seqOf(await vera.next()), seqOf(await vera.next())]).toEqual([1, 2]);
    // Whatever anna was sent comes before this answer.
    service.application.publish(callChange('call-boris', 'boris', 'ended'));
    await boris.next();
    const again = await anna.ask('snapshot.get');
    expect(again).toMatchObject({ ok: true, result: { seq: 1 } });
  });

  test('an agent that leaves the audience keeps the last picture it was allowed', async () => {
    const [anna, vera] = [await watching('anna'), await watching('vera')];
    service.application.publish(callChange('call-1', 'anna', 'ended'));
    service.application.publish(callChange('call-1', 'boris'));
    expect(await anna.next()).toMatchObject({ message: { seq: 1, view: { phase: 'ended' } } });
    expect(await vera.next()).toMatchObject({ message: { seq: 1, view: { phase: 'talking' } } });
  });
});

describe('after a gap', () => {
  test('a client asks for a new snapshot and goes on from it', async () => {
    const client = await watching('vera');
    service.application.publish(queueChange(1));
    service.application.publish(callChange('call-new', 'anna'));
    const answer = await client.ask('snapshot.get');
    expect(answer).toMatchObject({ ok: true, result: { v: 1, seq: 2, snapshot: { at: NOW } } });
    await client.next();
    await client.next();
    service.application.publish(queueChange(2));
    expect(await client.next()).toMatchObject({ message: { seq: 3 } });
  });

  test('asking without end is refused', async () => {
    const client = await watching('vera');
    const answers = await Promise.all(Array.from({ length: 12 }, () => client.ask('snapshot.get')));
    expect(answers.filter((answer) => (answer as { ok: boolean }).ok)).toHaveLength(10);
    expect(answers.at(-1)).toMatchObject({ ok: false, error: { code: 'tooManyAttempts' } });
  });
});

describe('commands', () => {
  test('are acknowledged with the result, or with the same error as over REST', async () => {
    const client = await watching('anna');
    const ask = (name: string, input?: unknown) => client.ask('command', { name, input });
    expect(await ask('me.get')).toMatchObject({ ok: true, result: { agent: { id: 'anna' } } });
    expect(await ask('call.hangUp', { callId: 'call-boris' })).toMatchObject({
      ok: false,
      error: { code: 'notFound' },
    });
    expect(await ask('call.end', { callId: 'call-anna' })).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    expect(await ask('call.dial', { number: 'sip:x' })).toMatchObject({ ok: false, error: { code: 'invalidInput' } });
    expect(await ask('constructor')).toMatchObject({ ok: false, error: { code: 'notFound' } });
  });

  test('a client cannot get into a room by asking', async () => {
    const client = await watching('anna');
    expect(await client.ask('join', 'supervisors')).toMatchObject({ ok: false, error: { code: 'notFound' } });
    service.application.publish(callChange('call-boris', 'boris'));
    service.application.publish(queueChange(3));
    expect(await client.next()).toMatchObject({ message: { seq: 1, topic: 'queue' } });
  });
});

describe('a login that ends', () => {
  test('disconnects the clients with that token and no others', async () => {
    const token = await service.token('anna');
    const client = await connect(service.url, token);
    clients.push(client);
    await client.next();
    const other = await watching('anna');
    const authenticated = await service.login.authenticate(token);
    if (authenticated === null) throw new Error('The token is not known.');
    await service.login.logOut(authenticated, false);
    expect(await client.next()).toEqual({ event: 'disconnect' });
    service.application.publish(queueChange(1));
    expect(await other.next()).toMatchObject({ event: 'change' });
  });

  test('of every token of an account disconnects all of its clients', async () => {
    const [first, second] = [await watching('anna'), await watching('anna')];
    await service.login.revokeAll('anna');
    expect(await first.next()).toEqual({ event: 'disconnect' });
    expect(await second.next()).toEqual({ event: 'disconnect' });
  });

  test('a role that changes asks for a new connection', async () => {
    const client = await watching('vera');
    const configuration = service.application.configuration();
    const agents = configuration.agents.map((each) =>
      each.id === 'vera' ? { ...each, role: 'agent' as const } : each,
    );
    service.application.reconfigure({ ...configuration, agents });
    service.realtime.configurationChanged();
    expect(await client.next()).toEqual({ event: 'disconnect' });
  });
});

test('an agent who is given another queue gets a new snapshot with it; others do not', async () => {
  const [anna, boris] = [await watching('anna'), await watching('boris')];
  const configuration = service.application.configuration();
  const members = [...configuration.members, { queueId: 'service', agentId: 'anna', priority: 0 }];
  service.application.reconfigure({ ...configuration, members });
  service.realtime.configurationChanged();
  const received = await anna.next();
  if (received.event !== 'snapshot') throw new Error('No snapshot came.');
  expect(received.message.snapshot.queues.map(({ id }) => id)).toEqual(['sales', 'service']);
  service.application.publish(queueChange(1, ['boris']));
  expect(await boris.next()).toMatchObject({ event: 'change' });
});

describe('Asterisk cannot be heard', () => {
  test('everybody is told that the picture may be old, then that it is not, and is given a new one', async () => {
    const [anna, vera] = [await watching('anna'), await watching('vera')];
    service.application.freshness.lost(NOW + 5);
    for (const client of [anna, vera])
      expect(await client.next()).toEqual({ event: 'stale', message: { v: 1, since: NOW + 5 } });
    service.application.freshness.regained();
    for (const [client, agents] of [
      [anna, 1],
      [vera, 4],
    ] as const) {
      expect(await client.next()).toEqual({ event: 'fresh', message: { v: 1 } });
      const received = await client.next();
      expect(received).toMatchObject({ event: 'snapshot', message: { staleSince: null } });
      if (received.event === 'snapshot') expect(received.message.snapshot.agents).toHaveLength(agents);
    }
  });

  test('who connects meanwhile finds it in the snapshot', async () => {
    service.application.freshness.lost(NOW + 7);
    const client = await connected('anna');
    expect(await client.next()).toMatchObject({ event: 'snapshot', message: { staleSince: NOW + 7 } });
  });
});
