/** A scenario from JSON that somebody wrote: everything that is wrong with it by itself is found at once. */
import { error, type Fault } from './fault.js';
import { FieldReader, isObject, STEP_ID } from './field-reader.js';
import { graphFaults } from './graph.js';
import { readCalendars } from './read-hours.js';
import { readStep } from './read-step.js';
import type { Scenario, Step, StepId } from './scenario.js';

export const MOST_STEPS = 200;
/** Of the JSON, in characters. */
export const MOST_CHARACTERS = 200_000;

export interface ReadScenario {
  /** Null when it is so broken that nothing more can be said about it. */
  readonly scenario: Scenario | null;
  readonly faults: readonly Fault[];
}

export function readScenario(written: unknown): ReadScenario {
  const faults: Fault[] = [];
  if (isObject(written) && JSON.stringify(written).length > MOST_CHARACTERS) {
    faults.push(error('', 'tooLarge', `At most ${MOST_CHARACTERS} characters of JSON.`));
    return { scenario: null, faults };
  }
  const reader = new FieldReader('', written, faults);
  if (!isObject(written)) return { scenario: null, faults };
  const scenario: Scenario = {
    name: reader.text('name', 80),
    language: reader.one('language', ['en', 'ru'], 'en'),
    zone: reader.textOrNull('zone', 60) ?? 'UTC',
    fallbackQueueId: reader.idOrNull('fallbackQueueId'),
    start: reader.step('start'),
    calendars: readCalendars(reader),
    steps: readSteps(reader, faults),
  };
  reader.end();
  // Of a step that could not be read it is not known where it leads.
  const complete = reader.inside('steps').entries().length === Object.keys(scenario.steps).length;
  if (complete) faults.push(...graphFaults(scenario));
  return { scenario, faults };
}

function readSteps(reader: FieldReader, faults: Fault[]): Readonly<Record<StepId, Step>> {
  const steps = reader.inside('steps');
  const entries = steps.entries();
  if (entries.length === 0) reader.fault('steps', 'missingField', 'At least one step must be given.');
  if (entries.length > MOST_STEPS) reader.fault('steps', 'tooMany', `At most ${MOST_STEPS} steps.`);
  const read: [StepId, Step][] = [];
  for (const [id, written] of entries.slice(0, MOST_STEPS)) {
    if (!STEP_ID.test(id) || id in {})
      steps.fault(id, 'invalidValue', 'An id of a step begins with a letter; letters, digits, _ and -, 1 to 40.');
    const step = readStep(steps.at(id), written, faults);
    if (step !== null) read.push([id, step]);
  }
  return Object.fromEntries(read);
}
