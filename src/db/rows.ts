/**
 * Rows as the databases return them, parsed into what the application knows. PostgreSQL gives large numbers as text and SQLite
 * gives booleans as 0 and 1: both are levelled here. What does not parse was not written by this service: that is a fault.
 */
import { z } from 'zod';
import { personalCallbackRule, queueCallbackRule } from '../app/callbacks/rule-schema.js';
import type { PhoneLogin } from '../app/configuration-store.js';
import {
  type AgentAccount,
  CENTRE_DEFAULTS,
  type CentreSettings,
  type Device,
  type OutgoingRule,
  type Route,
} from '../app/directory.js';
import { FEATURES } from '../app/feature-codes/features.js';
import type { StatusDefinition } from '../core/agent/state.js';
import type { Destination, QueueMember, QueueSettings } from '../core/queue/settings.js';

export const count = z.coerce.number();
export const flag = z.union([z.boolean(), z.number().transform((value) => value !== 0)]);
export const instantOrNull = z.union([z.null(), count]);
export const textOrNull = z.string().nullable();

/** A column holding JSON of the given shape. */
export function json<T>(shape: z.ZodType<T>): z.ZodType<T> {
  return z.string().transform((text, context): T => {
    const parsed = shape.safeParse(JSON.parse(text));
    if (parsed.success) return parsed.data;
    context.addIssue({ code: 'custom', message: parsed.error.message });
    return z.NEVER;
  });
}

const destination: z.ZodType<Destination> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('queue'), queueId: z.string() }),
  z.object({ kind: z.literal('agent'), agentId: z.string() }),
  z.object({ kind: z.literal('number'), number: z.string() }),
  z.object({ kind: z.literal('scenario'), scenarioId: z.string() }),
  z.object({ kind: z.literal('fallback') }),
  z.object({ kind: z.literal('hangup') }),
]);
const language = z.enum(['en', 'ru']);

export const accountRow = z
  .object({
    id: z.string(),
    login: z.string(),
    name: z.string(),
    number: z.string(),
    role: z.enum(['agent', 'supervisor', 'administrator']),
    language,
    allow: json(z.array(z.string())),
    disabled: flag,
    record: flag,
    may_record: flag,
    team_id: textOrNull,
  })
  .transform(
    ({ may_record, team_id, ...rest }): Omit<AgentAccount, 'devices'> => ({
      ...rest,
      mayRecord: may_record,
      teamId: team_id,
    }),
  );

export const deviceRow = z
  .object({ id: z.string(), agent_id: z.string(), address: z.string(), auto_answer: flag })
  .transform((row): Device & { agentId: string } => ({
    agentId: row.agent_id,
    id: row.id,
    address: row.address,
    autoAnswer: row.auto_answer,
  }));

const emptyRule = z.enum(['always', 'loggedIn', 'receiving']);
const queueSettings: z.ZodType<QueueSettings> = z.object({
  id: z.string(),
  name: z.string(),
  number: textOrNull,
  strategy: z.enum(['longestIdle', 'fewestCalls', 'roundRobin', 'ringAll']),
  ringMs: z.number(),
  wrapUpMs: z.number(),
  retryMs: z.object({ busy: z.number(), rejected: z.number(), noAnswer: z.number(), unavailable: z.number() }),
  maxWaitMs: z.number().nullable(),
  overflow: destination,
  joinWhenEmpty: emptyRule,
  leaveWhenEmpty: emptyRule,
  callBackAbandoned: z
    .object({ waitedMs: z.number(), priority: z.enum(['high', 'medium', 'low']), zone: z.string() })
    .nullable()
    .default(null),
  music: z.string(),
  language,
  announce: z.object({
    position: z.boolean(),
    estimatedWait: z.boolean(),
    firstMs: z.number(),
    everyMs: z.number(),
  }),
  priority: z.number(),
  serviceLevelMs: z.number(),
  record: z.boolean().default(false),
  callbacks: queueCallbackRule.prefault({}),
});
export const queueRow = z.object({ settings: json(queueSettings) }).transform((row) => row.settings);

