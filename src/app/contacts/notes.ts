/** What was done for a number lately, such as a group or a personal manager: kept for a while, so that it can be taken back. */
import type { AgentId } from '../../core/call/state.js';
import { type Contact, type ContactFields, type ContactId, type GroupId, NO_FIELDS } from './contact.js';

/** What is done for a number: it gets a contact if it has none. */
export interface NumberNote {
  readonly name?: string | undefined;
  readonly groupId?: GroupId | undefined;
  readonly managerId?: AgentId | null | undefined;
}

/** One such change: the contact as it was, null for a new one, and what it became. */
export interface Note {
  readonly by: AgentId;
  readonly before: Contact | null;
  readonly after: Contact;
}

/** Taken back at once or never: the last ones are enough. */
const KEPT = 1_000;

export class Notes {
  readonly #notes = new Map<string, Note>();

  keep(note: Note): void {
    this.#notes.set(keyOf(note.after.id, note.after.version), note);
    const [oldest] = this.#notes.keys();
    if (this.#notes.size > KEPT && oldest !== undefined) this.#notes.delete(oldest);
  }

  /** `version`: which the contact got by it. Only for who has done it. */
  find(by: AgentId, id: ContactId, version: number): Note | null {
    const note = this.#notes.get(keyOf(id, version));
    return note?.by === by ? note : null;
  }

  forget({ after }: Note): void {
    this.#notes.delete(keyOf(after.id, after.version));
  }
}

function keyOf(id: ContactId, version: number): string {
  return `${id}/${version}`;
}

/** A name that is there stays. */
export function withNote(fields: ContactFields, { name = '', groupId, managerId }: NumberNote): ContactFields {
  const groupIds = groupId === undefined ? fields.groupIds : [...new Set([...fields.groupIds, groupId])];
  return {
    ...fields,
    name: fields.name === '' ? name : fields.name,
    groupIds,
    managerId: managerId === undefined ? fields.managerId : managerId,
  };
}

/** The contact without what the note has brought; what others have changed since stays. Null: nothing of it is left. */
export function withoutNote(present: Contact, { before, after }: Note): ContactFields | null {
  const old = before ?? NO_FIELDS;
  const isGiven = present.managerId === after.managerId && after.managerId !== old.managerId;
  const isNamed = present.name === after.name && after.name !== old.name;
  const brought = after.groupIds.filter((id) => !old.groupIds.includes(id) && present.groupIds.includes(id));
  if (!isGiven && !isNamed && brought.length === 0) return null;
  return {
    ...present,
    name: isNamed ? old.name : present.name,
    managerId: isGiven ? old.managerId : present.managerId,
    groupIds: present.groupIds.filter((id) => !brought.includes(id)),
  };
}
