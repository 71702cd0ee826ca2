/** A contact as a line of a CSV file, and back: which column is what. What the export writes the import reads. */
import { z } from 'zod';
import { contactFields, contactId } from '../app/catalogue/contact-schema.js';
import type { Contact } from '../app/contacts/contact.js';
import type { Read } from '../app/contacts/import.js';
import { type Refusal, refuse } from '../core/refusal.js';

/** Names for people in place of ids: groups by name, managers by login. */
export interface Names {
  readonly groups: readonly { readonly id: string; readonly name: string }[];
  readonly agents: readonly { readonly id: string; readonly login: string }[];
}

const PLAIN = ['name', 'company', 'email', 'note', 'clientCode'] as const;
const COLUMNS = ['id', ...PLAIN, 'numbers', 'groups', 'manager'] as const;
const CUSTOM = 'custom.';
/** Between several numbers, or groups, in one cell. */
const BETWEEN = ' | ';

export function headOf(customNames: readonly string[]): readonly string[] {
  return [...COLUMNS, ...customNames.map((name) => CUSTOM + name)];
}

/** Of the columns that `headOf` names. */
export function cellWriter(names: Names, customNames: readonly string[]): (contact: Contact) => readonly string[] {
  const groups = new Map(names.groups.map(({ id, name }) => [id, name]));
  const logins = new Map(names.agents.map(({ id, login }) => [id, login]));
  return (contact) => [
    contact.id,
    ...PLAIN.map((column) => contact[column]),
    contact.numbers.map(({ number, label }) => (label === '' ? number : `${label}: ${number}`)).join(BETWEEN),
    contact.groupIds.flatMap((id) => groups.get(id) ?? []).join(BETWEEN),
    contact.managerId === null ? '' : (logins.get(contact.managerId) ?? ''),
    ...customNames.map((name) => (Object.hasOwn(contact.custom, name) ? (contact.custom[name] ?? '') : '')),
  ];
}

const row = z.strictObject({ ...contactFields, id: contactId.nullable() });

/** Reads the lines below this head; refused when a column is none that a contact has. Columns may be left out. */
export function rowReader(
  names: Names,
  head: readonly string[],
): ((line: number, cells: readonly string[]) => Read) | Refusal {
  const columns = head.map((cell) => cell.trim());
  const known: readonly string[] = COLUMNS;
  const unknown = columns.find((name) => !known.includes(name) && !/^(number\d{0,2}|custom\.[^\s].*)$/.test(name));
  if (unknown !== undefined) {
    return refuse('invalidInput', 'The first line names a column that a contact has not.', {
      column: unknown.slice(0, 80),
      columns: [...COLUMNS, 'number', `${CUSTOM}…`],
    });
  }
  if (new Set(columns).size < columns.length) {
    return refuse('invalidInput', 'The first line names a column twice.');
  }
  const groupIds = new Map(names.groups.map(({ id, name }) => [name, id]));
  const managers = new Map(names.agents.map(({ id, login }) => [login, id]));
  return (line, cells) => {
    const cellOf = new Map(columns.map((name, index) => [name, plain(cells[index] ?? '')]));
    const get = (name: string) => cellOf.get(name) ?? '';
    const groups = several(get('groups'));
    const strange = groups.find((name) => !groupIds.has(name));
    if (strange !== undefined) return problem(line, 'unknownReference', 'There is no such group.', { group: strange });
    const manager = get('manager');
    if (manager !== '' && !managers.has(manager)) {
      return problem(line, 'unknownReference', 'No agent has this login.', { manager });
    }
    const parsed = row.safeParse({
      ...Object.fromEntries(PLAIN.map((name) => [name, get(name)])),
      id: get('id') === '' ? null : get('id'),
      custom: customOf(cellOf),
      numbers: numbersOf(cellOf),
      groupIds: groups.map((name) => groupIds.get(name) ?? ''),
      managerId: managers.get(manager) ?? null,
    });
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const where = issue?.path.map(String).join('.') ?? '';
      return problem(line, 'invalidInput', `This cannot be kept: ${where}: ${issue?.message ?? ''}.`);
    }
    const { id, ...fields } = parsed.data;
    return { line, id, fields };
  };
}

function problem(line: number, code: Refusal['refused'], message: string, details?: Refusal['details']): Read {
  return { line, code, message, ...(details === undefined ? {} : { details }) };
}

/** Without the apostrophe that keeps a spreadsheet from running what it guards (see csv.ts). */
function plain(cell: string): string {
  return cell.replace(/^'(?=\s*[=+\-@＝＋－＠])/, '').trim();
}

function several(cell: string): readonly string[] {
  return cell
    .split('|')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

function customOf(cellOf: ReadonlyMap<string, string>): Record<string, string> {
  const filled = [...cellOf].filter(([name, cell]) => name.startsWith(CUSTOM) && cell !== '');
  return Object.fromEntries(filled.map(([name, cell]) => [name.slice(CUSTOM.length), cell]));
}

/** `numbers` as the export writes them, and any column `number`, `number2` … with one number each. */
function numbersOf(cellOf: ReadonlyMap<string, string>): readonly { number: string; label: string }[] {
  const cells = [...cellOf].filter(([name]) => /^numbers$|^number\d*$/.test(name)).map(([, cell]) => cell);
  return cells.flatMap(several).map((written) => {
    const colon = written.lastIndexOf(':');
    return { number: written.slice(colon + 1).trim(), label: written.slice(0, Math.max(0, colon)).trim() };
  });
}
