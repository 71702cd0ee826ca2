/** What the address book consists of: contacts with numbers and groups, and numbers that are blocked. */
import type { AgentId, Instant } from '../../core/call/state.js';

export type ContactId = string;
export type GroupId = string;

export interface ContactNumber {
  /** E.164 for outside numbers, internal and short ones as they are dialled. */
  readonly number: string;
  /** What the number is for, e.g. `work`; may be empty. */
  readonly label: string;
}

/** What people fill in. */
export interface ContactFields {
  readonly name: string;
  readonly company: string;
  readonly email: string;
  readonly note: string;
  readonly clientCode: string;
  /** Fields of the centre's own, by name. */
  readonly custom: Readonly<Record<string, string>>;
  readonly numbers: readonly ContactNumber[];
  readonly groupIds: readonly GroupId[];
  /** The personal manager: asked first when the contact calls. An account that is gone counts for nobody. */
  readonly managerId: AgentId | null;
}

export interface Contact extends ContactFields {
  readonly id: ContactId;
  /** Counts the changes. */
  readonly version: number;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  /** Null unless it was removed and may still be restored. */
  readonly removedAt: Instant | null;
}

export interface ContactGroup {
  readonly id: GroupId;
  readonly name: string;
}

/** What calls need to know of a contact. */
export interface ContactCard {
  readonly id: ContactId;
  readonly name: string;
  readonly groupIds: readonly GroupId[];
  readonly managerId: AgentId | null;
}

export const NO_FIELDS: ContactFields = {
  name: '',
  company: '',
  email: '',
  note: '',
  clientCode: '',
  custom: {},
  numbers: [],
  groupIds: [],
  managerId: null,
};

export interface BlockedNumber {
  readonly number: string;
  readonly byAgentId: AgentId;
  readonly reason: string;
  readonly blockedAt: Instant;
  /** Null: for good. */
  readonly until: Instant | null;
  /** Calls rejected since, and when the last one came. */
  readonly calls: number;
  readonly lastCallAt: Instant | null;
}

/** The bounds of a contact: beyond them a field is no field any more. */
export const CONTACT_LIMITS = {
  name: 200,
  company: 200,
  email: 200,
  note: 2_000,
  clientCode: 80,
  customFields: 30,
  customName: 40,
  customValue: 400,
  numbers: 20,
  label: 40,
  groups: 50,
} as const;
