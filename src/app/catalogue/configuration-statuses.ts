/** The statuses agents may be in; agents read the list for their menus, supervisors change it. */
import { z } from 'zod';
import { SYSTEM_STATUS } from '../../core/agent/state.js';
import { isRefusal, refuse } from '../../core/refusal.js';
import { command } from './command.js';
import { removedResult } from './destination-schema.js';
import { id, nothing, text } from './schema.js';

const tag = 'Configuration';
const ofTheSystem: readonly string[] = Object.values(SYSTEM_STATUS);

const status = z
  .strictObject({
    id: id('Status.'),
    name: z.strictObject({ en: text(60, 'English name.'), ru: text(60, 'Russian name.') }),
    receiving: z.boolean().default(false).describe('Queues offer calls to agents in it.'),
    selectable: z.boolean().default(true).describe('Agents may choose it.'),
    blocking: z.boolean().default(false).describe('When the system sets it, only a supervisor can change it.'),
    position: z.int().min(0).max(1000).default(0).describe('Order in menus, 0 to 1000.'),
  })
  .meta({ id: 'StatusDefinition', description: 'A status an agent may be in.' });

export const statusConfigurationCommands = [
  command({
    name: 'configuration.statuses.list',
    summary: 'All statuses with their names and rules.',
    tag,
    rest: { method: 'get', path: '/configuration/statuses' },
    role: 'agent',
    input: nothing,
    output: z.array(status).readonly(),
    handler: ({ application }) => application.configuration().statuses,
  }),
  command({
    name: 'configuration.statuses.save',
    summary: 'Creates or replaces a status.',
    tag,
    rest: { method: 'put', path: '/configuration/statuses/{id}' },
    role: 'supervisor',
    input: status,
    output: status,
    async handler({ application }, saved) {
      const result = await application.configure((store) => store.saveStatus(saved));
      return isRefusal(result) ? result : saved;
    },
  }),
  command({
    name: 'configuration.statuses.remove',
    summary: 'Removes a status. Those that the system itself sets stay.',
    tag,
    rest: { method: 'delete', path: '/configuration/statuses/{id}' },
    role: 'supervisor',
    input: z.strictObject({ id: id('Status.') }),
    output: removedResult,
    async handler({ application }, input) {
      if (ofTheSystem.includes(input.id)) {
        return refuse('stillInUse', 'The system itself sets this status.', { field: 'id' });
      }
      const removed = await application.configure((store) => store.removeStatus(input.id));
      if (isRefusal(removed)) return removed;
      return removed ? ({ removed: true } as const) : refuse('notFound', 'There is no such status.');
    },
  }),
];
