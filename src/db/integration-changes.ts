/** Who changed what of the connections with other systems: a row beside each change, in its transaction. */
import type { Knex } from 'knex';
import { z } from 'zod';
import type { ChangedBy, ChangedSubject, IntegrationChange } from '../app/integrations/changes.js';
import { count } from './rows.js';

const changeRow = z
  .object({
    position: count,
    at: count,
    by_agent_id: z.string(),
    subject: z.enum(['smsTemplate', 'webhook', 'settings']),
    subject_id: z.string(),
    action: z.enum(['saved', 'removed']),
    data: z.string().nullable(),
  })
  .transform(({ by_agent_id, subject_id, data, ...rest }): IntegrationChange => {
    const parsed: unknown = data === null ? null : JSON.parse(data);
    return { ...rest, byAgentId: by_agent_id, subjectId: subject_id, data: parsed };
  });

/** `data` null: removed. It must hold no secret. */
export async function noteChange(
  change: Knex,
  by: ChangedBy,
  subject: ChangedSubject,
  subjectId: string,
  data: object | null,
): Promise<void> {
  await change('integration_changes').insert({
    at: by.at,
    by_agent_id: by.agentId,
    subject,
    subject_id: subjectId,
    action: data === null ? 'removed' : 'saved',
    data: data === null ? null : JSON.stringify(data),
  });
}

/** Newest first, from before a position. */
export async function listChanges(knex: Knex, before: number, limit: number): Promise<readonly IntegrationChange[]> {
  const rows: unknown = await knex('integration_changes')
    .where('position', '<', before)
    .orderBy('position', 'desc')
    .limit(limit);
  return z.array(changeRow).parse(rows);
}
