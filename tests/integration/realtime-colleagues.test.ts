/** Watching colleagues over Socket.IO, and asking who there is. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Change } from '../../src/app/view.js';
import type { ColleagueMessage } from '../../src/realtime/protocol.js';
import { type FakeService, startFakeService } from '../support/fake-service.js';
import { type Client, connect } from '../support/realtime-client.js';

let service: FakeService;
const clients: Client[] = [];

beforeEach(async () => {
  service = await startFakeService();
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await service.close();
});

/** A connection, and what it is told of colleagues. */
async function connected(agentId: string) {
  const client = await connect(service.url, await service.token(agentId));
  clients.push(client);
  const told: ColleagueMessage[] = [];
  client.socket.on('colleague', (message: ColleagueMessage) => told.push(message));
  return { client, told };
}

const change = (id: string): Change => ({ topic: 'agent', id, view: null, audience: { agentIds: [id] } });

/** Boris logs in; whoever answers a question after that has been told before. */
async function borisLogsIn(...watchers: readonly { readonly client: Client }[]): Promise<void> {
  service.application.loggedIn.add('boris');
  service.application.publish(change('boris'));
  for (const { client } of watchers) await client.ask('snapshot.get');
}

test('an agent who watches is told of a colleague, and one who does not is told nothing', async () => {
  const [anna, vera] = [await connected('anna'), await connected('vera')];
  expect(await anna.client.ask('colleagues.watch')).toEqual({ ok: true, result: { watching: true } });
  await borisLogsIn(anna, vera);
  const view = { id: 'boris', name: 'boris', number: '102', state: 'free', statusId: 'ready' };
  expect(anna.told).toEqual([{ v: 1, id: 'boris', view }]);
  expect(vera.told).toEqual([]);
  // What is the agent's own stays the agent's: no change of boris came with it.
  expect(anna.client.changes).toEqual([]);
});

test('who watches no more is told nothing more', async () => {
  const anna = await connected('anna');
  await anna.client.ask('colleagues.watch');
  expect(await anna.client.ask('colleagues.unwatch')).toEqual({ ok: true, result: { watching: false } });
  await borisLogsIn(anna);
  expect(anna.told).toEqual([]);
});

test('a colleague who may not log in any more is none', async () => {
  const anna = await connected('anna');
  await anna.client.ask('colleagues.watch');
  const now = service.application.configuration();
  const agents = now.agents.map((each) => (each.id === 'boris' ? { ...each, disabled: true } : each));
  service.application.reconfigure({ ...now, agents });
  await borisLogsIn(anna);
  expect(anna.told).toEqual([{ v: 1, id: 'boris', view: null }]);
});

test('an agent asks who there is, over both doors', async () => {
  const anna = await connected('anna');
  const colleagues = [{ id: 'boris', name: 'boris', number: '102', state: 'loggedOut', statusId: null }];
  expect(await anna.client.command('agent.colleagues', { text: 'bor' })).toEqual({
    ok: true,
    result: { colleagues, more: false },
  });
  const headers = { authorization: `Bearer ${await service.token('anna')}` };
  const answer = await fetch(`${service.url}/api/v1/colleagues?text=10&limit=1`, { headers });
  expect([answer.status, await answer.json()]).toEqual([200, { colleagues, more: false }]);
});
