/** Callbacks: a customer is called at an agreed time. */
import { z } from 'zod';
import { CALLBACK_PRIORITIES, CALLBACK_STATES, type Callback } from '../../core/callback/callback.js';
import { ATTEMPT_RESULTS } from '../../core/callback/result.js';
import { isRefusal, type Refusal, refuse } from '../../core/refusal.js';
import type { Application, Viewer } from '../application.js';
import type { CallbackRequest } from '../callbacks/callbacks.js';
import { localTime } from '../callbacks/wall-clock.js';
import { customerOf } from '../sms/recipient.js';
import { command } from './command.js';
import { dialable, id, instant, instantInput, MINUTE_MS, text, zone } from './schema.js';

const tag = 'Callbacks';

const result = z.enum(ATTEMPT_RESULTS);
const state = z.enum(CALLBACK_STATES);

const callback: z.ZodType<Callback> = z
  .object({
    id: z.string(),
    number: z.string(),
    name: z.string(),
    clientCode: z.string().nullable(),
    queueId: z.string().nullable().describe('Null: personal.'),
    agentId: z.string().nullable().describe('Whose it is, if it is personal.'),
    priority: z.enum(CALLBACK_PRIORITIES),
    local: z.string().describe('As agreed: the clock on the wall in that zone.'),
    zone: z.string(),
    dueAt: instant,
    state,
    nextAt: instant.nullable().describe('When it is dialled next.'),
    overdueSince: instant.nullable().describe('Its agent could not be had in time; somebody should take it over.'),
    attempts: z
      .array(
        z.object({
          callId: z.string(),
          agentId: z.string().nullable().describe('Who was rung first; null: the customer.'),
          startedAt: instant,
          endedAt: instant.nullable(),
          result: result.nullable(),
          passedOn: z.boolean().describe('Its agent declined and another one was rung: the two count as one.'),
        }),
      )
      .readonly(),
    origin: z
      .object({ callId: z.string(), number: z.string() })
      .nullable()
      .describe(
        "The customer's own call that it was made from: it is closed when the customer reaches an agent by calling.",
      ),
    place: z
      .object({ since: instant, priority: z.number() })
      .nullable()
      .describe('The place in line that the customer left, and has again when called back.'),
    createdBy: z.string(),
    createdAt: instant,
    updatedAt: instant,
    seq: z.number().describe('How often it has changed.'),
  })
  .meta({ id: 'Callback', description: 'A callback and what became of it.' });

const agreed = z.object({
  callback,
  clockChange: z
    .enum(['none', 'skipped', 'twice'])
    .describe(
      'skipped: that hour does not exist, clocks go forward, and it is as much later; twice: the first of the two.',
    ),
});

const fields = {
  clientCode: text(80, "The client's code in another system; for statistics.").nullable().default(null),
  queueId: id('Queue that you serve; null: personal, to you.').nullable().default(null),
  local: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/)
    .describe('Agreed time on the clock there, e.g. `2026-11-23T10:00`.'),
  zone: zone('Time zone, e.g. `Europe/Moscow`.'),
  priority: z
    .enum(['high', 'medium', 'low'])
    .default('medium')
    .describe('high: before all callers who wait; medium: in order of arrival; low: after them.'),
};

const toSchedule = z.strictObject({
  callId: id('An abandoned call: its caller is called back, and what is left out is taken from it.').optional(),
  number: dialable("Number to call; left out: the present customer's.").optional(),
  name: text(120, "The client's name.").optional(),
  ...fields,
  local: fields.local.optional(),
  zone: zone('Time zone; may be left out with `inMinutes`.').optional(),
  inMinutes: z
    .int()
    .min(1)
    .max(527_040)
    .optional()
    .describe('So many minutes from now, in place of `local`. 1 to 527040.'),
  queueId: id('Queue that you serve; null: personal, to you; left out: that of `callId`, else personal.')
    .nullable()
    .optional(),
});

const NO_NUMBER = refuse('invalidInput', 'There is no call whose customer could be meant: give a number.', {
  field: 'number',
});

type ToSchedule = z.output<typeof toSchedule>;

/** What is left out is the abandoned call's, or the present customer's. */
async function requestOf(
  application: Application,
  viewer: Viewer,
  { callId, local, zone: given, inMinutes, ...rest }: ToSchedule,
): Promise<CallbackRequest | Refusal> {
  const when = timeOf(application, local, given, inMinutes);
  if (isRefusal(when)) return when;
  const input = { ...rest, ...when };
  if (callId === undefined) return ofPresentCustomer(application, viewer, input);
  const call = await application.callbacks.abandonedCall(viewer, callId);
  if (isRefusal(call)) return call;
  const { id: of, fromNumber, fromName, queueId } = call;
  const left = { number: fromNumber, name: fromName, queueId };
  const told = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  return { ...input, ...left, ...told, origin: { callId: of, number: fromNumber } };
}

type When = Pick<CallbackRequest, 'local' | 'zone' | 'at'>;

