/** Looking at queues and at the list of statuses. */
import { z } from 'zod';
import { refuse } from '../../core/refusal.js';
import { command, seesAll } from './command.js';
import { id, nothing } from './schema.js';
import { queueView } from './view-schema.js';

const tag = 'Queues';

export const queueCommands = [
  command({
    name: 'queue.list',
    summary: 'The queues this login may see: all for a supervisor, the own ones for an agent.',
    tag,
    rest: { method: 'get', path: '/queues' },
    role: 'agent',
    input: nothing,
    output: z.array(queueView).readonly(),
    handler: ({ viewer, application }) => application.views.snapshot(viewer).queues,
  }),
  command({
    name: 'queue.get',
    summary: 'One queue; for an agent only one the agent serves.',
    tag,
    rest: { method: 'get', path: '/queues/{queueId}' },
    role: 'agent',
    input: z.strictObject({ queueId: id('Queue.') }),
    output: queueView,
    handler({ viewer, application }, { queueId }) {
      const visible =
        seesAll(viewer) ||
        application
          .configuration()
          .members.some((member) => member.agentId === viewer.agentId && member.queueId === queueId);
      const queue = visible ? application.views.queue(queueId) : null;
      return queue ?? refuse('notFound', 'There is no such queue.');
    },
  }),
];
