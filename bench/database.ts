/**
 * What the database costs: looking for callbacks that are due, with nothing else scheduled and with a hundred thousand, and writing what is
 * decided, with and without asking whether the lease is still held. On SQLite, and on PostgreSQL where RINGMASTER_TEST_POSTGRES names a
 * server whose database may be written to; see docs/bench.md.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import pg from 'pg';
import type { JournalEntry } from '../src/app/ports.js';
import type { CallEventBody } from '../src/core/call/event.js';
import type { Callback } from '../src/core/callback/callback.js';
import { connect } from '../src/db/connection.js';
import { type Database, openDatabase } from '../src/db/database.js';
import { percentiles } from './statistics.js';

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const NOW = 1_700_000_000_000;
const SCHEDULED = 100_000;
const LOOKS = 300;
const WRITES = 600;

/** One a second from an hour on. */
const FILL = `INSERT INTO callbacks (id, number, queue_id, created_by, due_at, state, next_at, urgency, lane, data)
 WITH RECURSIVE series(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM series WHERE n < ${SCHEDULED})
 SELECT 'later-' || n, '7916' || n, 'sales', 'anna', ${NOW} + n * 1000 + 3600000, 'scheduled',
 ${NOW} + n * 1000 + 3600000, n % 3, 'queue:sales medium', '{}' FROM series`;

function due(id: string): Callback {
  const nobody = { agentId: null, clientCode: null, overdueSince: null, origin: null, place: null, createdBy: 'anna' };
  const when = {
    local: '2023-11-15T01:13',
    zone: 'Europe/Moscow',
    dueAt: NOW,
    nextAt: NOW,
    createdAt: 0,
    updatedAt: 0,
  };
  const what = { number: '79161234567', name: '', queueId: 'sales', priority: 'medium', state: 'scheduled' } as const;
  return { id, ...what, ...nobody, ...when, attempts: [], seq: 0 };
}

/** The first two events of a call that joins a queue. */
function joined(id: string): JournalEntry {
  const manners = { language: 'en', hangUpRule: 'recall', holdMusic: 'default' } as const;
  const from = { from: { number: '79161234567', name: '' }, dialled: '800', direction: 'inbound' } as const;
  const started = { type: 'call.started', ...from, ...manners, leg: null, next: null, agentId: null } as const;
  const place = { lineId: 'l1', queueId: 'sales', enteredAt: NOW, priority: 0, music: 'default', maxWaitAt: null };
  const bodies: readonly CallEventBody[] = [started, { type: 'call.queued', ...place }];
  const events = bodies.map((body, index) => ({ ...body, callId: id, seq: index + 1, at: NOW, v: 1 as const }));
  return { stream: 'call', id, events, over: false };
}

async function timed(times: number, work: (each: number) => Promise<unknown>): Promise<number[]> {
  const taken: number[] = [];
  for (let each = 0; each < times; each += 1) {
    const from = performance.now();
    await work(each);
    taken.push(performance.now() - from);
  }
  return taken;
}

function said(taken: readonly number[]): string {
  const { p50, p95 } = percentiles(taken);
  return `${p50.toFixed(2)} / ${p95.toFixed(2)}`;
}

function looks({ callbacks }: Database): Promise<number[]> {
  return timed(LOOKS, async () => {
    const found = await callbacks.due(NOW, 100, []);
    if (found.length !== 10) throw new Error(`${found.length} are due`);
    await callbacks.nextDueAt();
  });
}

/** By turns, so that what else the machine does hits both alike. */
async function writes(url: string): Promise<readonly [string, string]> {
  const [without, held] = [await openDatabase({ url }, quiet), await openDatabase({ url }, quiet)];
  const lease = await held.takeLease('bench', () => process.exit(1));
  const [plain, asked]: [number[], number[]] = [[], []];
  for (let each = 0; each < WRITES; each += 1) {
    plain.push(...(await timed(1, () => without.journal.append(joined(`plain${each}`)))));
    asked.push(...(await timed(1, () => held.journal.append(joined(`asked${each}`)))));
  }
  await lease.release();
  await Promise.all([without.close(), held.close()]);
  return [said(plain), said(asked)];
}

async function measure(name: string, url: string): Promise<void> {
  const database = await openDatabase({ url }, quiet);
  for (let each = 0; each < 10; each += 1) await database.callbacks.add(due(`due-${each}`));
  await looks(database);
  const few = await looks(database);
  const { knex } = connect(url, quiet);
  await knex.raw(FILL);
  await knex.raw(name === 'SQLite' ? 'ANALYZE' : 'VACUUM ANALYZE callbacks');
  await knex.destroy();
  const many = await looks(database);
  await database.close();
  const [plain, asked] = await writes(url);
  process.stdout.write(`${name}, ms, p50 / p95
  what is due, 10 scheduled            ${said(few)}
  what is due, ${SCHEDULED} more scheduled ${said(many)}
  a write                              ${plain}
  a write that asks for the lease      ${asked}\n`);
}

async function onPostgres(server: string): Promise<void> {
  const name = `bench_${randomBytes(6).toString('hex')}`;
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  try {
    await measure('PostgreSQL', url.href);
  } finally {
    await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await client.end();
  }
}

const folder = await mkdtemp(join(tmpdir(), 'ringmaster-bench-'));
await measure('SQLite', `sqlite:${join(folder, 'bench.sqlite')}`).finally(() => rm(folder, { recursive: true }));
const server = process.env.RINGMASTER_TEST_POSTGRES;
if (server === undefined) process.stdout.write('PostgreSQL is left out: RINGMASTER_TEST_POSTGRES is not set.\n');
else await onPostgres(server);
