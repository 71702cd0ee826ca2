/** The contact form's fields: what they begin with, what is wrong with them, what the command is given, whose a taken number is. Pure. */
import type { Contact, ContactFields } from '../../../src/app/contacts/contact.js';
import type { CommandError } from '../link/command-error.js';

/** A row of a list that is edited; `key` stays the row's own while others come and go. */
export interface Row {
  readonly key: number;
  readonly value: string;
  /** What the number is for; the field's name. */
  readonly label: string;
}

export interface ContactDraft {
  readonly name: string;
  readonly company: string;
  readonly email: string;
  readonly clientCode: string;
  readonly note: string;
  readonly numbers: readonly Row[];
  readonly custom: readonly Row[];
  readonly groupIds: readonly string[];
  /** Empty: nobody. */
  readonly managerId: string;
}

/** Keys of words. */
export type DraftProblem = 'needsSomething' | 'labelInvalid' | 'fieldNameMissing' | 'fieldNameTwice' | 'numberTwice';

export function draftOf(contact: Partial<Contact>): ContactDraft {
  const numbers = contact.numbers ?? [];
  return {
    name: contact.name ?? '',
    company: contact.company ?? '',
    email: contact.email ?? '',
    clientCode: contact.clientCode ?? '',
    note: contact.note ?? '',
    numbers: (numbers.length === 0 ? [{ number: '', label: '' }] : numbers).map(({ number, label }, key) => ({
      ...{ key, label, value: number },
    })),
    custom: Object.entries(contact.custom ?? {}).map(([label, value], key) => ({ key, label, value })),
    groupIds: contact.groupIds ?? [],
    managerId: contact.managerId ?? '',
  };
}

/** The rows with one more, empty. */
export function withRow(rows: readonly Row[]): readonly Row[] {
  return [...rows, { key: Math.max(-1, ...rows.map(({ key }) => key)) + 1, value: '', label: '' }];
}

export function withChange(rows: readonly Row[], key: number, change: Partial<Row>): readonly Row[] {
  return rows.map((row) => (row.key === key ? { ...row, ...change } : row));
}

/** What is wrong, by `name`, `number-KEY` or `custom-KEY`. */
export function draftProblems(draft: ContactDraft): ReadonlyMap<string, DraftProblem> {
  const found = new Map<string, DraftProblem>();
  const numbers = filled(draft.numbers);
  if (draft.name.trim() === '' && draft.company.trim() === '' && numbers.length === 0)
    found.set('name', 'needsSomething');
  for (const { key, value, label } of numbers) {
    if (/[:|]/.test(label)) found.set(`number-${key}`, 'labelInvalid');
    if (numbers.some((other) => other.key < key && bare(other.value) === bare(value))) {
      found.set(`number-${key}`, 'numberTwice');
    }
  }
  for (const { key, label } of filled(draft.custom)) {
    const name = label.trim();
    if (name === '' || name in {}) found.set(`custom-${key}`, 'fieldNameMissing');
    else if (draft.custom.some((other) => other.key < key && other.label.trim() === name)) {
      found.set(`custom-${key}`, 'fieldNameTwice');
    }
  }
  return found;
}

/** What `contacts.add` and `contacts.save` take; rows left empty are left out. */
export function contactInput(draft: ContactDraft): ContactFields {
  return {
    name: draft.name.trim(),
    company: draft.company.trim(),
    email: draft.email.trim(),
    clientCode: draft.clientCode.trim(),
    note: draft.note,
    numbers: filled(draft.numbers).map(({ value, label }) => ({ number: value.trim(), label: label.trim() })),
    custom: Object.fromEntries(filled(draft.custom).map(({ label, value }) => [label.trim(), value.trim()])),
    groupIds: draft.groupIds,
    managerId: draft.managerId === '' ? null : draft.managerId,
  };
}

export interface TakenNumber {
  readonly number: string;
  readonly contactId: string;
  readonly name: string;
}

/** Whose number it is, where that is why it was refused. */
export function takenBy({ code, details }: CommandError): TakenNumber | null {
  const { number, contactId, name } = details;
  if (code !== 'numberTaken' || typeof contactId !== 'string') return null;
  return { contactId, number: String(number ?? ''), name: String(name ?? '') };
}

/** The row in which the taken number was written, however it was written; null where none is like it. */
export function rowOf(rows: readonly Row[], { number }: TakenNumber): number | null {
  const digits = (written: string) => written.replace(/\D/g, '').slice(-10);
  return rows.find(({ value }) => value !== '' && digits(value) === digits(number))?.key ?? null;
}

/** What a contact is called in a list. */
export function contactTitle({ name, company, numbers }: Pick<Contact, 'name' | 'company' | 'numbers'>): string {
  return name || company || (numbers[0]?.number ?? '');
}

function filled(rows: readonly Row[]): readonly Row[] {
  return rows.filter(({ value }) => value.trim() !== '');
}

function bare(number: string): string {
  return number.replace(/[^0-9*#+]/g, '');
}
