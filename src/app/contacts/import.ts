/**
 * Contacts from a file, row by row: what is wrong with a row is told, the others are written; or nothing is, where that is wanted.
 * Rows are written in small portions with pauses between, so that calls, which are written too, never wait for long.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { AgentId } from '../../core/call/state.js';
import { isRefusal, type RefusalCode } from '../../core/refusal.js';
import type { ContactFields, ContactId } from './contact.js';
import { type Contacts, newContactId } from './contacts.js';
import type { ContactEntry } from './store.js';

export interface ImportRow {
  /** Where it is in the file; the first line is 1. */
  readonly line: number;
  /** The contact to be replaced; null for a new one. */
  readonly id: ContactId | null;
  readonly fields: ContactFields;
}

export interface RowProblem {
  readonly line: number;
  readonly code: RefusalCode;
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

export interface ImportReport {
  /** Rows in the file, without the head. */
  readonly rows: number;
  readonly added: number;
  readonly changed: number;
  /** Rows that were not written. */
  readonly refused: number;
  /** Why not: the first ones. */
  readonly problems: readonly RowProblem[];
}

const PORTION = 50;
/** Calls get at least as long for their own writing. */
const SHORTEST_PAUSE_MS = 2;
const MOST_PROBLEMS = 1_000;

/** A row, or what is wrong with it already. */
export type Read = ImportRow | RowProblem;

/** `whole`: nothing is written when anything is wrong with any row. */
export async function importContacts(
  contacts: Contacts,
  by: AgentId,
  read: readonly Read[],
  whole: boolean,
): Promise<ImportReport> {
  const problems: RowProblem[] = [];
  const rows: ImportRow[] = [];
  for (const each of read) {
    if ('code' in each) problems.push(each);
    else rows.push(each);
  }
  if (whole) problems.push(...(await foreseen(contacts, rows)));
  const counts = { added: 0, changed: 0 };
  if (!whole || problems.length === 0) {
    for (let from = 0; from < rows.length; from += PORTION) {
      const startedAt = performance.now();
      const portion = rows.slice(from, from + PORTION);
      const results = await contacts.writeAll(by, portion.map(entryOf));
      results.forEach((result, index) => {
        const row = portion[index];
        if (row === undefined) return;
        if (isRefusal(result)) problems.push(problemOf(row.line, result));
        else counts[row.id === null ? 'added' : 'changed'] += 1;
      });
      await pause(Math.max(SHORTEST_PAUSE_MS, performance.now() - startedAt));
    }
  }
  problems.sort((one, other) => one.line - other.line);
  const refused = read.length - counts.added - counts.changed;
  return { rows: read.length, ...counts, refused, problems: problems.slice(0, MOST_PROBLEMS) };
}

function entryOf({ id, fields }: ImportRow): ContactEntry {
  return { id: id ?? newContactId(), fields, expects: id === null ? 'new' : 'present', version: null };
}

export function problemOf(
  line: number,
  { refused, message, details }: { refused: RefusalCode; message: string; details?: RowProblem['details'] },
): RowProblem {
  return { line, code: refused, message, ...(details === undefined ? {} : { details }) };
}

/** What can be known before anything is written: rows by themselves, numbers that are in the file twice or belong to others. */
async function foreseen(contacts: Contacts, rows: readonly ImportRow[]): Promise<readonly RowProblem[]> {
  const problems: RowProblem[] = [];
  const lines = new Map<string, number>();
  for (const [index, { line, id, fields }] of rows.entries()) {
    if (index % PORTION === 0) await pause(0);
    const checked = contacts.checked(fields);
    if (isRefusal(checked)) {
      problems.push(problemOf(line, checked));
      continue;
    }
    if (id !== null && isRefusal(await contacts.get(id))) {
      problems.push({ line, code: 'notFound', message: 'There is no such contact.' });
    }
    for (const { number } of checked.numbers) {
      const earlier = lines.get(number);
      const owner = contacts.contactOf(number);
      if (earlier !== undefined) {
        problems.push({
          line,
          code: 'numberTaken',
          message: `Line ${earlier} has this number too.`,
          details: { number },
        });
      } else if (owner !== null && owner.id !== id) {
        const details = { number, contactId: owner.id, name: owner.name };
        problems.push({ line, code: 'numberTaken', message: 'Another contact has this number.', details });
      }
      lines.set(number, line);
    }
  }
  return problems;
}
