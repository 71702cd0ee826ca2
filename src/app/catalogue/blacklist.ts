/**
 * Numbers whose calls are rejected: every agent may block one, and take back what the same agent has blocked; supervisors see the list and
 * take any number off it.
 */
import { z } from 'zod';
import { refuse } from '../../core/refusal.js';
import { type CommandContext, command, seesAll } from './command.js';
import { writtenNumber } from './contact-schema.js';
import { removedResult } from './destination-schema.js';
import { instant, instantInput, nothing, text } from './schema.js';

const tag = 'Blacklist';

/** An agent neither shortens nor lifts what somebody else has decided. */
function isAnothers({ viewer }: CommandContext, blocked: { readonly byAgentId: string }): boolean {
  return !seesAll(viewer) && blocked.byAgentId !== viewer.agentId;
}

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
    summary:
      'Blocks a number; one that is blocked already gets the new reason and time, except from an agent who has not blocked it.',
    tag,
    rest: { method: 'put', path: '/blacklist/{number}' },
    role: 'agent',
    input: z.strictObject({
      number: writtenNumber,
      reason: text(200, 'Why.').optional(),
      until: instantInput.optional().describe('Until when, milliseconds since 1970 UTC; for good if left out.'),
    }),
    output: blockedNumber,
    handler(context, { number, reason = '', until = null }) {
      const { blacklist } = context.application.addressBook;
      const known = blacklist.isBlocked(number) ? blacklist.find(number) : null;
      if (known !== null && isAnothers(context, known)) return { ...known, reason: '' };
      return blacklist.add(context.viewer.agentId, number, reason, until);
    },
  }),
  command({
    name: 'blacklist.remove',
    summary: 'Calls from the number are let through again: for an agent only one that the agent has blocked.',
    tag,
    rest: { method: 'delete', path: '/blacklist/{number}' },
    role: 'agent',
    input: z.strictObject({ number: writtenNumber }),
    output: removedResult,
    async handler(context, { number }) {
      const { blacklist } = context.application.addressBook;
      const known = blacklist.find(number);
      const may = known !== null && !isAnothers(context, known);
      const removed = may && (await blacklist.remove(context.viewer.agentId, number));
      return removed ? ({ removed: true } as const) : refuse('notFound', 'This number is not blocked.');
    },
  }),
];
