/** Whom an agent means by a target: a scenario is somewhere a party is sent, and nobody to be called. */
import { expect, test } from '@jest/globals';
import { numberOf, routeTarget } from '../../src/app/call-target.js';
import type { RoutingState } from '../../src/app/routing.js';
import { indexSettings } from '../../src/app/settings-in-force.js';
import { account } from '../support/configuration.js';
import { initialConfiguration } from '../support/fake-configuration.js';
import { NO_CALLERS } from '../support/memory-contacts.js';
import { scenarioOf } from '../support/scenarios.js';

const scenario = scenarioOf({ end: { type: 'hangUp' } });
const STATE: RoutingState = {
  settings: indexSettings({ ...initialConfiguration, scenarios: [{ id: 'survey', version: 2, scenario }] }),
  callers: NO_CALLERS,
  isFree: () => true,
  isRung: () => false,
  presence: () => ({ loggedIn: 0, receiving: 0 }),
};
const RINGING = { shows: { number: '100', name: '' }, ringMs: 1_000 };
const sentTo = (scenarioId: string) => routeTarget(STATE, 'c1', account('101'), { scenarioId }, RINGING);

test('a party is led through the version that is published', () => {
  expect(sentTo('survey')).toMatchObject({ kind: 'script', script: { name: 'scenario:survey@2' } });
});

test('a scenario that is not there, or cannot be called, is refused', () => {
  expect(sentTo('none')).toMatchObject({ refused: 'notFound' });
  expect(numberOf(STATE, { scenarioId: 'survey' })).toMatchObject({ refused: 'numberInvalid' });
});
