/** The settings of the whole centre: an administrator's matter. */
import { z } from 'zod';
import { isRefusal } from '../../core/refusal.js';
import { personalCallbackRule } from '../callbacks/rule-schema.js';
import { isCountry } from '../contacts/phone-number.js';
import { CENTRE_DEFAULTS } from '../directory.js';
import { FEATURES } from '../feature-codes/features.js';
import { command } from './command.js';
import { destination } from './destination-schema.js';
import { id, list, milliseconds, musicClass, nothing, zone } from './schema.js';

const tag = 'Configuration';

const recordingSettings = {
  recordingNotice: z
    .enum(['none', 'beep', 'announcement'])
    .default(CENTRE_DEFAULTS.recordingNotice)
    .describe('What the parties hear when a recording begins.'),
  recordingRetentionDays: z
    .int()
    .min(1)
    .max(36_500)
    .nullable()
    .default(CENTRE_DEFAULTS.recordingRetentionDays)
    .describe('Older recordings are removed; null: kept. 1 to 36500.'),
  recordingMinimumFreeMb: z
    .int()
    .min(0)
    .max(100_000_000)
    .default(CENTRE_DEFAULTS.recordingMinimumFreeMb)
    .describe('Below this much free space no recording begins. Megabytes, 0 to 100000000.'),
  agentsMayListen: z
    .boolean()
    .default(CENTRE_DEFAULTS.agentsMayListen)
    .describe('Agents may list and play recordings of their own conversations.'),
};

const callerSettings = {
  defaultCountry: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .refine(isCountry, { error: 'must be a country by its two letters' })
    .default(CENTRE_DEFAULTS.defaultCountry)
    .describe('Where numbers without a country code belong, two capital letters, e.g. `RU`.'),
  blockedCallers: z
    .enum(['busy', 'declined'])
    .default(CENTRE_DEFAULTS.blockedCallers)
    .describe('What callers are told whose number is blocked.'),
  managerWaitMs: milliseconds(
    0,
    600_000,
    'How long a caller waits for the own personal manager who is not free, before others are asked.',
  ).default(CENTRE_DEFAULTS.managerWaitMs),
};
const featureCode = z
  .strictObject({
    code: z
      .string()
      .regex(/^[*#][0-9*#]{1,7}$/)
      .describe('Begins with `*` or `#`; 2 to 8 characters.'),
    feature: z.enum(FEATURES),
    statusId: id('Status; only of `setStatus`, where it must be given.').nullable().default(null),
  })
  .refine(({ feature, statusId }) => (feature === 'setStatus') === (statusId !== null), {
    path: ['statusId'],
    message: 'Given for `setStatus`, and for nothing else.',
  });

const MOST_SLOTS = 100;
const slot = (what: string) => z.int().min(1).max(999_999).describe(`${what} 1 to 999999.`);

const takingOver = {
  pickUpFrom: z
    .enum(['ownQueues', 'all'])
    .default(CENTRE_DEFAULTS.pickUpFrom)
    .describe('Calls an agent may pick up or retrieve: those of own queues and of colleagues there, or all.'),
  parkingFirstSlot: slot('Number of the first parking slot.').default(CENTRE_DEFAULTS.parkingFirstSlot),
  parkingLastSlot: slot('Number of the last parking slot.').default(CENTRE_DEFAULTS.parkingLastSlot),
  parkingLimitMs: milliseconds(5_000, 3_600_000, 'How long a call is parked before its agent is rung again.').default(
    CENTRE_DEFAULTS.parkingLimitMs,
  ),
};

const centre = z
  .strictObject({
    statusAfterLogin: id('Status after login.'),
    missedLimit: z.int().min(0).max(100).describe('Missed offers in a row before No answer; 0: never. 0 to 100.'),
    directRingMs: milliseconds(1_000, 300_000, 'How long an internal, personal or outgoing call rings.'),
    defaultRoute: destination,
    ...recordingSettings,
    hangUpOnConsult: z
      .enum(['recall', 'complete'])
      .default(CENTRE_DEFAULTS.hangUpOnConsult)
      .describe('An agent hangs up during a consult: the phone rings again, or caller and target are joined.'),
    transferRingMs: milliseconds(5_000, 120_000, 'How long the target of a transfer or consult rings.').default(
      CENTRE_DEFAULTS.transferRingMs,
    ),
    conferenceSounds: z
      .boolean()
      .default(CENTRE_DEFAULTS.conferenceSounds)
      .describe('Tones when a party joins or leaves a conference.'),
    holdMusic: musicClass('For held parties of calls that came from no queue.').default(CENTRE_DEFAULTS.holdMusic),
    ...callerSettings,
    ...takingOver,
    personalCallbacks: personalCallbackRule.prefault({}).describe('How personal callbacks are dialled.'),
    timeZone: zone('Where customers are whose time zone nobody has told, e.g. `Europe/Moscow`.').default(
      CENTRE_DEFAULTS.timeZone,
    ),
    featureCodes: list(featureCode, 100, 'What is dialled on a phone instead of a number.')
      .default([...CENTRE_DEFAULTS.featureCodes])
      .refine((codes) => new Set(codes.map(({ code }) => code)).size === codes.length, {
        message: 'Each code stands for one feature.',
      }),
  })
  .refine(({ parkingFirstSlot: first, parkingLastSlot: last }) => first <= last && last - first < MOST_SLOTS, {
    path: ['parkingLastSlot'],
    message: `Not before the first slot, and at most ${MOST_SLOTS} slots.`,
  })
  .meta({ id: 'CentreSettings', description: 'Settings of the whole centre.' });

export const centreConfigurationCommands = [
  command({
    name: 'configuration.centre.get',
    summary: 'Settings of the whole centre.',
    tag,
    rest: { method: 'get', path: '/configuration/centre' },
    role: 'administrator',
    input: nothing,
    output: centre,
    handler: ({ application }) => application.configuration().centre,
  }),
  command({
    name: 'configuration.centre.save',
    summary: 'Replaces the settings of the whole centre; what is left out takes its default.',
    tag,
    rest: { method: 'put', path: '/configuration/centre' },
    role: 'administrator',
    input: centre,
    output: centre,
    async handler({ application }, saved) {
      const result = await application.configure((store) => store.saveCentre(saved));
      return isRefusal(result) ? result : saved;
    },
  }),
];
