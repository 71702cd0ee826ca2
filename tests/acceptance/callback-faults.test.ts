// Callbacks when something dies: whatever is killed, taken over or away, the number is dialled once. Counted where the INVITEs arrive.
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import sqlite3 from 'sqlite3';
import type { IncomingCall } from '../../lab/incoming-call.js';
import type { Callback } from '../../src/core/callback/callback.js';
import { type Database, openDatabase } from '../../src/db/database.js';
import { callback } from '../support/callback-scene.js';
import { TestCentre } from '../support/centre.js';
import { quietLog } from '../support/databases.js';
import { Service } from '../support/service-process.js';
import { expectTalking } from '../support/talking.js';

jest.setTimeout(180_000);
const LIMIT_MS = 60_000;
let centre: TestCentre;
let database: Database;
let running: Service[];
let made = 0;

beforeAll(async () => {
  centre = await TestCentre.start({ phones: ['101'], settings: { directRingMs: 60_000 } });
  await centre.ready('101');
  // Its database and its settings are the processes' from now on.
  await centre.service.stop();
  database = await openDatabase({ url: centre.environment.DATABASE_URL ?? '' }, quietLog);
});
beforeEach(() => {
  running = [];
});
afterEach(async () => {
  await centre.lab.bank.reset();
  for (const service of running) service.kill('SIGKILL');
  await Promise.all(running.map(({ ended }) => ended));
  for (const line of centre.lab.bank.phones) line.forgetCalls();
  trunk().forgetCalls();
});
afterAll(async () => {
  await database.close();
  await centre.lab.stop();
});

const trunk = () => centre.lab.bank.trunk;
/** Whose phone rings, as a phone that was reached does: a controller that takes over dials again what never rang. */
async function customer(): Promise<IncomingCall> {
  const call = await trunk().nextCall({ timeoutMs: LIMIT_MS });
  await call.ring();
  return call;
}

function begin(): Service {
  const service = new Service(centre.environment);
  running.push(service);
  return service;
}

async function start(): Promise<Service> {
  const service = begin();
  await service.ready();
  return service;
}

async function killed(service: Service): Promise<void> {
  service.kill('SIGKILL');
  await service.ended;
}

/** Somebody is to be called after this time. */
async function due(inMs = 0): Promise<string> {
  made += 1;
  const at = Date.now() + inMs;
  const id = `cb${made}`;
  await database.callbacks.add(callback({ id, dueAt: at, nextAt: at, createdBy: 'a101', createdAt: Date.now() }));
  return id;
}

async function becomes(id: string, is: (callback: Callback) => boolean): Promise<Callback> {
  const deadline = Date.now() + LIMIT_MS;
  for (;;) {
    const found = await database.callbacks.get(id);
    if (found !== null && is(found)) return found;
    if (Date.now() > deadline) throw new Error(`the callback stays ${JSON.stringify(found)}`);
    await pause(50);
  }
}

/** The customer answers, then the agent, and they hear each other. */
async function answered(call: IncomingCall): Promise<IncomingCall> {
  await call.answer();
  const agent = await centre.lab.bank.phone('101').nextCall({ timeoutMs: LIMIT_MS });
  await agent.answer();
  await expectTalking(call, agent);
  return agent;
}

async function comesOff(id: string, call: IncomingCall): Promise<void> {
  const agent = await answered(call);
  await call.hangup();
  await agent.untilEnded();
  await wasDialledOnce(id);
}

async function wasDialledOnce(id: string): Promise<void> {
  const { attempts } = await becomes(id, ({ state }) => state === 'done' || state === 'failed');
  expect([attempts.map(({ result }) => result), trunk().arrivals]).toEqual([['connected'], 1]);
}

test('kill -9 before the number is dialled, while it rings, and while they talk: dialled once, and done', async () => {
  const id = await due(6_000);
  await killed(await start());
  const second = await start();
  const call = await customer();
  await killed(second);
  const third = await start();
  const agent = await answered(call);
  await killed(third);
  await call.hangup();
  await start();
  await agent.untilEnded();
  await wasDialledOnce(id);
});

test('two controllers come up when it is due, and one more while it rings: dialled once, and they talk', async () => {
  const id = await due(1_000);
  const both = [begin(), begin()];
  const call = await customer();
  expect((await Promise.race(both.map(({ ended }) => ended))).code).toBe(3);
  await start();
  expect((await Promise.all(both.map(({ ended }) => ended))).map(({ code }) => code)).toEqual([3, 3]);
  await comesOff(id, call);
});

test('nothing can be written when it is due: nobody is dialled before; then it is, once', async () => {
  const other = await due(3_600_000);
  const service = await start();
  const id = await due(6_000);
  await cancelled(await service.ready(), other);
  const unlock = await locked();
  const called = customer();
  const { dueAt } = await becomes(id, () => true);
  expect(await Promise.race([called, pause(dueAt - Date.now() + 1_500, 'nobody')])).toBe('nobody');
  await unlock();
  await comesOff(id, await called);
});

/** By a command: the service then looks what is due next. */
async function cancelled(url: string, id: string): Promise<void> {
  const post = async (path: string, body: object, token?: string) => {
    const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
    const answer = await fetch(`${url}/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    expect(answer.status).toBe(200);
    return (await answer.json()) as { token: string };
  };
  const { token } = await post('/login', { login: 'admin', password: 'administrator', session: false });
  await post(`/callbacks/${id}/cancel`, {}, token);
}

/** Nobody else writes until the returned function is called. */
async function locked(): Promise<() => Promise<void>> {
  const connection = new sqlite3.Database((centre.environment.DATABASE_URL ?? '').slice('sqlite:'.length));
  const exec = (sql: string) =>
    new Promise<void>((resolve, reject) => {
      connection.exec(sql, (error) => (error === null ? resolve() : reject(error)));
    });
  await exec('PRAGMA busy_timeout = 5000; BEGIN IMMEDIATE');
  return async () => {
    await exec('COMMIT');
    await new Promise<void>((resolve) => connection.close(() => resolve()));
  };
}
