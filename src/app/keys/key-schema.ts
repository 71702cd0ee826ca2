/** Sets of keys as clients give them and as they are stored. */
import { z } from 'zod';
import { CALLBACK_PRIORITIES } from '../../core/callback/callback.js';
import type { KeySet, Option } from '../../core/option/option.js';
import { dialable, id, list, milliseconds, text } from '../catalogue/schema.js';

const MOST_KEYS = 100;
/** A week. */
const MOST_MINUTES = 10_080;

const plain = <K extends string>(kind: K) => z.strictObject({ kind: z.literal(kind) });
const number = dialable('Number, inside or outside; null: it is typed on the phone.').nullable().default(null);

export const option: z.ZodType<Option> = z
  .discriminatedUnion('kind', [
    plain('none').describe('Nothing, although a less specific set gives the key a meaning.'),
    plain('hold').describe('Puts the line on hold, or takes it up.'),
    plain('swap'),
    plain('hangUp'),
    plain('complete'),
    plain('conference'),
    z.strictObject({ kind: z.literal('consult'), number }),
    z.strictObject({ kind: z.literal('transfer'), number }),
    z.strictObject({
      kind: z.literal('record'),
      action: z.enum(['start', 'stop', 'pause', 'resume', 'toggle']).default('start'),
    }),
    z.strictObject({ kind: z.literal('leaveMessage'), messageId: id('Prepared message.') }),
    z.strictObject({ kind: z.literal('tag'), tag: text(40, 'Tag.') }),
    z.strictObject({ kind: z.literal('scenario'), scenarioId: id('Scenario, published.') }),
    z.strictObject({
      kind: z.literal('coach'),
      trainerId: id('Trainer; null: the one set for the agent, else for the team, else for the queue.')
        .nullable()
        .default(null),
    }),
    plain('device').describe("Rings the agent's other phones, to take the conversation over."),
    plain('manager'),
    z.strictObject({ kind: z.literal('contactGroup'), groupId: id('Group of contacts.') }),
    z.strictObject({
      kind: z.literal('blacklist'),
      when: z.enum(['now', 'after']).default('now').describe('now: the call is ended; after: it goes on.'),
    }),
    z.strictObject({ kind: z.literal('sms'), templateId: id('Template of a short message.') }),
    z.strictObject({
      kind: z.literal('callback'),
      inMinutes: z.int().min(1).max(MOST_MINUTES).describe(`The customer is called back then. 1 to ${MOST_MINUTES}.`),
      queueId: id('Queue whose agents call back; null: the agent.').nullable().default(null),
      priority: z.enum(CALLBACK_PRIORITIES).default('medium'),
    }),
  ])
  .meta({ id: 'InCallOption', description: 'What a key does during a call.' });

const key = z.strictObject({
  sequence: text(100, 'Keys to press: `0` to `9`, `*` and `#`, 1 to 8 of them.'),
  option,
  reserved: z.boolean().default(false).describe("The centre's only: more specific sets may not change it."),
});

export const scope = z
  .enum(['centre', 'queue', 'team', 'agent', 'customer'])
  .describe(
    "Whose keys: all agents', agents' in calls of a queue, those of a team's agents, an agent's, or those of the customers of a queue.",
  );

export const ownerId = id('The queue, team or agent; `centre` for the centre.');

export const keySet = z
  .strictObject({
    scope,
    ownerId,
    betweenDigitsMs: milliseconds(
      200,
      10_000,
      'How long the next key is waited for; null: as in the less specific set.',
    )
      .nullable()
      .default(null),
    keys: list(key, MOST_KEYS, 'Keys.'),
  })
  .meta({ id: 'KeySet', description: 'Keys of one owner.' }) satisfies z.ZodType<KeySet>;
