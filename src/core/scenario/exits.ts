/** Where a step may lead, and whether somebody or some time passes in it. */
import type { Step, StepId } from './scenario.js';

export interface Exit {
  /** The field that names the next step, below the step: `choices.3`. */
  readonly field: string;
  readonly to: StepId;
}

export function exitsOf(step: Step): readonly Exit[] {
  const exits: Exit[] = [];
  const add = (field: string, to: StepId | null) => {
    if (to !== null) exits.push({ field, to });
  };
  if (step.type === 'menu') for (const [key, to] of Object.entries(step.choices)) add(`choices.${key}`, to);
  if (step.type === 'queue') for (const [key, to] of Object.entries(step.keys)) add(`keys.${key}`, to);
  if ('next' in step) add('next', step.next);
  if ('otherwise' in step) add('otherwise', step.otherwise);
  if ('failed' in step) add('failed', step.failed);
  if ('noInput' in step) add('noInput', step.noInput);
  if ('invalid' in step) add('invalid', step.invalid);
  if ('after' in step) add('after', step.after);
  return exits;
}

/** Does it wait for the caller, or for somebody to answer? A circle of steps that do not would turn for ever without anyone. */
export function waits(step: Step): boolean {
  return ['menu', 'collect', 'rate', 'queue', 'agent', 'number', 'voicemail'].includes(step.type);
}
