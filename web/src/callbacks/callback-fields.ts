/**
 * The callback form's fields: what they begin with, what is wrong with them, and what the command is given. What an agreed time means is
 * found by the service's own rule, so that the form shows what the service will do. Pure.
 */
import { type AgreedTime, agreedTime, isZone, localTime } from '../../../src/app/callbacks/wall-clock.js';
import type { Callback, CallbackPriority } from '../../../src/core/callback/callback.js';
import type { CommandError } from '../link/command-error.js';
import { dialableOf } from '../parts/telephone.js';

export interface CallbackFields {
  readonly number: string;
  readonly name: string;
  readonly code: string;
  /** Empty: personal. */
  readonly queueId: string;
  /** `2026-11-23`, on the customer's clock, as `time`. */
  readonly date: string;
  /** `10:00` */
  readonly time: string;
  readonly zone: string;
  readonly priority: CallbackPriority;
}

export type FieldName = keyof CallbackFields;
/** Keys of words. */
export type Problem = 'numberMissing' | 'numberInvalid' | 'dateMissing' | 'timeMissing' | 'timePassed' | 'zoneUnknown';
export type Problems = Readonly<Partial<Record<FieldName, Problem>>>;

const A_MINUTE_MS = 60_000;
const STEP_MS = 30 * A_MINUTE_MS;

/** In half an hour at least, at a full or half hour. */
export function newFields(given: Partial<CallbackFields>, zone: string, now: number): CallbackFields {
  const at = Math.ceil((now + STEP_MS) / STEP_MS) * STEP_MS;
  const [date = '', time = ''] = localTime(at, zone).split('T');
  return { number: '', name: '', code: '', queueId: '', date, time, zone, priority: 'medium', ...given };
}

export function fieldsOf(callback: Callback): CallbackFields {
  const [date = '', time = ''] = callback.local.split('T');
  const { number, name, zone, priority } = callback;
  return {
    ...{ number, name, zone, priority, date, time },
    ...{ code: callback.clientCode ?? '', queueId: callback.queueId ?? '' },
  };
}

/** When that is, or null while it is no date, time and zone. */
export function agreedOf({ date, time, zone }: CallbackFields): AgreedTime | null {
  return isZone(zone) ? agreedTime(`${date}T${time}`, zone) : null;
}

/** Nothing wrong: empty. The service takes a time of the present minute. */
export function problemsOf(fields: CallbackFields, now: number): Problems {
  const agreed = agreedOf(fields);
  const isPast = agreed !== null && agreed.at < now - A_MINUTE_MS;
  const { number, date, time, zone } = fields;
  return {
    ...(number.trim() === ''
      ? { number: 'numberMissing' }
      : dialableOf(number) === null && { number: 'numberInvalid' }),
    ...(date === '' && { date: 'dateMissing' }),
    ...(time === '' ? { time: 'timeMissing' } : isPast && { time: 'timePassed' }),
    ...(!isZone(zone) && { zone: 'zoneUnknown' }),
  };
}

/** Of fields without problems: what `callback.schedule` takes, and with an id `callback.change`. */
export function inputOf(fields: CallbackFields) {
  const [name, code] = [fields.name.trim(), fields.code.trim()];
  return {
    number: dialableOf(fields.number) ?? fields.number,
    ...(name !== '' && { name }),
    clientCode: code === '' ? null : code,
    queueId: fields.queueId === '' ? null : fields.queueId,
    local: `${fields.date}T${fields.time}`,
    zone: fields.zone,
    priority: fields.priority,
  };
}

const FIELD_OF_INPUT: Readonly<Record<string, FieldName>> = {
  ...{ number: 'number', name: 'name', clientCode: 'code', queueId: 'queueId' },
  ...{ local: 'time', zone: 'zone', priority: 'priority' },
};
const FIELD_OF_CODE: Readonly<Record<string, FieldName>> = {
  ...{ numberNotAllowed: 'number', numberInvalid: 'number', noOutgoingRule: 'number' },
};

/** Beside which field a refusal belongs; null: beside none of them. */
export function fieldOfRefusal({ code, details }: CommandError): FieldName | null {
  const byCode = FIELD_OF_CODE[code];
  if (byCode !== undefined) return byCode;
  const [issue] = Array.isArray(details.issues) ? details.issues : [];
  const named = details.field ?? issue?.path;
  return typeof named === 'string' ? (FIELD_OF_INPUT[named.split('.')[0] ?? ''] ?? null) : null;
}
