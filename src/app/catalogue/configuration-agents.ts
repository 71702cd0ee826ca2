/** Agents' accounts and devices: an administrator's matter. */
import { z } from 'zod';
import { isRefusal, type Refusal, refuse } from '../../core/refusal.js';
import type { AgentAccount } from '../directory.js';
import { hashPassword } from '../login/password.js';
import { type CommandContext, command } from './command.js';
import { removedResult } from './destination-schema.js';
import { dialable, id, list, pattern, text } from './schema.js';

const tag = 'Configuration';

const device = z.strictObject({
  id: id('Device.'),
  address: z
    .string()
    .regex(/^[A-Za-z0-9]{1,20}\/[A-Za-z0-9_.@+~/-]{1,120}$/)
    .describe('The endpoint as the PBX knows it, e.g. `PJSIP/101`.'),
  autoAnswer: z.boolean().default(false).describe('Asked to answer by itself when the agent calls out.'),
});

const account = z
  .strictObject({
    id: id('Agent.'),
    login: z
      .string()
      .regex(/^[A-Za-z0-9_.@\\-]{1,80}$/)
      .describe('Name to log in with: letters, digits and `_.@\\-`, 1 to 80.'),
    name: text(120, 'Name to show.'),
    number: dialable('Internal number, unique among agents and queues.'),
    role: z.enum(['agent', 'supervisor', 'administrator']).default('agent'),
    language: z.enum(['en', 'ru']).default('en'),
    allow: list(pattern('Outside numbers the agent may dial.'), 50, 'Patterns of allowed outside numbers.').default([]),
    devices: list(device, 10, 'Phones that ring together.').default([]),
    disabled: z.boolean().default(false).describe('May not log in.'),
    record: z.boolean().default(false).describe('Every conversation of this agent is recorded.'),
    mayRecord: z.boolean().default(false).describe('May start, pause and stop recordings.'),
    teamId: id('Team; null: in none.').nullable().default(null),
  })
  .meta({ id: 'AgentAccount', description: 'An agent as configured.' });

const password = z
  .string()
  .min(8)
  .max(128)
  .optional()
  .describe('New password, 8 to 128 characters; left out: the present one stays.');

/** An administrator who takes the own rights away could leave nobody to give them back. */
function keepsOwnRights({ viewer }: CommandContext, saved: AgentAccount): Refusal | null {
  if (saved.id !== viewer.agentId) return null;
  if (saved.role === 'administrator' && !saved.disabled) return null;
  return refuse(
    'forbidden',
    'The own account stays an administrator and enabled; another administrator may change it.',
  );
}

/** Ends the session first, so that no agent without an account keeps a call or a place in a queue. */
async function endSession({ application }: CommandContext, agentId: string): Promise<Refusal | null> {
  if (application.views.agent(agentId)?.loggedIn !== true) return null;
  const ended = await application.agents.logOut(agentId);
  return isRefusal(ended) && ended.refused !== 'notLoggedIn' ? ended : null;
}

export const agentConfigurationCommands = [
  command({
    name: 'configuration.agents.list',
    summary: 'All accounts with their devices, or those of a team.',
    tag,
    rest: { method: 'get', path: '/configuration/agents' },
    role: 'administrator',
    input: z.strictObject({ teamId: id('Only of this team.').optional() }),
    output: z.array(account).readonly(),
    handler: ({ application }, { teamId }) =>
      application.configuration().agents.filter((agent) => teamId === undefined || agent.teamId === teamId),
  }),
  command({
    name: 'configuration.agents.save',
    summary: 'Creates or replaces an account. A new password, or disabling, ends its open logins.',
    tag,
    rest: { method: 'put', path: '/configuration/agents/{id}' },
    role: 'administrator',
    input: account.extend({ password }),
    output: account,
    async handler(context, { password: chosen, ...saved }) {
      const problem = keepsOwnRights(context, saved) ?? (saved.disabled ? await endSession(context, saved.id) : null);
      if (problem !== null) return problem;
      const hash = chosen === undefined ? undefined : await hashPassword(chosen);
      const result = await context.application.configure((store) => store.saveAgent(saved, hash));
      if (isRefusal(result)) return result;
      if (hash !== undefined || saved.disabled) await context.logins.revokeAll(saved.id);
      return saved;
    },
  }),
  command({
    name: 'configuration.agents.remove',
    summary: 'Removes an account with its devices, memberships and logins; history stays. Refused during a call.',
    tag,
    rest: { method: 'delete', path: '/configuration/agents/{id}' },
    role: 'administrator',
    input: z.strictObject({ id: id('Agent.') }),
    output: removedResult,
    async handler(context, input) {
      if (input.id === context.viewer.agentId) return refuse('forbidden', 'The own account cannot be removed.');
      const problem = await endSession(context, input.id);
      if (problem !== null) return problem;
      const removed = await context.application.configure((store) => store.removeAgent(input.id));
      if (isRefusal(removed)) return removed;
      if (!removed) return refuse('notFound', 'There is no such agent.');
      await context.logins.revokeAll(input.id);
      return { removed: true } as const;
    },
  }),
];
