/** Short messages to customers: templates, sending, and what became of them. */
import { z } from 'zod';
import type { CallView } from '../../app/view.js';
import { isRefusal, type Refusal, refuse } from '../../core/refusal.js';
import type { Sms } from '../../core/sms/sms.js';
import type { Application, Viewer } from '../application.js';
import { PhoneNumbers } from '../contacts/phone-number.js';
import { SMS_FIELDS, type SmsFields } from '../sms/fields.js';
import { customerOf, customersNumber, givenNumber } from '../sms/recipient.js';
import type { SmsView } from '../sms/view.js';
import { smsView as viewOf } from '../sms/view.js';
import { command, seesAll } from './command.js';
import { removedResult } from './destination-schema.js';
import { dialable, id, instant, instantInput, isPlainText, nothing, text } from './schema.js';

const tag = 'Short messages';

/** Some lines; the limit is that of about ten messages put together. */
const body = (what: string) =>
  z
    .string()
    .min(1)
    .max(1000)
    .refine((value) => isPlainText(value.replaceAll('\n', ' ')), { error: 'must have no control characters' })
    .describe(`${what} 1 to 1000 characters; line breaks, but no other control characters.`);

const template = z
  .strictObject({
    id: id('Template.'),
    name: text(80, 'Name, unique.'),
    language: z.enum(['en', 'ru']).default('en'),
    text: body(`Text. Fields: ${SMS_FIELDS.map((name) => `\`{${name}}\``).join(', ')}.`),
  })
  .meta({ id: 'SmsTemplate', description: 'A prepared text for short messages.' });

const message: z.ZodType<SmsView> = z
  .object({
    id: z.string(),
    agentId: z.string(),
    callId: z.string().nullable(),
    templateId: z.string().nullable(),
    number: z.string(),
    text: z.string(),
    createdAt: instant,
    updatedAt: instant,
    state: z
      .enum(['queued', 'sent', 'delivered', 'failed'])
      .describe('sent: the gateway has taken it; delivered: the network says that the phone has it.'),
    code: z.string().nullable().describe('Why it failed, or why it was not taken at the last attempt.'),
    attempts: z.number(),
    parts: z.number(),
  })
  .meta({ id: 'ShortMessage', description: 'A short message and what became of it.' });

const toSend = z.strictObject({
  callId: id('The call whose customer gets it; left out: the present call.').optional(),
  number: dialable("Another number than the customer's, which the agent may dial.").optional(),
  templateId: id('Template; or `text`.').optional(),
  text: body('Text, where no template is given.').optional(),
});

const filter = z.strictObject({
  agentId: id('Agent who sent; left out: all that may be seen.').optional(),
  callId: id('Call.').optional(),
  number: dialable('Number.').optional(),
  state: z.enum(['queued', 'sent', 'delivered', 'failed']).optional(),
  since: instantInput.default(0).describe('From this moment on.'),
  until: instantInput.optional().describe('Before this moment.'),
  before: id('Older than this message: for the next page.').optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100).describe('1 to 500.'),
});

export const smsCommands = [
  command({
    name: 'sms.send',
    summary: 'Sends a short message to the customer of a call, by a template or with a text of its own.',
    tag,
    rest: { method: 'post', path: '/sms' },
    role: 'agent',
    input: toSend,
    output: message,
    handler: ({ application, viewer }, input) => send(application, viewer, input),
  }),
  command({
    name: 'sms.list',
    summary: 'Short messages, newest first: the own ones, for supervisors all.',
    tag,
    rest: { method: 'get', path: '/sms' },
    role: 'agent',
    input: filter,
    output: z.array(message).readonly(),
    async handler({ application, viewer }, input) {
      const agentId = input.agentId ?? (seesAll(viewer) ? null : viewer.agentId);
      if (!seesAll(viewer) && agentId !== viewer.agentId) return refuse('forbidden', "Another agent's messages.");
      const number = input.number === undefined ? null : inOneSpelling(application, input.number);
      const { callId = null, state = null, before = null, since, limit } = input;
      const until = input.until ?? application.now() + 1;
      const found = await application.outside.sms.list({
        ...{ agentId, callId, number, state, since, until, before, limit },
      });
      return found.map(viewOf);
    },
  }),
  command({
    name: 'sms.templates.list',
    summary: 'The prepared texts, by name.',
    tag,
    rest: { method: 'get', path: '/sms-templates' },
    role: 'agent',
    input: nothing,
    output: z.array(template).readonly(),
    handler: ({ application }) => application.outside.sms.templates(),
  }),
  command({
    name: 'sms.templates.save',
    summary: 'Creates or replaces a prepared text.',
    tag,
    rest: { method: 'put', path: '/sms-templates/{id}' },
    role: 'supervisor',
    input: template,
    output: template,
    handler: ({ application, viewer }, saved) =>
      application.outside.sms.saveTemplate(saved, { by: viewer.agentId, at: application.now() }),
  }),
  command({
    name: 'sms.templates.remove',
    summary: 'Removes a prepared text.',
    tag,
    rest: { method: 'delete', path: '/sms-templates/{id}' },
    role: 'supervisor',
    input: z.strictObject({ id: id('Template.') }),
    output: removedResult,
    handler: ({ application, viewer }, input) =>
      application.outside.sms.removeTemplate(input.id, { by: viewer.agentId, at: application.now() }),
  }),
];

async function send(
  application: Application,
  viewer: Viewer,
  { callId, number: given, templateId, text: own }: z.output<typeof toSend>,
): Promise<SmsView | Refusal> {
  const content = templateId !== undefined ? { templateId } : own !== undefined ? { text: own } : null;
  if (content === null || (templateId !== undefined && own !== undefined))
    return refuse('invalidInput', 'Give either a template or a text.', { fields: ['templateId', 'text'] });
  const { outside } = application;
  const configuration = application.configuration();
  const by = configuration.agents.find((account) => account.id === viewer.agentId);
  if (by === undefined) return refuse('notFound', 'There is no such account.');
  const call = callOf(application, viewer, callId);
  if (isRefusal(call)) return call;
  if (call === null && given === undefined) return refuse('wrongState', 'You have no call: give a number.');
  const customer = call === null ? null : customerOf(call, viewer.agentId);
  const dialled = given === undefined ? customersNumber(customer?.number ?? '') : givenNumber(configuration, by, given);
  if (isRefusal(dialled)) return dialled;
  const number = inOneSpelling(application, dialled);
  const queue = configuration.queues.find(({ id: queueId }) => queueId === call?.queueId);
  const fields: SmsFields = {
    'agent.name': by.name,
    'agent.number': by.number,
    company: outside.settings.get().company,
    'queue.name': queue?.name ?? '',
    'caller.name': customer?.name ?? '',
    'caller.number': customer?.number ?? '',
  };
  const sms: Sms | Refusal = await outside.sms.send({
    ...{ agentId: viewer.agentId, callId: call?.id ?? null, number, fields, content },
  });
  return isRefusal(sms) ? sms : viewOf(sms);
}

/** Gateways want numbers with their country code, whatever the trunk or the agent writes. */
function inOneSpelling(application: Application, number: string): string {
  return new PhoneNumbers(() => application.configuration().centre.defaultCountry).normalise(number);
}

/** The call that is named, if it is the agent's own; else the present one, if there is one. */
function callOf({ views }: Application, { agentId }: Viewer, callId: string | undefined): CallView | null | Refusal {
  const isOwn = (call: CallView) => call.legs.some((leg) => leg.agentId === agentId);
  if (callId !== undefined) {
    const named = views.call(callId);
    return named !== null && isOwn(named) ? named : refuse('notFound', 'There is no such call.');
  }
  const calls = (views.agent(agentId)?.callIds ?? []).flatMap((each) => views.call(each) ?? []).filter(isOwn);
  const isPresent = (call: CallView) =>
    call.lines.some((line) =>
      line.members.some(
        ({ legId, onHold }) => !onHold && call.legs.some((leg) => leg.id === legId && leg.agentId === agentId),
      ),
    );
  return calls.find(isPresent) ?? calls[0] ?? null;
}
