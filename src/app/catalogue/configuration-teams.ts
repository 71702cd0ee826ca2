/** Teams of agents: an administrator names them, and says on the account in which one an agent is. */
import { z } from 'zod';
import { isRefusal, refuse } from '../../core/refusal.js';
import { command } from './command.js';
import { removedResult } from './destination-schema.js';
import { id, nothing, text } from './schema.js';

const tag = 'Configuration';
const team = z
  .strictObject({ id: id('Team.'), name: text(120, 'Name to show, unique.') })
  .meta({ id: 'Team', description: 'Agents who work together; an agent is in one team at most.' });

export const teamConfigurationCommands = [
  command({
    name: 'configuration.teams.list',
    summary: 'The teams, by name. Who is in which is said by the accounts.',
    tag,
    rest: { method: 'get', path: '/configuration/teams' },
    role: 'supervisor',
    input: nothing,
    output: z.array(team).readonly(),
    handler: ({ application }) => application.configuration().teams,
  }),
  command({
    name: 'configuration.teams.save',
    summary: 'Creates or renames a team.',
    tag,
    rest: { method: 'put', path: '/configuration/teams/{id}' },
    role: 'administrator',
    input: team,
    output: team,
    async handler({ application }, saved) {
      const result = await application.configure((store) => store.saveTeam(saved));
      return isRefusal(result) ? result : saved;
    },
  }),
  command({
    name: 'configuration.teams.remove',
    summary: 'Removes a team with its keys and its trainer; its agents are in no team then.',
    tag,
    rest: { method: 'delete', path: '/configuration/teams/{id}' },
    role: 'administrator',
    input: z.strictObject({ id: id('Team.') }),
    output: removedResult,
    async handler({ application }, input) {
      const removed = await application.configure((store) => store.removeTeam(input.id));
      if (isRefusal(removed)) return removed;
      return removed ? ({ removed: true } as const) : refuse('notFound', 'There is no such team.');
    },
  }),
];
