/** Numbers whose calls are rejected: every agent may block one, supervisors see the list and take numbers off it. */
import { z } from 'zod';
import { refuse } from '../../core/refusal.js';
import { command } from './command.js';
import { writtenNumber } from './contact-schema.js';
import { removedResult } from './destination-schema.js';
import { instant, instantInput, nothing, text } from './schema.js';

const tag = 'Blacklist';

const blockedNumber = z
  .object({
    number: z.string(),
    byAgentId: z.string().describe('Who blocked it.'),
    reason: z.string(),
    blockedAt: instant,
    until: instant.nullable().describe('Null: for good.'),
    calls: z.number().describe('How many calls were rejected.'),
    lastCallAt: instant.nullable(),
  })
  .meta({ id: 'BlockedNumber', description: 'A number whose calls are rejected before anybody is rung.' });

export const blacklistCommands = [
  command({
    name: 'blacklist.list',
    summary: 'Blocked numbers, the latest first, with the calls that were rejected; also those whose time is over.',
    tag,
    rest: { method: 'get', path: '/blacklist' },
    role: 'supervisor',
    input: nothing,
    output: z.array(blockedNumber).readonly(),
    handler: ({ application }) => application.addressBook.blacklist.list(),
  }),
  command({
    name: 'blacklist.add',
    summary: 'Blocks a number; one that is blocked already gets the new reason and time.',
    tag,
    rest: { method: 'put', path: '/blacklist/{number}' },
    role: 'agent',
    input: z.strictObject({
      number: writtenNumber,
      reason: text(200, 'Why.').optional(),
      until: instantInput.optional().describe('Until when, milliseconds since 1970 UTC; for good if left out.'),
    }),
    output: blockedNumber,
    handler: ({ viewer, application }, { number, reason = '', until = null }) =>
      application.addressBook.blacklist.add(viewer.agentId, number, reason, until),
  }),
  command({
    name: 'blacklist.remove',
    summary: 'Calls from the number are let through again.',
    tag,
    rest: { method: 'delete', path: '/blacklist/{number}' },
    role: 'supervisor',
    input: z.strictObject({ number: writtenNumber }),
    output: removedResult,
    async handler({ viewer, application }, { number }) {
      const removed = await application.addressBook.blacklist.remove(viewer.agentId, number);
      return removed ? ({ removed: true } as const) : refuse('notFound', 'This number is not blocked.');
    },
  }),
];
