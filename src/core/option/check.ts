/** Is a set of keys sound as a whole? Every problem is told at once, with its place and a stable code. */
import { DIALLABLE } from '../dial-rule.js';
import { asksForNumber, type Key, type KeySet, type OptionKind } from './option.js';

export type KeyProblemCode =
  | 'sequenceInvalid'
  | 'duplicateSequence'
  | 'reservedSequence'
  | 'reservedOutsideCentre'
  | 'numberInvalid'
  | 'unknownReference'
  | 'foreignReference'
  | 'disabledReference'
  | 'notForCustomers'
  | 'waitsForLonger'
  | 'takesDigit';

export interface KeyProblem {
  /** error: the set cannot be used; warning: it can, with the consequence told. */
  readonly severity: 'error' | 'warning';
  readonly code: KeyProblemCode;
  /** E.g. `keys.2.sequence`. */
  readonly place: string;
  readonly message: string;
}

type ReferenceFault = 'unknown' | 'foreign' | 'disabled';

export interface KeyReference {
  readonly field: string;
  readonly state: 'known' | ReferenceFault;
}

/** What the set refers to, as far as its owner may use it. */
export interface KeySurroundings {
  /** Sequences that the centre has reserved. */
  readonly reserved: ReadonlySet<string>;
  /** `foreign`: it is there, but another's. Only asked for options that refer to something. */
  readonly referred: (key: Key) => KeyReference | null;
}

const SEQUENCE = /^[0-9*#]{1,8}$/;

const REFERENCE_FAULTS: Readonly<Record<ReferenceFault, string>> = {
  unknown: 'There is no such thing.',
  foreign: 'It belongs to somebody else.',
  disabled: 'It is not used any more.',
};

/** Customers cannot command what belongs to the agent: lines, consults, the agent's own messages. */
const FOR_CUSTOMERS: ReadonlySet<OptionKind> = new Set([
  ...(['none', 'hangUp', 'transfer', 'record', 'tag', 'scenario', 'contactGroup', 'sms'] as const),
]);

export function checkKeys(set: KeySet, surroundings: KeySurroundings): readonly KeyProblem[] {
  return [
    ...set.keys.flatMap((key, index) => problemsOf(set, key, index, surroundings)),
    ...duplicates(set.keys),
    ...ambiguities(set.keys),
  ];
}

/** What is allowed and has a consequence that whoever configures should know. */
export function ambiguities(keys: readonly Pick<Key, 'sequence' | 'option'>[]): readonly KeyProblem[] {
  return keys.flatMap(({ sequence, option }, index): readonly KeyProblem[] => {
    if (option.kind === 'none') return [];
    const place = `keys.${index}.sequence`;
    const longer = keys.find((other) => other.sequence !== sequence && other.sequence.startsWith(sequence));
    const waits = `${sequence} is done only when no further key of ${longer?.sequence} comes in time.`;
    const takes = `The key ${sequence} reaches no other party any more, for example a menu of a bank.`;
    return [
      ...(longer === undefined ? [] : [warning('waitsForLonger', place, waits)]),
      ...(/^[0-9]$/.test(sequence) ? [warning('takesDigit', place, takes)] : []),
    ];
  });
}

function problemsOf(set: KeySet, key: Key, index: number, surroundings: KeySurroundings): readonly KeyProblem[] {
  const { sequence, option } = key;
  const place = `keys.${index}`;
  const problems: KeyProblem[] = [];
  if (!SEQUENCE.test(sequence)) {
    problems.push(error('sequenceInvalid', `${place}.sequence`, 'A sequence has 1 to 8 of the keys 0–9, * and #.'));
  }
  if (set.scope !== 'centre' && key.reserved) {
    problems.push(error('reservedOutsideCentre', `${place}.reserved`, "Only the centre's keys can be reserved."));
  }
  if (set.scope !== 'centre' && set.scope !== 'customer' && surroundings.reserved.has(sequence)) {
    problems.push(error('reservedSequence', `${place}.sequence`, `The centre has reserved ${sequence}.`));
  }
  if ('number' in option && option.number !== null && !DIALLABLE.test(option.number)) {
    problems.push(error('numberInvalid', `${place}.option.number`, 'This number cannot be dialled.'));
  }
  if (set.scope === 'customer' && (!FOR_CUSTOMERS.has(option.kind) || asksForNumber(option))) {
    problems.push(error('notForCustomers', `${place}.option`, 'A customer cannot be given this option.'));
  }
  const referred = surroundings.referred(key);
  if (referred !== null && referred.state !== 'known') {
    const message = REFERENCE_FAULTS[referred.state];
    problems.push(error(`${referred.state}Reference`, `${place}.option.${referred.field}`, message));
  }
  return problems;
}

function duplicates(keys: readonly Key[]): readonly KeyProblem[] {
  return keys.flatMap(({ sequence }, index) => {
    const first = keys.findIndex((other) => other.sequence === sequence);
    if (first === index) return [];
    return [error('duplicateSequence', `keys.${index}.sequence`, `keys.${first} has the same sequence.`)];
  });
}

function error(code: KeyProblemCode, place: string, message: string): KeyProblem {
  return { severity: 'error', code, place, message };
}

function warning(code: KeyProblemCode, place: string, message: string): KeyProblem {
  return { severity: 'warning', code, place, message };
}
