/** Webhooks: which other systems are told of which events, and what could not be told. An administrator's matter. */
import { z } from 'zod';
import { isRefusal } from '../../core/refusal.js';
import { command } from './command.js';
import { removedResult } from './destination-schema.js';
import { id, instant, list, milliseconds, nothing, text } from './schema.js';
import { webUrl } from './web-url-schema.js';

const tag = 'Webhooks';
const DEFAULT_TIMEOUT_MS = 10_000;

const settings = {
  name: text(80, 'Name to show.'),
  url: webUrl('Where events are sent.'),
  types: list(
    z
      .string()
      .regex(/^(\*|(call|agent|callback|sms|queue|leg|legs|line|offer|announcement|recording)\.(\*|[A-Za-z]{1,40}))$/),
    50,
    'Events it is for: a name such as `call.ended`, all of a kind such as `call.*`, or `*`.',
  ).default(['*']),
  enabled: z.boolean().default(true).describe('One that is turned off gets nothing new; what waits stays.'),
  timeoutMs: milliseconds(1_000, 30_000, 'Without an answer for so long an attempt has failed.').default(
    DEFAULT_TIMEOUT_MS,
  ),
};
const secret = z
  .string()
  .regex(/^[!-~]{16,200}$/)
  .describe('Signs what is sent. 16 to 200 characters without spaces.');

const counts = {
  waiting: z.number().describe('Deliveries that wait, for the first or for another attempt.'),
  dead: z.number().describe('Deliveries that were put aside.'),
  dropped: z.number().describe('Deliveries that were lost because too many waited.'),
};
const view = z.object({ id: z.string(), ...settings, ...counts }).meta({ id: 'Webhook' });
const created = z.object({ id: z.string(), ...settings, secret }).meta({ id: 'NewWebhook' });

const letter = z
  .object({
    id: z.string().describe('The same as the receiver was told.'),
    position: z.number(),
    webhookId: z.string(),
    type: z.string(),
    at: instant,
    attempts: z.number(),
    diedAt: instant,
    code: z.string().describe('How the last attempt failed: `http:500`, `timeout`, `ECONNREFUSED` …'),
    body: z.string(),
  })
  .meta({ id: 'DeadLetter', description: 'An event of which a webhook could not be told.' });

const webhookCommands = [
  command({
    name: 'webhooks.list',
    summary: 'All webhooks, and what waits for each; without their secrets.',
    tag,
    rest: { method: 'get', path: '/webhooks' },
    role: 'administrator',
    input: nothing,
    output: z.array(view).readonly(),
    handler: ({ application }) => application.outside.webhooks.list(),
  }),
  command({
    name: 'webhooks.create',
    summary: 'Adds a webhook; a secret is made where none is given, and told in this answer only.',
    tag,
    rest: { method: 'post', path: '/webhooks' },
    role: 'administrator',
    input: z.strictObject({ ...settings, secret: secret.optional() }),
    output: created,
    handler: ({ application, viewer }, input) =>
      application.outside.webhooks.create(input, { by: viewer.agentId, at: application.now() }),
  }),
  command({
    name: 'webhooks.change',
    summary: 'Replaces the settings of a webhook; the secret stays where none is given.',
    tag,
    rest: { method: 'put', path: '/webhooks/{id}' },
    role: 'administrator',
    input: z.strictObject({ id: id('Webhook.'), ...settings, secret: secret.optional() }),
    output: view,
    handler: ({ application, viewer }, { id: webhookId, ...input }) =>
      application.outside.webhooks.change(webhookId, input, { by: viewer.agentId, at: application.now() }),
  }),
  command({
    name: 'webhooks.remove',
    summary: 'Removes a webhook with all that waits for it.',
    tag,
    rest: { method: 'delete', path: '/webhooks/{id}' },
    role: 'administrator',
    input: z.strictObject({ id: id('Webhook.') }),
    output: removedResult,
    handler: ({ application, viewer }, input) =>
      application.outside.webhooks.remove(input.id, { by: viewer.agentId, at: application.now() }),
  }),
  command({
    name: 'webhooks.test',
    summary: 'Sends an event `webhook.test` at once, one time, and tells what the receiver answered.',
    tag,
    rest: { method: 'post', path: '/webhooks/{id}/test' },
    role: 'administrator',
    input: z.strictObject({ id: id('Webhook.') }),
    output: z.object({
      delivered: z.boolean(),
      status: z.number().nullable().describe('HTTP status; null: there was no answer.'),
      code: z.string().nullable().describe('Why it was not delivered.'),
    }),
    async handler({ application }, input) {
      const posted = await application.outside.webhooks.test(input.id);
      if (isRefusal(posted)) return posted;
      const { status, code } = posted;
      return { delivered: code === null, status, code };
    },
  }),
];

const deadLetterCommands = [
  command({
    name: 'webhooks.dead.list',
    summary: 'Events of which a webhook could not be told, newest first.',
    tag,
    rest: { method: 'get', path: '/webhook-dead-letters' },
    role: 'administrator',
    input: z.strictObject({
      webhookId: id('Webhook; left out: all.').optional(),
      before: z.coerce.number().int().min(0).max(1e15).optional().describe('Below this `position`: for the next page.'),
      limit: z.coerce.number().int().min(1).max(500).default(100).describe('1 to 500.'),
    }),
    output: z.array(letter).readonly(),
    async handler({ application }, { webhookId = null, before = null, limit }) {
      const letters = await application.outside.webhooks.dead({ webhookId, before, limit });
      return letters.map(({ lane: _lane, dueAt: _dueAt, ...shown }) => shown);
    },
  }),
  command({
    name: 'webhooks.dead.retry',
    summary: 'Tries dead letters again: one, those of a webhook, or all.',
    tag,
    rest: { method: 'post', path: '/webhook-dead-letters/retry' },
    role: 'administrator',
    input: z.strictObject({
      webhookId: id('Those of this webhook.').optional(),
      id: z
        .string()
        .regex(/^[!-~]{1,400}$/)
        .describe('This one. 1 to 400 characters.')
        .optional(),
    }),
    output: z.object({ retried: z.number() }),
    async handler({ application }, { webhookId = null, id: letterId = null }) {
      const retried = await application.outside.webhooks.retry({ webhookId, id: letterId });
      return isRefusal(retried) ? retried : { retried };
    },
  }),
];

export const webhookCommandList = [...webhookCommands, ...deadLetterCommands];
