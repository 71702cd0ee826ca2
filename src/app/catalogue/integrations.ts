/** Settings of the connections with other systems; who changed them is in the history of changes. An administrator's matter. */
import { z } from 'zod';
import { refuse } from '../../core/refusal.js';
import { CALL_FIELDS } from '../crm/fields.js';
import { command } from './command.js';
import { DAY_MS, id, isPlainText, list, milliseconds, nothing, text } from './schema.js';
import { webUrlTemplate } from './web-url-schema.js';

const tag = 'Integrations';

const cardField = z.strictObject({
  name: text(60, 'Name in the card.'),
  path: z
    .string()
    .regex(/^[^.\s]{1,60}(\.[^.\s]{1,60}){0,9}$/)
    .refine(isPlainText, { error: 'must have no control characters' })
    .describe('Where the value is in the answer: keys and indexes joined by dots, at most 10.'),
});

const lookup = z.strictObject({
  url: webUrlTemplate('Asked with GET when a call comes in.', CALL_FIELDS),
  timeoutMs: milliseconds(100, 30_000, 'Without an answer for so long there is none.').default(3_000),
  cacheMs: milliseconds(0, DAY_MS, 'How long an answer is used again; 0: never.').default(300_000),
  fields: list(cardField, 20, 'What of the JSON answer the card shows.'),
});

const settings = z
  .strictObject({
    company: z
      .string()
      .max(120)
      .refine(isPlainText, { error: 'must be one line without control characters' })
      .default('')
      .describe("The company's name in short messages, at most 120 characters."),
    crmUrl: webUrlTemplate('Page that desktops open for a call; null: none.', CALL_FIELDS).nullable().default(null),
    crmQueueUrls: list(
      z.strictObject({
        queueId: id('Queue.'),
        url: webUrlTemplate('Page for its calls; null: none.', CALL_FIELDS).nullable(),
      }),
      1_000,
      'Instead of `crmUrl` for calls of these queues.',
    ).default([]),
    crmLookup: lookup.nullable().default(null),
  })
  .meta({ id: 'IntegrationSettings', description: 'Connections with other systems.' });

export const integrationCommands = [
  command({
    name: 'integrations.get',
    summary: 'Settings of the connections with other systems.',
    tag,
    rest: { method: 'get', path: '/integrations' },
    role: 'administrator',
    input: nothing,
    output: settings,
    handler: ({ application }) => application.outside.settings.get(),
  }),
  command({
    name: 'integrations.save',
    summary: 'Replaces them; what is left out takes its default.',
    tag,
    rest: { method: 'put', path: '/integrations' },
    role: 'administrator',
    input: settings,
    output: settings,
    async handler({ application, viewer }, saved) {
      const queues = new Set(application.configuration().queues.map((queue) => queue.id));
      const missing = saved.crmQueueUrls.find(({ queueId }) => !queues.has(queueId));
      if (missing !== undefined)
        return refuse('unknownReference', 'There is no such queue.', {
          field: 'crmQueueUrls',
          queueId: missing.queueId,
        });
      await application.outside.settings.save(saved, { by: viewer.agentId, at: application.now() });
      return saved;
    },
  }),
];
