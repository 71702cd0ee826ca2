/** Numbers from outside and rules for numbers going out: an administrator's matter. */
import { z } from 'zod';
import { isRefusal, refuse } from '../../core/refusal.js';
import { command } from './command.js';
import { destination, removedResult } from './destination-schema.js';
import { dialable, id, nothing, pattern } from './schema.js';

const tag = 'Configuration';

const route = z
  .strictObject({
    number: dialable('Number that was dialled from outside.'),
    to: destination,
    priority: z.int().min(-1000).max(1000).default(0).describe("Added to the queue's own. -1000 to 1000."),
    record: z.boolean().default(false).describe('Every conversation of calls to it is recorded.'),
  })
  .meta({ id: 'Route', description: 'Where calls from outside to a number go.' });

const outgoingRule = z
  .strictObject({
    id: id('Rule.'),
    position: z.int().min(0).max(10_000).default(0).describe('The first rule that matches is used. 0 to 10000.'),
    pattern: pattern('Numbers it is for.'),
    strip: z.int().min(0).max(32).default(0).describe('Leading characters taken off, 0 to 32.'),
    prepend: z
      .string()
      .regex(/^[0-9*#+]{0,32}$/)
      .default('')
      .describe('Put in front, 0 to 32 characters.'),
    address: z
      .string()
      .regex(/^[A-Za-z0-9]{1,20}\/[A-Za-z0-9_.@+~/-]{0,60}\{number\}[A-Za-z0-9_.@+~/-]{0,60}$/)
      .describe('Where to dial; `{number}` stands for the number, e.g. `PJSIP/{number}@trunk`.'),
    callerNumber: dialable("Caller number shown outside; null: the agent's own.").nullable().default(null),
    record: z.boolean().default(false).describe('Every conversation of calls dialled by it is recorded.'),
    detectMachines: z
      .boolean()
      .default(false)
      .describe('When the other party answers, it is found out whether a person or an answering machine did.'),
  })
  .meta({ id: 'OutgoingRule', description: 'How an outside number is dialled.' });

const routeCommands = [
  command({
    name: 'configuration.routes.list',
    summary: 'Where calls from outside go, by number.',
    tag,
    rest: { method: 'get', path: '/configuration/routes' },
    role: 'administrator',
    input: nothing,
    output: z.array(route).readonly(),
    handler: ({ application }) => application.configuration().routes,
  }),
  command({
    name: 'configuration.routes.save',
    summary: 'Creates or replaces the route of a number.',
    tag,
    rest: { method: 'put', path: '/configuration/routes/{number}' },
    role: 'administrator',
    input: route,
    output: route,
    async handler({ application }, saved) {
      const result = await application.configure((store) => store.saveRoute(saved));
      return isRefusal(result) ? result : saved;
    },
  }),
  command({
    name: 'configuration.routes.remove',
    summary: 'Calls to the number take the default route again.',
    tag,
    rest: { method: 'delete', path: '/configuration/routes/{number}' },
    role: 'administrator',
    input: route.pick({ number: true }),
    output: removedResult,
    async handler({ application }, input) {
      const removed = await application.configure((store) => store.removeRoute(input.number));
      if (isRefusal(removed)) return removed;
      return removed ? ({ removed: true } as const) : refuse('notFound', 'There is no such route.');
    },
  }),
];

const outgoingRuleCommands = [
  command({
    name: 'configuration.outgoingRules.list',
    summary: 'How outside numbers are dialled.',
    tag,
    rest: { method: 'get', path: '/configuration/outgoing-rules' },
    role: 'administrator',
    input: nothing,
    output: z.array(outgoingRule).readonly(),
    handler: ({ application }) => application.configuration().outgoingRules,
  }),
  command({
    name: 'configuration.outgoingRules.save',
    summary: 'Creates or replaces a rule.',
    tag,
    rest: { method: 'put', path: '/configuration/outgoing-rules/{id}' },
    role: 'administrator',
    input: outgoingRule,
    output: outgoingRule,
    async handler({ application }, saved) {
      const result = await application.configure((store) => store.saveOutgoingRule(saved));
      return isRefusal(result) ? result : saved;
    },
  }),
  command({
    name: 'configuration.outgoingRules.remove',
    summary: 'Removes a rule.',
    tag,
    rest: { method: 'delete', path: '/configuration/outgoing-rules/{id}' },
    role: 'administrator',
    input: z.strictObject({ id: id('Rule.') }),
    output: removedResult,
    async handler({ application }, input) {
      const removed = await application.configure((store) => store.removeOutgoingRule(input.id));
      if (isRefusal(removed)) return removed;
      return removed ? ({ removed: true } as const) : refuse('notFound', 'There is no such rule.');
    },
  }),
];

export const diallingConfigurationCommands = [...routeCommands, ...outgoingRuleCommands];