export const memberRow = z
  .object({ queue_id: z.string(), agent_id: z.string(), priority: z.number() })
  .transform((row): QueueMember => ({ queueId: row.queue_id, agentId: row.agent_id, priority: row.priority }));

export const statusRow = z
  .object({
    id: z.string(),
    name_en: z.string(),
    name_ru: z.string(),
    receiving: flag,
    selectable: flag,
    blocking: flag,
    position: z.number(),
  })
  .transform(({ name_en, name_ru, ...rest }): StatusDefinition => ({ ...rest, name: { en: name_en, ru: name_ru } }));

export const routeRow = z
  .object({ number: z.string(), destination: json(destination), priority: z.number(), record: flag })
  .transform(({ destination: to, ...rest }): Route => ({ ...rest, to }));

export const outgoingRuleRow = z
  .object({
    id: z.string(),
    position: z.number(),
    pattern: z.string(),
    strip: z.number(),
    prepend: z.string(),
    address: z.string(),
    caller_number: textOrNull,
    record: flag,
    detect_machines: flag,
  })
  .transform(
    ({ caller_number, detect_machines, ...rest }): OutgoingRule => ({
      ...rest,
      callerNumber: caller_number,
      detectMachines: detect_machines,
    }),
  );

const centreSettings: z.ZodType<CentreSettings> = z.object({
  statusAfterLogin: z.string(),
  missedLimit: z.number(),
  directRingMs: z.number(),
  defaultRoute: destination,
  recordingNotice: z.enum(['none', 'beep', 'announcement']).default(CENTRE_DEFAULTS.recordingNotice),
  recordingRetentionDays: z.number().nullable().default(CENTRE_DEFAULTS.recordingRetentionDays),
  recordingMinimumFreeMb: z.number().default(CENTRE_DEFAULTS.recordingMinimumFreeMb),
  agentsMayListen: z.boolean().default(CENTRE_DEFAULTS.agentsMayListen),
  hangUpOnConsult: z.enum(['recall', 'complete']).default(CENTRE_DEFAULTS.hangUpOnConsult),
  transferRingMs: z.number().default(CENTRE_DEFAULTS.transferRingMs),
  conferenceSounds: z.boolean().default(CENTRE_DEFAULTS.conferenceSounds),
  holdMusic: z.string().default(CENTRE_DEFAULTS.holdMusic),
  defaultCountry: z.string().default(CENTRE_DEFAULTS.defaultCountry),
  blockedCallers: z.enum(['busy', 'declined']).default(CENTRE_DEFAULTS.blockedCallers),
  managerWaitMs: z.number().default(CENTRE_DEFAULTS.managerWaitMs),
  pickUpFrom: z.enum(['ownQueues', 'all']).default(CENTRE_DEFAULTS.pickUpFrom),
  featureCodes: z
    .array(z.object({ code: z.string(), feature: z.enum(FEATURES), statusId: textOrNull }))
    .readonly()
    .default(CENTRE_DEFAULTS.featureCodes),
  parkingFirstSlot: z.number().default(CENTRE_DEFAULTS.parkingFirstSlot),
  parkingLastSlot: z.number().default(CENTRE_DEFAULTS.parkingLastSlot),
  parkingLimitMs: z.number().default(CENTRE_DEFAULTS.parkingLimitMs),
  personalCallbacks: personalCallbackRule.prefault({}),
  timeZone: z.string().default(CENTRE_DEFAULTS.timeZone),
});
export const centreRow = z.object({ settings: json(centreSettings) }).transform((row) => row.settings);

export const phoneLoginRow = z
  .object({ address: z.string(), agent_id: z.string() })
  .transform(({ address, agent_id }): PhoneLogin => ({ address, agentId: agent_id }));
