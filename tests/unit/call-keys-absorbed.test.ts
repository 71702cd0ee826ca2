/** Whose keys the other party does not hear: those of legs that may press something. */
import { expect, test } from '@jest/globals';
import { keysOfLeg } from '../../src/app/keys/keys-in-force.js';
import { indexSettings } from '../../src/app/settings-in-force.js';
import { stepsTo } from '../../src/app/steps-to.js';
import { commandOf } from '../../src/ari/steps.js';
import { afterStep } from '../../src/core/call/actual.js';
import type { Actual, Step } from '../../src/core/call/plan.js';
import type { KeyScope, KeySet } from '../../src/core/option/option.js';
import { talking } from '../support/call-lines.js';
import { actualLeg } from '../support/call-media.js';
import { initialConfiguration } from '../support/fake-configuration.js';

const { call } = talking();
const UP: Actual = {
  legs: new Map([
    ['caller', actualLeg('up')],
    ['anna.1', actualLeg('up')],
  ]),
  conversations: new Map(),
};

function setOf(scope: KeyScope, ownerId: string): KeySet {
  const keys = [{ sequence: '*1', option: { kind: 'hold' }, reserved: false }] as const;
  return { scope, ownerId, betweenDigitsMs: null, keys };
}

function joins(...sets: readonly KeySet[]): readonly Extract<Step, { type: 'join' }>[] {
  const agents = initialConfiguration.agents.map((agent) => ({
    ...agent,
    teamId: agent.id === 'anna' ? 'north' : null,
  }));
  const settings = indexSettings({ ...initialConfiguration, agents, keySets: sets });
  const steps = stepsTo(call, UP, (of, legId) => keysOfLeg(settings, of, legId).keys.length > 0);
  return steps.filter((step) => step.type === 'join');
}

test.each([
  ['nobody’s, where no keys are set', [], [[['caller', 'anna.1'], undefined]]],
  [
    'the agent’s, by the centre’s keys',
    [setOf('centre', 'centre')],
    [
      [['caller'], undefined],
      [['anna.1'], true],
    ],
  ],
  [
    'the agent’s, by the own keys',
    [setOf('agent', 'anna')],
    [
      [['caller'], undefined],
      [['anna.1'], true],
    ],
  ],
  [
    'the agent’s, by those of the call’s queue',
    [setOf('queue', 'sales')],
    [
      [['caller'], undefined],
      [['anna.1'], true],
    ],
  ],
  [
    'the agent’s, by those of the agent’s team',
    [setOf('team', 'north')],
    [
      [['caller'], undefined],
      [['anna.1'], true],
    ],
  ],
  ['nobody’s, by those of another team', [setOf('team', 'south')], [[['caller', 'anna.1'], undefined]]],
  ['nobody’s, by those of another queue', [setOf('queue', 'service')], [[['caller', 'anna.1'], undefined]]],
  [
    'the customer’s, where the queue lets customers press',
    [setOf('customer', 'sales')],
    [
      [['anna.1'], undefined],
      [['caller'], true],
    ],
  ],
  ['both', [setOf('customer', 'sales'), setOf('centre', 'centre')], [[['caller', 'anna.1'], true]]],
])('%s', (_whose, sets, expected) => {
  expect(joins(...sets).map(({ legIds, absorbs }) => [legIds, absorbs])).toEqual(expected);
});

test('Asterisk is asked for it, and it is known of the legs afterwards', () => {
  const [others, own] = joins(setOf('centre', 'centre'));
  if (others === undefined || own === undefined) throw new Error('there should be two requests');
  expect(commandOf(own, 'ringmaster').query).toMatchObject({ channel: 'anna.1', absorbDTMF: true });
  expect(commandOf(others, 'ringmaster').query).not.toHaveProperty('absorbDTMF');
  const after = [others, own].reduce(afterStep, UP);
  expect([...after.legs].map(([id, { absorbs }]) => [id, absorbs])).toEqual([
    ['caller', false],
    ['anna.1', true],
  ]);
});
