/**
 * Reads the fields of one JSON object and notes every fault with its place, so that all are told at once. A field that is faulty
 * reads as a harmless value: whoever reads asks at the end whether there were faults.
 */
import { error, type Fault, type FaultCode } from './fault.js';

export const STEP_ID = /^[A-Za-z][A-Za-z0-9_-]{0,39}$/;
export const VARIABLE = /^[a-z][A-Za-z0-9]{0,39}$/;
const CONFIGURED_ID = /^[A-Za-z0-9_.~-]{1,80}$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is kept out.
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|\p{Surrogate}/u;

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export interface Range {
  readonly least: number;
  readonly most: number;
  /** Read where the field is left out; without it the field must be there. */
  readonly otherwise?: number;
}

export class FieldReader {
  readonly path: string;
  readonly #value: Readonly<Record<string, unknown>>;
  readonly #faults: Fault[];
  readonly #read = new Set<string>();

  constructor(path: string, value: unknown, faults: Fault[]) {
    this.path = path;
    this.#faults = faults;
    this.#value = isObject(value) ? value : {};
    if (!isObject(value)) this.fault(null, 'invalidValue', 'This must be an object.');
  }

  /** The field's place. */
  at(field: string | null): string {
    return field === null ? this.path : this.path === '' ? field : `${this.path}.${field}`;
  }

  fault(field: string | null, code: FaultCode, message: string): void {
    this.#faults.push(error(this.at(field), code, message));
  }

  /** Undefined where it is left out, or null. */
  raw(field: string): unknown {
    this.#read.add(field);
    return Object.hasOwn(this.#value, field) ? (this.#value[field] ?? undefined) : undefined;
  }

  /** Everything there is, by name. */
  entries(): readonly (readonly [string, unknown])[] {
    const entries = Object.entries(this.#value);
    for (const [name] of entries) this.#read.add(name);
    return entries;
  }

  /** An object within this one; an empty one where it is left out. */
  inside(field: string): FieldReader {
    return new FieldReader(this.at(field), this.raw(field) ?? {}, this.#faults);
  }

  list(field: string, most: number): readonly unknown[] {
    const value = this.raw(field) ?? [];
    if (!Array.isArray(value)) {
      this.fault(field, 'invalidValue', 'This must be a list.');
      return [];
    }
    if (value.length > most) this.fault(field, 'tooMany', `At most ${most}.`);
    return value.slice(0, most);
  }

  textOrNull(field: string, most: number): string | null {
    const value = this.raw(field);
    if (value === undefined) return null;
    if (typeof value !== 'string' || CONTROL.test(value)) {
      this.fault(field, 'invalidValue', 'This must be text without control characters.');
      return null;
    }
    if (value.length > most) this.fault(field, 'tooLarge', `At most ${most} characters.`);
    return value.slice(0, most);
  }

  text(field: string, most: number): string {
    const value = this.textOrNull(field, most);
    if (value === null || value === '') this.#missing(field);
    return value ?? '';
  }

  /** Text of a given form. */
  formed(field: string, form: RegExp, what: string): string {
    const value = this.text(field, 200);
    if (value !== '' && !form.test(value)) this.fault(field, 'invalidValue', what);
    return value;
  }

  id(field: string): string {
    return this.formed(field, CONFIGURED_ID, 'Letters, digits and _.~-, 1 to 80.');
  }

  idOrNull(field: string): string | null {
    return this.raw(field) === undefined ? null : this.id(field);
  }

  variable(field: string): string {
    return this.formed(field, VARIABLE, 'A variable begins with a small letter; letters and digits, 1 to 40.');
  }

  /** The id of another step. */
  step(field: string): string {
    const value = this.raw(field);
    if (value === undefined) this.fault(field, 'missingStep', 'Which step follows is not said.');
    else if (typeof value !== 'string' || !STEP_ID.test(value))
      this.fault(field, 'invalidValue', 'This is no id of a step.');
    return typeof value === 'string' ? value : '';
  }

  stepOrNull(field: string): string | null {
    return this.raw(field) === undefined ? null : this.step(field);
  }

  number(field: string, { least, most, otherwise }: Range): number {
    const value = this.raw(field);
    if (value === undefined) {
      if (otherwise === undefined) this.#missing(field);
      return otherwise ?? least;
    }
    if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
    this.fault(field, 'invalidValue', `A whole number from ${least} to ${most}.`);
    return least;
  }

  numberOrNull(field: string, range: Range): number | null {
    return this.raw(field) === undefined ? null : this.number(field, range);
  }

  flag(field: string, otherwise: boolean): boolean {
    const value = this.raw(field) ?? otherwise;
    if (typeof value !== 'boolean') this.fault(field, 'invalidValue', 'This must be true or false.');
    return value === true;
  }

  one<T extends string>(field: string, words: readonly T[], otherwise?: T): T {
    const value = this.raw(field) ?? otherwise;
    const found = words.find((word) => word === value);
    if (value === undefined) this.#missing(field);
    else if (found === undefined) this.fault(field, 'invalidValue', `One of ${words.join(', ')}.`);
    return found ?? onlyWord(words);
  }

  /** Fields that nobody has asked for are faults: a misspelt one would be left out silently. */
  end(): void {
    for (const name of Object.keys(this.#value)) {
      if (!this.#read.has(name)) this.fault(name, 'unknownField', 'There is no such field.');
    }
  }

  #missing(field: string): void {
    this.fault(field, 'missingField', 'This must be given.');
  }
}

function onlyWord<T extends string>([word]: readonly T[]): T {
  if (word === undefined) throw new Error('a field of no words');
  return word;
}
