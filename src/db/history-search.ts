/**
 * Searching past calls, newest first. However long history is, a page is read along an index in the order of the listing:
 *
 *   number given ──► calls from it ∪ calls that dialled it ∪ legs with it      agent given ──► calls first taken or made ∪ legs that spoke
 *   tag given ──► tags                                                    else ──► calls by start, queue or outcome
 *
 * Each way ends at the page's length; what is left of the filter is checked on the rows met. A number so common that its index
 * says little (the prefix "+7*"; beside an agent, the centre's own number) is checked on the rows of the other ways instead.
 */
import type { Knex } from 'knex';
import { z } from 'zod';
import type { CallFilter, CallRecord } from '../app/history/filter.js';
import type { Instant } from '../core/call/state.js';
import { callRow } from './history-rows.js';
import { count } from './rows.js';
import { rowsOf } from './select.js';

type Values = readonly (string | number)[];
export interface Query {
  readonly sql: string;
  readonly values: Values;
}

/** A number met more often than this is common. */
const COMMON = 2_000;

const cursorRow = z.object({ started_at: count });
const oneRow = z.object({ one: count });

export class CallSearch {
  readonly #knex: Knex;
  readonly #bytewise: string;

  constructor(knex: Knex) {
    this.#knex = knex;
    // As the indexes are declared: see the migration of call legs.
    this.#bytewise = knex.client.config.client === 'sqlite3' ? 'COLLATE BINARY' : 'COLLATE "C"';
  }

