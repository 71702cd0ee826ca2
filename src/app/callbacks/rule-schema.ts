/** Rules of callbacks as clients give them and as they are stored. */
import { z } from 'zod';
import { PERSONAL_CALLBACK_RULE, QUEUE_CALLBACK_RULE, WEEKDAYS } from '../../core/callback/rule.js';
import { destination } from '../catalogue/destination-schema.js';
import { DAY_MS, HOUR_MS, id, milliseconds } from '../catalogue/schema.js';

const usual = PERSONAL_CALLBACK_RULE;
const TIME = /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/;
const time = (what: string) => z.string().regex(TIME).describe(`${what} \`HH:MM\`; \`24:00\` is the end of the day.`);
const spacing = (what: keyof typeof usual.retryMs) =>
  milliseconds(1_000, 7 * DAY_MS, 'Until the next attempt.').default(usual.retryMs[what]);

const hours = z
  .strictObject({
    days: z.array(z.enum(WEEKDAYS)).min(1).max(7).readonly(),
    from: time('Customers are called from then on, by the clock where they are.'),
    to: time('Until then.'),
  })
  .refine(({ from, to }) => from < to, { path: ['to'], message: 'Not after `from`.' });

const common = {
  attempts: z.int().min(1).max(20).default(usual.attempts).describe('Attempts in all. 1 to 20.'),
  retryMs: z
    .strictObject({
      busy: spacing('busy'),
      noAnswer: spacing('noAnswer'),
      rejected: spacing('rejected'),
      unavailable: spacing('unavailable'),
      machine: spacing('machine'),
      hungUp: spacing('hungUp'),
      noAgent: spacing('noAgent'),
      agentDeclined: spacing('agentDeclined'),
    })
    .prefault({})
    .describe('How long after an attempt in vain the next one is made, by its result.'),
  hours: z
    .array(hours)
    .min(1)
    .max(20)
    .readonly()
    .default(usual.hours)
    .describe('When customers may be called, by the clock where they are. 1 to 20.'),
  graceMs: milliseconds(
    1_000,
    7 * DAY_MS,
    'So much later than its time it is still dialled; then it is missed.',
  ).default(usual.graceMs),
  furthestDays: z
    .int()
    .min(1)
    .max(3_660)
    .default(usual.furthestDays)
    .describe('Days ahead that one can be agreed for. 1 to 3660.'),
  mostOpen: z.int().min(1).max(1_000_000).nullable().default(usual.mostOpen),
};

const sound = z
  .union([
    z.string().regex(/^[A-Za-z0-9_]{1,40}([-/.][A-Za-z0-9_]{1,20}){0,5}$/),
    z.strictObject({ message: id('Prepared message that belongs to everybody.') }),
  ])
  .describe('A sound of the PBX by its name, or a prepared message.');

const queueDefaults = QUEUE_CALLBACK_RULE;

export const queueCallbackRule = z
  .strictObject({
    ...common,
    mostOpen: common.mostOpen.describe('Open ones of the queue at a time; null: any number. 1 to 1000000.'),
    way: z
      .enum(['customerFirst', 'agentFirst'])
      .default(queueDefaults.way)
      .describe('Who is called first: the customer, who then waits for an agent, or an agent of the queue.'),
    agentsMaySchedule: z
      .boolean()
      .default(queueDefaults.agentsMaySchedule)
      .describe('False: only supervisors schedule callbacks of this queue.'),
    greeting: sound.nullable().default(queueDefaults.greeting),
    longestWaitMs: milliseconds(1_000, HOUR_MS, 'So long a customer who has answered waits for an agent.').default(
      queueDefaults.longestWaitMs,
    ),
    fallback: destination
      .nullable()
      .default(queueDefaults.fallback)
      .describe('Where the customer goes then; null: hears the apology and is called another time.'),
    apology: sound.default(queueDefaults.apology),
  })
  .meta({ id: 'QueueCallbackRule', description: 'How callbacks of a queue are dialled.' });

const awayRule = (why: keyof typeof usual.away) =>
  z
    .strictObject({
      waitMs: milliseconds(0, 7 * DAY_MS, 'So long after its time the agent is waited for.').default(
        usual.away[why].waitMs,
      ),
      queueId: id('Queue that it goes to then; null: it waits on, and those who may take it over are told.')
        .nullable()
        .default(usual.away[why].queueId),
    })
    .prefault({});

export const personalCallbackRule = z
  .strictObject({
    ...common,
    mostOpen: common.mostOpen.describe("An agent's open personal ones at a time; null: any number. 1 to 1000000."),
    away: z
      .strictObject({ loggedOut: awayRule('loggedOut'), notReady: awayRule('notReady'), busy: awayRule('busy') })
      .prefault({})
      .describe('What follows when the agent cannot be had.'),
  })
  .superRefine(({ away, graceMs }, context) => {
    for (const [why, { waitMs }] of Object.entries(away)) {
      if (waitMs < graceMs) continue;
      context.addIssue({
        code: 'custom',
        path: ['away', why, 'waitMs'],
        message: 'By then it is missed: see graceMs.',
      });
    }
  })
  .meta({ id: 'PersonalCallbackRule', description: 'How personal callbacks are dialled.' });
