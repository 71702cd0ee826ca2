/** Callbacks as clients see them, and what is given to agree on one. */
import { z } from 'zod';
import { CALLBACK_PRIORITIES, CALLBACK_STATES, type Callback } from '../../core/callback/callback.js';
import { ATTEMPT_RESULTS } from '../../core/callback/result.js';
import { dialable, id, instant, text, zone } from './schema.js';

const result = z.enum(ATTEMPT_RESULTS);
export const callbackState = z.enum(CALLBACK_STATES);

export const callback: z.ZodType<Callback> = z
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
    state: callbackState,
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

export const agreed = z.object({
  callback,
  clockChange: z
    .enum(['none', 'skipped', 'twice'])
    .describe(
      'skipped: that hour does not exist, clocks go forward, and it is as much later; twice: the first of the two.',
    ),
});

/** What a new callback and a changed one have alike. */
export const agreedFields = {
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

export const toSchedule = z.strictObject({
  callId: id('An abandoned call: its caller is called back, and what is left out is taken from it.').optional(),
  number: dialable("Number to call; left out: the present customer's.").optional(),
  name: text(120, "The client's name.").optional(),
  ...agreedFields,
  local: agreedFields.local.optional(),
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
