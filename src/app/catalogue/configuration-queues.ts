/** Queues, their members, and statuses: a supervisor may configure them. */
import { z } from 'zod';
import { isRefusal, refuse } from '../../core/refusal.js';
import { queueCallbackRule } from '../callbacks/rule-schema.js';
import { command } from './command.js';
import { destination, removedResult } from './destination-schema.js';
import {
  DAY_MS,
  dialable,
  HOUR_MS,
  id,
  list,
  MINUTE_MS,
  milliseconds,
  musicClass,
  nothing,
  text,
  zone,
} from './schema.js';

const tag = 'Configuration';
const priority = z.int().min(-1000).max(1000).default(0);
const emptyRule = z.enum(['always', 'loggedIn', 'receiving']);
const spared = (what: string, usual: number) => milliseconds(0, HOUR_MS, what).default(usual);

const retryMs = z.strictObject({
  busy: spared('After busy.', 10_000),
  rejected: spared('After a rejection.', 5_000),
  noAnswer: spared('After no answer.', 5_000),
  unavailable: spared('After an unreachable phone.', 30_000),
});

const announce = z.strictObject({
  position: z.boolean().default(true),
  estimatedWait: z.boolean().default(true),
  firstMs: milliseconds(0, HOUR_MS, 'First announcement after joining.').default(15_000),
  everyMs: milliseconds(5_000, HOUR_MS, 'Time between announcements.').default(45_000),
});

const callBackAbandoned = z
  .strictObject({
    waitedMs: milliseconds(0, HOUR_MS, 'Whoever gave up sooner is not called.').default(5_000),
    priority: z.enum(['high', 'medium', 'low']).default('medium'),
    zone: zone('Time zone in which the callers are taken to be, e.g. `Europe/Moscow`.'),
  })
  .describe('Callers who give up waiting are called back; null: nobody is.');

const queue = z
  .strictObject({
    id: id('Queue.'),
    name: text(120, 'Name to show.'),
    number: dialable('Internal number that reaches it.').nullable().default(null),
    strategy: z.enum(['longestIdle', 'fewestCalls', 'roundRobin', 'ringAll']).default('longestIdle'),
    ringMs: milliseconds(1_000, 5 * MINUTE_MS, 'How long one offer rings.').default(20_000),
    wrapUpMs: milliseconds(0, HOUR_MS, 'Wrap-up after a call; 0 for none.').default(0),
    retryMs: retryMs.prefault({}).describe('How long an agent is spared after a failed offer.'),
    maxWaitMs: milliseconds(1_000, DAY_MS, 'Longest wait; null for no limit.').nullable().default(null),
    overflow: destination.default({ kind: 'fallback' }),
    joinWhenEmpty: emptyRule.default('always'),
    leaveWhenEmpty: emptyRule.default('always'),
    callBackAbandoned: callBackAbandoned.nullable().default(null),
    music: musicClass('Music for those who wait.').default('default'),
    language: z.enum(['en', 'ru']).default('en'),
    announce: announce.prefault({}),
    priority: priority.describe('Of its calls; higher first. -1000 to 1000.'),
    serviceLevelMs: milliseconds(0, HOUR_MS, 'An answer within it counts for the service level.').default(20_000),
    record: z.boolean().default(false).describe('Every conversation of its calls is recorded.'),
    callbacks: queueCallbackRule.prefault({}).describe('How callbacks of the queue are dialled.'),
  })
  .meta({ id: 'QueueSettings', description: 'A queue as configured.' });

const member = z
  .strictObject({
    queueId: id('Queue.'),
    agentId: id('Agent.'),
    priority: priority.describe('Lower is asked first. -1000 to 1000.'),
  })
  .meta({ id: 'QueueMember', description: 'An agent who serves a queue.' });

export const queueConfigurationCommands = [
  command({
    name: 'configuration.queues.list',
    summary: 'All queues as configured.',
    tag,
    rest: { method: 'get', path: '/configuration/queues' },
    role: 'supervisor',
    input: nothing,
    output: list(queue, 100_000, 'Queues.'),
    handler: ({ application }) => application.configuration().queues,
  }),
  command({
    name: 'configuration.queues.save',
    summary: 'Creates or replaces a queue; what is left out takes its default.',
    tag,
    rest: { method: 'put', path: '/configuration/queues/{id}' },
    role: 'supervisor',
    input: queue,
    output: queue,
    async handler({ application }, saved) {
      const result = await application.configure((store) => store.saveQueue(saved));
      return isRefusal(result) ? result : saved;
    },
  }),
  command({
    name: 'configuration.queues.remove',
    summary: 'Removes a queue. Refused while callers wait in it or it has open callbacks.',
    tag,
    rest: { method: 'delete', path: '/configuration/queues/{id}' },
    role: 'supervisor',
    input: z.strictObject({ id: id('Queue.') }),
    output: removedResult,
    async handler({ application }, input) {
      if ((application.views.queue(input.id)?.waiting ?? 0) > 0) {
        return refuse('stillInUse', 'Callers wait in the queue.', { field: 'waiting' });
      }
      const removed = await application.configure((store) => store.removeQueue(input.id));
      if (isRefusal(removed)) return removed;
      return removed ? ({ removed: true } as const) : refuse('notFound', 'There is no such queue.');
    },
  }),
  command({
    name: 'configuration.members.list',
    summary: 'Which agents serve which queues.',
    tag,
    rest: { method: 'get', path: '/configuration/members' },
    role: 'supervisor',
    input: nothing,
    output: z.array(member).readonly(),
    handler: ({ application }) => application.configuration().members,
  }),
  command({
    name: 'configuration.members.save',
    summary: 'Makes an agent serve a queue, or changes the priority.',
    tag,
    rest: { method: 'put', path: '/configuration/queues/{queueId}/members/{agentId}' },
    role: 'supervisor',
    input: member,
    output: member,
    async handler({ application }, saved) {
      const result = await application.configure((store) => store.saveMember(saved));
      return isRefusal(result) ? result : saved;
    },
  }),
  command({
    name: 'configuration.members.remove',
    summary: 'The agent no longer serves the queue.',
    tag,
    rest: { method: 'delete', path: '/configuration/queues/{queueId}/members/{agentId}' },
    role: 'supervisor',
    input: z.strictObject({ queueId: id('Queue.'), agentId: id('Agent.') }),
    output: removedResult,
    async handler({ application }, { queueId, agentId }) {
      const removed = await application.configure((store) => store.removeMember(queueId, agentId));
      if (isRefusal(removed)) return removed;
      return removed ? ({ removed: true } as const) : refuse('notFound', 'The agent does not serve this queue.');
    },
  }),
];
