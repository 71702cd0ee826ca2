/** Who changed what in the lists that people keep: written in the same transaction as the change, of the configuration right after it. */
import type { AgentId, Instant } from '../core/call/state.js';

export const CHANGED_ENTITIES = [
  'contact',
  'group',
  'blacklist',
  'tag',
  'smsTemplate',
  'webhook',
  'integrations',
  'configuration',
] as const;
export type ChangedEntity = (typeof CHANGED_ENTITIES)[number];
export type ChangeAction = 'added' | 'changed' | 'removed' | 'restored';

/** Who does it, and when. */
export interface Deed {
  readonly by: AgentId;
  readonly at: Instant;
}

export interface ChangedFields {
  readonly [field: string]: { readonly before: unknown; readonly after: unknown };
}

export interface ChangeRecord {
  readonly id: number;
  readonly at: Instant;
  readonly byAgentId: AgentId;
  readonly entity: ChangedEntity;
  readonly entityId: string;
  readonly action: ChangeAction;
  readonly fields: ChangedFields;
}

/** What is noted of one change. */
export type Noted = Pick<ChangeRecord, 'entity' | 'entityId' | 'action' | 'fields'>;

export interface ChangeFilter {
  readonly since: Instant;
  readonly until: Instant;
  readonly entity?: ChangedEntity | undefined;
  readonly entityId?: string | undefined;
  readonly byAgentId?: AgentId | undefined;
  readonly limit: number;
}

export interface ChangeLog {
  /** The newest first. */
  list(filter: ChangeFilter): Promise<readonly ChangeRecord[]>;
  /** For what is changed without a log of its own. */
  note(deed: Deed, noted: Noted): Promise<void>;
}

/** The fields that differ; what is missing on one side is null there. */
export function changedFields(before: object, after: object): ChangedFields {
  const [old, now] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  const fields: Record<string, { before: unknown; after: unknown }> = {};
  for (const name of new Set([...old.keys(), ...now.keys()])) {
    const change = { before: old.get(name) ?? null, after: now.get(name) ?? null };
    if (JSON.stringify(change.before) !== JSON.stringify(change.after)) fields[name] = change;
  }
  return fields;
}