/** The clock there is told, or how many minutes from now. */
function timeOf(
  application: Application,
  local: string | undefined,
  given: string | undefined,
  inMinutes: number | undefined,
): When | Refusal {
  if ((local === undefined) === (inMinutes === undefined))
    return refuse('invalidInput', 'Either `local` or `inMinutes` must be given.', { field: 'local' });
  if (inMinutes !== undefined) {
    const there = given ?? application.configuration().centre.timeZone;
    const at = application.now() + inMinutes * MINUTE_MS;
    return { local: localTime(at, there), zone: there, at };
  }
  if (local === undefined || given === undefined)
    return refuse('invalidInput', 'With `local` the time zone must be given.', { field: 'zone' });
  return { local, zone: given };
}

function ofPresentCustomer(
  application: Application,
  viewer: Viewer,
  { number, name, queueId = null, ...rest }: Omit<ToSchedule, 'callId' | 'local' | 'zone' | 'inMinutes'> & When,
): CallbackRequest | Refusal {
  const { callIds = [] } = application.views.agent(viewer.agentId) ?? {};
  const call = application.views.call(callIds.at(-1) ?? '');
  const customer = call === null ? null : customerOf(call, viewer.agentId);
  const called = number ?? customer?.number;
  if (called === undefined) return NO_NUMBER;
  return { ...rest, queueId, number: called, name: name ?? (number === undefined ? (customer?.name ?? '') : '') };
}

export const callbackCommands = [
  command({
    name: 'callback.schedule',
    summary: 'Agrees on a callback: at that time the system dials the number and connects it with an agent.',
    tag,
    rest: { method: 'post', path: '/callbacks' },
    role: 'agent',
    input: toSchedule,
    output: agreed,
    async handler({ application, viewer }, input) {
      const request = await requestOf(application, viewer, input);
      return isRefusal(request) ? request : application.callbacks.schedule(viewer, request);
    },
  }),
  command({
    name: 'callback.list',
    summary: 'Callbacks by the time they are due; for an agent the own ones and those of the own queues.',
    tag,
    rest: { method: 'get', path: '/callbacks' },
    role: 'agent',
    input: z.strictObject({
      state: state.optional(),
      queueId: id('Queue.').optional(),
      number: dialable('Number.').optional(),
      since: instantInput.default(0).describe('Due from this moment on.'),
      until: instantInput.optional().describe('Due before this moment.'),
      limit: z.coerce.number().int().min(1).max(500).default(100).describe('1 to 500.'),
    }),
    output: z.array(callback).readonly(),
    handler: ({ application, viewer }, { state: inState, queueId, number, since, until, limit }) =>
      application.callbacks.list(viewer, {
        ...{ state: inState ?? null, queueId: queueId ?? null, number: number ?? null },
        ...{ since, until: until ?? Number.MAX_SAFE_INTEGER, limit },
      }),
  }),
  command({
    name: 'callback.get',
    summary: 'One callback with all its attempts.',
    tag,
    rest: { method: 'get', path: '/callbacks/{id}' },
    role: 'agent',
    input: z.strictObject({ id: id('Callback.') }),
    output: callback,
    handler: ({ application, viewer }, input) => application.callbacks.get(viewer, input.id),
  }),
  command({
    name: 'callback.change',
    summary: 'Replaces what was agreed, while the callback is scheduled.',
    tag,
    rest: { method: 'put', path: '/callbacks/{id}' },
    role: 'agent',
    input: z.strictObject({
      id: id('Callback.'),
      number: dialable('Number to call.'),
      name: text(120, "The client's name.").optional(),
      ...fields,
    }),
    output: agreed,
    handler: ({ application, viewer }, { id: callbackId, name, ...rest }) =>
      application.callbacks.change(viewer, callbackId, { ...rest, name: name ?? '' }),
  }),
  command({
    name: 'callback.cancel',
    summary: 'Calls it off, while it is scheduled.',
    tag,
    rest: { method: 'post', path: '/callbacks/{id}/cancel' },
    role: 'agent',
    input: z.strictObject({ id: id('Callback.') }),
    output: callback,
    handler: ({ application, viewer }, input) => application.callbacks.cancel(viewer, input.id),
  }),
  command({
    name: 'callback.callNow',
    summary: 'Its time is now.',
    tag,
    rest: { method: 'post', path: '/callbacks/{id}/now' },
    role: 'agent',
    input: z.strictObject({ id: id('Callback.') }),
    output: callback,
    handler: ({ application, viewer }, input) => application.callbacks.callNow(viewer, input.id),
  }),
  command({
    name: 'callback.takeOver',
    summary: 'Makes it personal, yours.',
    tag,
    rest: { method: 'post', path: '/callbacks/{id}/take-over' },
    role: 'agent',
    input: z.strictObject({ id: id('Callback.') }),
    output: callback,
    handler: ({ application, viewer }, input) => application.callbacks.takeOver(viewer, input.id),
  }),
];
