/** The words that command inputs are made of: ids, numbers, texts and times, each bounded. */
import { z } from 'zod';
import { isZone } from '../callbacks/wall-clock.js';

/** True for text without control characters and without half surrogate pairs, which a database may refuse to store. */
export function isPlainText(text: string): boolean {
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x20 || code === 0x7f || (code >= 0xd800 && code <= 0xdfff)) return false;
  }
  return true;
}

/** One line of text of at most `max` characters. */
export function text(max: number, what: string) {
  return z
    .string()
    .min(1)
    .max(max)
    .refine(isPlainText, { error: 'must be one line without control characters' })
    .describe(`${what} 1 to ${max} characters, no control characters.`);
}

/** A time zone that this machine knows. */
export function zone(what: string) {
  return z.string().max(60).refine(isZone, { error: 'must be a time zone' }).describe(what);
}

/** A list of at most `max` items. */
export function list<T extends z.ZodType>(items: T, max: number, what: string) {
  return z.array(items).max(max).readonly().describe(`${what} At most ${max}.`);
}

/**
 * An id as clients give it. Names that every JavaScript object has (`constructor`, `__proto__` and so on) are no ids, so that no
 * lookup can hit them by accident, nor are `.` and `..`, which are not addressable in a URL.
 */
export function id(what: string) {
  return z
    .string()
    .regex(/^[A-Za-z0-9_.~-]{1,80}$/)
    .refine((value) => value !== '.' && value !== '..' && !(value in {}), { error: 'is a reserved word' })
    .describe(`${what} Letters, digits and \`_.~-\`, 1 to 80.`);
}

/** A number to dial, or one that is dialled to reach something here. */
export function dialable(what: string) {
  return z
    .string()
    .regex(/^[0-9*#+]{1,32}$/)
    .describe(`${what} Digits, \`*\`, \`#\` and \`+\`, 1 to 32.`);
}

/** A pattern of numbers: `X` stands for a digit, a final `.` for anything further. */
export function pattern(what: string) {
  return z
    .string()
    .regex(/^[0-9X*#+]{0,31}[0-9X*#+.]$/)
    .describe(`${what} \`X\` is a digit, a final \`.\` anything further, the rest literal; 1 to 32 characters.`);
}

/** A class of music on hold. */
export function musicClass(what: string) {
  return z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,40}$/)
    .describe(`${what} Music class of the PBX: letters, digits, \`_-\`, 1 to 40.`);
}

/** A length of time in milliseconds, from `least` to `most`. */
export function milliseconds(least: number, most: number, what: string) {
  return z.int().min(least).max(most).describe(`${what} Milliseconds, ${least} to ${most}.`);
}

/** The last moment that inputs may name: the start of the year 3000. */
const LAST_INSTANT = 32_503_680_000_000;

export const instantInput = z.int().min(0).max(LAST_INSTANT);

/** A moment in what clients read. */
export const instant = z.number().describe('Milliseconds since 1970, UTC.');

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** Input of a command that needs none. */
export const nothing = z.strictObject({});
