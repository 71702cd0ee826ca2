/** Whose pictures change with the configuration: those who watch are told of these, and of no others. */
import { expect, test } from '@jest/globals';
import { differences } from '../../src/app/configuration-changes.js';
import type { AgentAccount } from '../../src/app/directory.js';
import { indexSettings } from '../../src/app/settings-in-force.js';
import { initialConfiguration } from '../support/fake-configuration.js';

function changedBy(more: Partial<AgentAccount>): readonly string[] {
  const agents = initialConfiguration.agents.map((agent) => (agent.id === 'anna' ? { ...agent, ...more } : agent));
  return differences(indexSettings(initialConfiguration), indexSettings({ ...initialConfiguration, agents })).agents
    .changed;
}

test('an agent’s name, number and permission to record are seen; what no picture shows is not', () => {
  for (const more of [{ name: 'Anna B.' }, { number: '199' }, { mayRecord: true }])
    expect(changedBy(more)).toEqual(['anna']);
  for (const more of [{}, { language: 'ru' }, { allow: [] }] as const) expect(changedBy(more)).toEqual([]);
});
