/** Whom one may call or consult inside: every agent may look. */
import { z } from 'zod';
import { colleagueById, findColleagues } from '../colleagues.js';
import { command } from './command.js';
import { id } from './schema.js';

const colleagueView = z
  .object({
    id: z.string(),
    name: z.string(),
    number: z.string().describe('What to dial.'),
    state: z
      .enum(['free', 'ringing', 'busy', 'away', 'loggedOut'])
      .describe('free: takes calls and has none. away: logged in, in a status that takes no calls.'),
    statusId: z.string().nullable().describe('Null: logged out.'),
  })
  .meta({ id: 'ColleagueView', description: 'A colleague, as every agent sees them.' });

export const colleagueCommands = [
  command({
    name: 'agent.colleagues',
    summary: 'The other agents by name, and whether each is free now. Changes: `colleagues.watch` over Socket.IO.',
    tag: 'Agents',
    rest: { method: 'get', path: '/colleagues' },
    role: 'agent',
    input: z.strictObject({
      text: z
        .string()
        .max(80)
        .default('')
        .describe('Beginnings of words of the name, or the beginning of the number; empty: everybody.'),
      limit: z.int().min(1).max(200).default(50).describe('How many at most, 1 to 200.'),
    }),
    output: z.object({
      colleagues: z.array(colleagueView).readonly(),
      more: z.boolean().describe('There are more than were asked for.'),
    }),
    handler: ({ viewer, application }, input) => findColleagues(application, viewer.agentId, input),
  }),
  command({
    name: 'agent.colleague',
    summary: 'Who somebody is, or was: by id, also oneself and those who may not log in any more.',
    tag: 'Agents',
    rest: { method: 'get', path: '/colleagues/{id}' },
    role: 'agent',
    input: z.strictObject({ id: id('Agent.') }),
    output: colleagueView,
    handler: ({ application }, input) => colleagueById(application, input.id),
  }),
];
