/** Scenarios: what callers are led through. Supervisors write and publish them; which number leads to which is an administrator's matter. */
import { z } from 'zod';
import { isRefusal } from '../../core/refusal.js';
import { FAULT_CODES } from '../../core/scenario/fault.js';
import { command } from './command.js';
import { removedResult } from './destination-schema.js';
import { dialable, id, instant, nothing } from './schema.js';

const tag = 'Scenarios';

const scenarioId = id('Scenario.');
const written = z
  .record(z.string().max(100), z.unknown())
  .describe('The scenario as JSON: `name`, `start` and `steps`; see docs/scenarios.md.');

const faults = z
  .array(
    z.object({
      path: z.string().describe('Where, e.g. `steps.menu1.choices.3`.'),
      code: z.enum(FAULT_CODES),
      message: z.string(),
      severity: z.enum(['error', 'warning']),
    }),
  )
  .readonly()
  .meta({
    id: 'ScenarioFaults',
    description: 'What is wrong with a scenario; only errors keep it from being published.',
  });

const summary = z.object({
  id: z.string(),
  name: z.string(),
  version: z.number().nullable().describe('The version that callers are led through; null: never published.'),
  changedAt: instant,
  changedBy: z.string().describe('Agent who changed it last.'),
});

const checked = z.object({ id: z.string(), version: z.number().nullable(), faults });

function nameOf({ name }: Readonly<Record<string, unknown>>): string {
  return typeof name === 'string' ? name : '';
}

const reading = [
  command({
    name: 'scenarios.list',
    summary: 'All scenarios.',
    tag,
    rest: { method: 'get', path: '/scenarios' },
    role: 'supervisor',
    input: nothing,
    output: z.array(summary).readonly(),
    handler: async ({ application }) =>
      (await application.scenarios.list()).map(({ draft, ...rest }) => ({ ...rest, name: nameOf(draft) })),
  }),
  command({
    name: 'scenarios.get',
    summary: 'One scenario as it was saved last, and its versions.',
    tag,
    rest: { method: 'get', path: '/scenarios/{scenarioId}' },
    role: 'supervisor',
    input: z.strictObject({ scenarioId }),
    output: summary.extend({
      scenario: z.record(z.string(), z.unknown()),
      versions: z
        .array(z.object({ version: z.number(), publishedAt: instant, publishedBy: z.string() }))
        .readonly()
        .describe('The newest first.'),
    }),
    async handler({ application }, input) {
      const found = await application.scenarios.get(input.scenarioId);
      if (isRefusal(found)) return found;
      const { draft: scenario, ...rest } = found;
      return { ...rest, name: nameOf(scenario), scenario };
    },
  }),
  command({
    name: 'scenarios.validate',
    summary: 'Everything that is wrong with a scenario, each with its place; nothing is saved.',
    tag,
    rest: { method: 'post', path: '/scenarios/validate' },
    role: 'supervisor',
    input: z.strictObject({ scenario: written }),
    output: z.object({ faults }),
    handler: async ({ application }, { scenario }) => ({ faults: await application.scenarios.validate(scenario) }),
  }),
];

const writing = [
  command({
    name: 'scenarios.save',
    summary:
      'Creates or replaces the draft, with whatever faults it has. Callers are led through the published version.',
    tag,
    rest: { method: 'put', path: '/scenarios/{scenarioId}' },
    role: 'supervisor',
    input: z.strictObject({ scenarioId, scenario: written }),
    output: checked,
    handler: ({ viewer, application }, input) =>
      application.scenarios.save(viewer.agentId, input.scenarioId, input.scenario),
  }),
  command({
    name: 'scenarios.publish',
    summary: 'Makes the draft a new version. Calls that are in an older one stay in it.',
    tag,
    rest: { method: 'post', path: '/scenarios/{scenarioId}/publish' },
    role: 'supervisor',
    input: z.strictObject({ scenarioId }),
    output: checked,
    handler: ({ viewer, application }, input) => application.scenarios.publish(viewer.agentId, input.scenarioId),
  }),
  command({
    name: 'scenarios.assign',
    summary: 'Calls from outside to a number are led through the scenario.',
    tag,
    rest: { method: 'put', path: '/scenarios/{scenarioId}/numbers/{number}' },
    role: 'administrator',
    input: z.strictObject({ scenarioId, number: dialable('Number that was dialled from outside.') }),
    output: z.object({ assigned: z.literal(true) }),
    handler: ({ application }, input) => application.scenarios.assign(input.scenarioId, input.number),
  }),
  command({
    name: 'scenarios.remove',
    summary:
      'Removes a scenario. Refused while a number, a queue or another scenario leads there; calls that are in it stay in it.',
    tag,
    rest: { method: 'delete', path: '/scenarios/{scenarioId}' },
    role: 'supervisor',
    input: z.strictObject({ scenarioId }),
    output: removedResult,
    handler: ({ viewer, application }, input) => application.scenarios.remove(viewer.agentId, input.scenarioId),
  }),
];

export const scenarioCommands = [...reading, ...writing];
