/** The demonstration's call centre, set up through the API as an administrator would. May be done again: it replaces. */
import type { Api } from './api.js';
import { AGENTS, OUTSIDE_NUMBER, type Person, SUPERVISOR } from './people.js';

export const QUEUE_ID = 'support';
export const WRAP_UP_MS = 2_000;

const QUEUE = {
  name: 'Support',
  number: '500',
  strategy: 'longestIdle',
  ringMs: 15_000,
  wrapUpMs: WRAP_UP_MS,
  music: 'default',
  announce: { position: true, estimatedWait: true, firstMs: 10_000, everyMs: 30_000 },
};

/** @param administrator logged in as one */
export async function configure(administrator: Api): Promise<void> {
  await administrator.send('PUT', `/configuration/queues/${QUEUE_ID}`, QUEUE);
  await saveAccount(administrator, SUPERVISOR, { role: 'supervisor' });
  for (const person of AGENTS) {
    const devices = [{ id: `phone-${person.number}`, address: `PJSIP/${person.number}` }];
    await saveAccount(administrator, person, { role: 'agent', devices, allow: ['X.', '+X.'] });
    await administrator.send('PUT', `/configuration/queues/${QUEUE_ID}/members/${person.id}`, { priority: 0 });
  }
  const route = { to: { kind: 'queue', queueId: QUEUE_ID } };
  await administrator.send('PUT', `/configuration/routes/${encodeURIComponent(OUTSIDE_NUMBER)}`, route);
  const outgoing = { pattern: '+X.', address: 'PJSIP/{number}@trunk', callerNumber: OUTSIDE_NUMBER };
  await administrator.send('PUT', '/configuration/outgoing-rules/trunk', outgoing);
}

async function saveAccount(administrator: Api, { id, ...person }: Person, more: object): Promise<void> {
  await administrator.send('PUT', `/configuration/agents/${id}`, { ...person, ...more });
}

/** Every agent comes to work and is ready for calls. */
export async function startWork(visitor: Api): Promise<void> {
  for (const { login, password } of AGENTS) {
    const agent = await visitor.logIn(login, password, true);
    await agent.send('PUT', '/me/status', { statusId: 'ready' });
  }
}
