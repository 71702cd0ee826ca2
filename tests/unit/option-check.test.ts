/** Are keys sound as a whole, and which of several sets counts? */
import { describe, expect, test } from '@jest/globals';
import { ambiguities, checkKeys, type KeySurroundings } from '../../src/core/option/check.js';
import { effectiveKeys } from '../../src/core/option/key-sets.js';
import { BETWEEN_DIGITS_MS, type Key, type KeyScope, type KeySet, type Option } from '../../src/core/option/option.js';

const key = (sequence: string, option: Option, reserved = false): Key => ({ sequence, option, reserved });
const HOLD: Option = { kind: 'hold' };

function setOf(scope: KeyScope, keys: readonly Key[], betweenDigitsMs: number | null = null): KeySet {
  return { scope, ownerId: scope, betweenDigitsMs, keys };
}

const NOTHING_SPECIAL: KeySurroundings = { reserved: new Set(), referred: () => null };

function problems(set: KeySet, surroundings: Partial<KeySurroundings> = {}): readonly (readonly [string, string])[] {
  return checkKeys(set, { ...NOTHING_SPECIAL, ...surroundings }).map(({ code, place }) => [code, place] as const);
}

describe('a set of keys', () => {
  test('that is sound has no problems', () => {
    expect(problems(setOf('agent', [key('*1', HOLD), key('*2', { kind: 'transfer', number: '101' })]))).toEqual([]);
  });

  test('tells of all that is wrong with it at once, each with its place', () => {
    const message: Option = { kind: 'leaveMessage', messageId: 'm1' };
    const keys = [
      key('*1', HOLD),
      key('*1', { kind: 'swap' }),
      key('A', HOLD),
      key('*7', HOLD, true),
      key('*9', HOLD),
      key('*3', { kind: 'consult', number: '+' }),
      key('*4', message),
      key('*5', message),
    ];
    const referred: KeySurroundings['referred'] = ({ sequence, option }) =>
      option.kind === 'leaveMessage' ? { field: 'messageId', state: sequence === '*4' ? 'unknown' : 'foreign' } : null;
    expect(problems(setOf('queue', keys), { reserved: new Set(['*9']), referred })).toEqual([
      ['sequenceInvalid', 'keys.2.sequence'],
      ['reservedOutsideCentre', 'keys.3.reserved'],
      ['reservedSequence', 'keys.4.sequence'],
      ['numberInvalid', 'keys.5.option.number'],
      ['unknownReference', 'keys.6.option.messageId'],
      ['foreignReference', 'keys.7.option.messageId'],
      ['duplicateSequence', 'keys.1.sequence'],
    ]);
  });

  test('of customers has no options that are the agents’', () => {
    const keys = [key('*1', { kind: 'tag', tag: 'x' }), key('*2', HOLD), key('*3', { kind: 'transfer', number: null })];
    expect(problems(setOf('customer', keys))).toEqual([
      ['notForCustomers', 'keys.1.option'],
      ['notForCustomers', 'keys.2.option'],
    ]);
  });

  test('warns of a sequence that begins another, and of a digit that reaches nobody any more', () => {
    const keys = [key('*1', HOLD), key('*12', HOLD), key('5', HOLD), key('6', { kind: 'none' })];
    const told = ambiguities(keys);
    expect(told.map(({ code, place }) => [code, place])).toEqual([
      ['waitsForLonger', 'keys.0.sequence'],
      ['takesDigit', 'keys.2.sequence'],
    ]);
    expect(told.every(({ severity }) => severity === 'warning')).toBe(true);
  });
});

describe('of several sets', () => {
  const tagged = (tag: string): Option => ({ kind: 'tag', tag });
  const centre = setOf(
    'centre',
    [key('*1', tagged('centre')), key('*2', tagged('centre'), true), key('*3', HOLD)],
    900,
  );
  const queue = setOf('queue', [key('*1', tagged('queue')), key('*2', tagged('queue'))]);
  const team = setOf('team', [key('*1', tagged('team')), key('*4', tagged('team'))]);
  const agent = setOf('agent', [key('*4', HOLD), key('*3', { kind: 'none' })], 700);

  test('the most specific one says what a sequence does, unless it is reserved', () => {
    const { keys, betweenDigitsMs } = effectiveKeys([centre, queue, team, agent]);
    expect(keys.map(({ sequence, from }) => [sequence, from])).toEqual([
      ['*1', 'team'],
      ['*2', 'centre'],
      ['*4', 'agent'],
    ]);
    expect(betweenDigitsMs).toBe(700);
  });

  test('the time between digits is that of the most specific one that says so', () => {
    expect(effectiveKeys([centre, queue]).betweenDigitsMs).toBe(900);
    expect(effectiveKeys([]).betweenDigitsMs).toBe(BETWEEN_DIGITS_MS);
  });
});