  async find(filter: CallFilter): Promise<readonly CallRecord[]> {
    const query = await this.queryOf(filter);
    return query === null ? [] : await rowsOf(this.#knex, callRow, query.sql, query.values);
  }

  /** The one statement that answers it; null when there is nothing behind the cursor. */
  async queryOf(filter: CallFilter): Promise<Query | null> {
    const from = filter.after === undefined ? null : await this.#start(filter.after);
    if (filter.after !== undefined && from === null) return null;
    const number = filter.number === undefined ? null : numberTest(filter.number, this.#bytewise);
    // A number in full leads to its calls in their order, however many: only beside an agent is it worth a look.
    const unsure = number !== null && (number.prefix || filter.agentId !== null);
    const byNumber = number !== null && !(unsure && (await this.#isCommon(number)));
    return pageQuery({ filter, from, number, byNumber });
  }

  async #start(callId: string): Promise<Instant | null> {
    const [row] = await rowsOf(this.#knex, cursorRow, 'SELECT started_at FROM calls WHERE id = ?', [callId]);
    return row?.started_at ?? null;
  }

  /** Asked of the indexes alone, and no further than the limit. */
  async #isCommon({ on, values }: NumberTest): Promise<boolean> {
    const some = (table: string, column: string) =>
      `SELECT 1 AS one FROM (SELECT 1 FROM ${table} WHERE ${on(column)} LIMIT 1 OFFSET ${COMMON}) AS beyond`;
    const sql = `${some('call_legs', 'number')} UNION ALL ${some('calls', 'from_number')}
     UNION ALL ${some('calls', 'dialled')} LIMIT 1`;
    return (await rowsOf(this.#knex, oneRow, sql, [...values, ...values, ...values])).length > 0;
  }
}

interface NumberTest {
  readonly prefix: boolean;
  /** The condition on a column. */
  readonly on: (column: string) => string;
  readonly values: Values;
}

/** A prefix is the range up to itself with its last character one higher: bytes are compared. */
function numberTest(asked: string, bytewise: string): NumberTest {
  const prefix = asked.endsWith('*');
  if (!prefix) return { prefix, on: (column) => `${column} ${bytewise} = ?`, values: [asked] };
  const begins = asked.slice(0, -1);
  const beyond = begins.slice(0, -1) + String.fromCharCode(begins.charCodeAt(begins.length - 1) + 1);
  return {
    prefix,
    on: (column) => `(${column} ${bytewise} >= ? AND ${column} ${bytewise} < ?)`,
    values: [begins, beyond],
  };
}

interface Page {
  readonly filter: CallFilter;
  /** The start of the call to read on behind. */
  readonly from: Instant | null;
  readonly number: NumberTest | null;
  /** Whether the number leads to the calls, or is only checked on them. */
  readonly byNumber: boolean;
}

function pageQuery(page: Page): Query {
  const ways = waysOf(page);
  const [only] = ways;
  const found =
    ways.length === 1 && only !== undefined
      ? only
      : join(
          ways.map(({ sql, values }) => ({ sql: `SELECT * FROM (${sql}) AS way`, values })),
          ' UNION ',
        );
  return {
    sql: `SELECT c.* FROM (${found.sql}) AS found CROSS JOIN calls c WHERE c.id = found.id
 ORDER BY c.started_at DESC, c.id DESC LIMIT ?`,
    values: [...found.values, page.filter.limit],
  };
}

function waysOf(page: Page): readonly Query[] {
  const { filter, number, byNumber } = page;
  if (number !== null && byNumber) {
    const test = (column: string): Query => ({ sql: number.on(column), values: number.values });
    const { agentId, tag } = filter;
    const rest = [...restOf(filter)];
    if (agentId !== null) rest.push(withAgent(agentId));
    if (tag !== undefined) rest.push(withTag(tag));
    return [
      callsWhere(page, test('c.from_number'), rest),
      callsWhere(page, test('c.dialled'), rest),
      legsWhere(page, test('l.number'), rest),
    ];
  }
  const rest = [...restOf(filter), ...(number === null ? [] : [withNumber(number)])];
  if (filter.tag !== undefined) {
    const agent = filter.agentId === null ? [] : [withAgent(filter.agentId)];
    return [tagsWhere(page, filter.tag, [...rest, ...agent])];
  }
  if (filter.agentId === null) return [callsWhere(page, null, rest)];
  const values = [filter.agentId];
  return [
    callsWhere(page, { sql: 'c.agent_id = ?', values }, rest),
    legsWhere(page, { sql: 'l.agent_id = ? AND l.answered_at IS NOT NULL', values }, rest),
  ];
}

function callsWhere(page: Page, key: Query | null, rest: readonly Query[]): Query {
  const at = timeColumn(page, 'c.started_at');
  const where = all([...(key === null ? [] : [key]), period(page, at, 'c.id'), ...rest]);
  return {
    sql: `SELECT ${at} AS at, c.id AS id FROM calls c WHERE ${where.sql} ORDER BY 1 DESC, 2 DESC LIMIT ?`,
    values: [...where.values, page.filter.limit],
  };
}

/**
 * With a plus an index on the time alone will not do for the databases: the few calls of a rare prefix are spread over all of
 * history, and SQLite would rather read the whole period.
 */
function timeColumn({ number, byNumber }: Page, column: string): string {
  return byNumber && number?.prefix === true ? `+${column}` : column;
}

/** CROSS JOIN: legs first. Two legs of one call (two phones, a transfer back) are the call once. */
function legsWhere(page: Page, key: Query, rest: readonly Query[]): Query {
  const at = timeColumn(page, 'l.call_started_at');
  const where = all([key, period(page, at, 'l.call_id'), ...rest]);
  return {
    sql: `SELECT DISTINCT ${at} AS at, l.call_id AS id FROM call_legs l CROSS JOIN calls c
 WHERE c.id = l.call_id AND ${where.sql} ORDER BY 1 DESC, 2 DESC LIMIT ?`,
    values: [...where.values, page.filter.limit],
  };
}

/** A call has a tag once. */
function tagsWhere(page: Page, tag: string, rest: readonly Query[]): Query {
  const key = { sql: 't.tag = ?', values: [tag] };
  const where = all([key, period(page, 't.call_started_at', 't.call_id'), ...rest]);
  return {
    sql: `SELECT t.call_started_at AS at, t.call_id AS id FROM call_tags t CROSS JOIN calls c
 WHERE c.id = t.call_id AND ${where.sql} ORDER BY 1 DESC, 2 DESC LIMIT ?`,
    values: [...where.values, page.filter.limit],
  };
}

function period({ filter, from }: Page, at: string, id: string): Query {
  const { since, until, after } = filter;
  if (from === null || after === undefined || from >= until)
    return { sql: `${at} >= ? AND ${at} < ?`, values: [since, until] };
  return { sql: `${at} >= ? AND (${at}, ${id}) < (?, ?)`, values: [since, from, after] };
}

function restOf({ queueId, direction, outcome, minTalkedMs }: CallFilter): readonly Query[] {
  const rest: Query[] = [];
  if (queueId !== undefined) rest.push({ sql: 'c.queue_id = ?', values: [queueId] });
  if (direction !== undefined) rest.push({ sql: 'c.direction = ?', values: [direction] });
  if (outcome !== undefined) {
    // Said in words too, or the databases do not see that the partial index will do.
    const indexed = outcome === 'answered' ? '' : " AND c.outcome IS NOT NULL AND c.outcome <> 'answered'";
    rest.push({ sql: `c.outcome = ?${indexed}`, values: [outcome] });
  }
  if (minTalkedMs !== undefined) rest.push({ sql: 'c.talked_ms >= ?', values: [minTalkedMs] });
  return rest;
}

function withAgent(agentId: string): Query {
  return {
    sql: `(c.agent_id = ? OR EXISTS (SELECT 1 FROM call_legs a WHERE a.call_id = c.id AND a.agent_id = ?
 AND a.answered_at IS NOT NULL))`,
    values: [agentId, agentId],
  };
}

function withTag(tag: string): Query {
  return { sql: 'EXISTS (SELECT 1 FROM call_tags g WHERE g.call_id = c.id AND g.tag = ?)', values: [tag] };
}

function withNumber({ on, values }: NumberTest): Query {
  return {
    sql: `(${on('c.from_number')} OR ${on('c.dialled')} OR EXISTS (SELECT 1 FROM call_legs n WHERE n.call_id = c.id
 AND ${on('n.number')}))`,
    values: [...values, ...values, ...values],
  };
}

function all(conditions: readonly Query[]): Query {
  return join(conditions, ' AND ');
}

function join(parts: readonly Query[], between: string): Query {
  return { sql: parts.map((part) => part.sql).join(between), values: parts.flatMap((part) => part.values) };
}
