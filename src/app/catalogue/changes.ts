/** Who changed what: contacts, their groups, blocked numbers, tags, and whatever is configured. */
import { z } from 'zod';
import { isRefusal } from '../../core/refusal.js';
import { CHANGED_ENTITIES } from '../changes.js';
import { command } from './command.js';
import { period, since, until } from './history-period.js';
import { id, instant, isPlainText } from './schema.js';

const change = z
  .object({
    id: z.number(),
    at: instant,
    byAgentId: z.string(),
    entity: z.enum(CHANGED_ENTITIES),
    entityId: z.string(),
    action: z.enum(['added', 'changed', 'removed', 'restored']),
    fields: z
      .record(z.string(), z.object({ before: z.unknown(), after: z.unknown() }))
      .describe('By field; empty where the contact was forgotten for good.'),
  })
  .meta({ id: 'ChangeRecord', description: 'One change of something that people keep or configure.' });

export const changeCommands = [
  command({
    name: 'changes.list',
    summary: 'Who changed what, the newest first.',
    tag: 'History',
    rest: { method: 'get', path: '/changes' },
    role: 'supervisor',
    input: z.strictObject({
      since,
      until,
      entity: z.enum(CHANGED_ENTITIES).optional(),
      entityId: z
        .string()
        .min(1)
        .max(80)
        .refine(isPlainText, { error: 'must be one line without control characters' })
        .optional()
        .describe('Only of this one: an id, or a blocked number. 1 to 80 characters.'),
      byAgentId: id('Only changes by this agent.').optional(),
      limit: z.int().min(1).max(1000).default(100).describe('How many at most, 1 to 1000.'),
    }),
    output: z.array(change).readonly(),
    async handler({ application }, input) {
      const range = period(application, input);
      return isRefusal(range) ? range : application.addressBook.changes.list({ ...input, ...range });
    },
  }),
];
