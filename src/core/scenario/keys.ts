/**
 * Steps that ask for keys: a menu, digits, a mark from 1 to 5. A key cuts the prompt short, and the time in which a key is waited for
 * begins when the prompt is over.
 *
 *   asks ──said──▶ a key is waited for ──▶ chosen, or enough digits: on
 *    ▲ │ key: hush        │ wrong key, or none in time
 *    └─┴── repeated ──────┴──▶ asked often enough: `invalid` or `noInput`
 */
import type { Effect } from './effect.js';
import type { Position } from './position.js';
import type { Prompt, Scenario, StepOf } from './scenario.js';
import { heardOf } from './spoken-items.js';
import { answered, leads, type Stage, waiting } from './stage.js';
import { withVariable } from './variables.js';
import type { World } from './world.js';

export type Asking = StepOf<'menu' | 'collect' | 'rate'>;

/** What was pressed during what was played before counts, and nothing is asked. */
export function asks(step: Asking, scenario: Scenario, position: Position, world: World): Stage {
  if (position.ahead === '') return prompts(step, step.prompt, scenario, position, world);
  return pressed(step, position.ahead, scenario, { ...position, ahead: '' }, world);
}

function prompts(step: Asking, prompt: Prompt, scenario: Scenario, position: Position, world: World): Stage {
  const { position: up, effects } = answered(position);
  const items = heardOf(prompt, scenario, position, world);
  if (items.length === 0) return waiting(up, 'key', ...effects, timer(step, up));
  return waiting(up, 'prompt', ...effects, { type: 'say', turn: up.turn, items });
}

/** The prompt is over. */
export function awaitsKey(step: Asking, position: Position): Stage {
  return waiting(position, 'key', timer(step, position));
}

export function pressed(step: Asking, key: string, scenario: Scenario, position: Position, world: World): Stage {
  const hush: readonly Effect[] = position.awaits === 'prompt' ? [{ type: 'hush' }] : [];
  const stage = afterKey(step, key, scenario, position, world);
  return { ...stage, effects: [...hush, ...stage.effects] };
}

/** No key came in time. */
export function timedOut(step: Asking, scenario: Scenario, position: Position, world: World): Stage {
  if (step.type !== 'collect' || position.digits === '') return wrong(step, 'noInput', scenario, position, world);
  return collected(step, scenario, position, world);
}

function afterKey(step: Asking, key: string, scenario: Scenario, position: Position, world: World): Stage {
  switch (step.type) {
    case 'menu': {
      const chosen = Object.hasOwn(step.choices, key) ? step.choices[key] : undefined;
      return chosen === undefined ? wrong(step, 'invalid', scenario, position, world) : leads(position, chosen);
    }
    case 'rate':
      return /^[1-5]$/.test(key)
        ? leads(position, step.next, { type: 'rate', score: Number(key) })
        : wrong(step, 'invalid', scenario, position, world);
    case 'collect': {
      if (key === step.endKey) return collected(step, scenario, position, world);
      const digits = position.digits + key;
      const further: Position = { ...position, digits, turn: position.turn + 1 };
      return digits.length >= step.max ? collected(step, scenario, further, world) : awaitsKey(step, further);
    }
  }
}

function collected(step: StepOf<'collect'>, scenario: Scenario, position: Position, world: World): Stage {
  const { digits, variables } = position;
  if (digits.length < step.min) return wrong(step, 'invalid', scenario, position, world);
  return leads({ ...position, variables: withVariable(variables, step.variable, digits) }, step.next);
}

function wrong(step: Asking, why: 'invalid' | 'noInput', scenario: Scenario, position: Position, world: World): Stage {
  if (position.repeated >= step.repeats) return leads(position, step.type === 'rate' ? step.next : step[why]);
  const { turn, repeated } = position;
  const again: Position = { ...position, turn: turn + 1, repeated: repeated + 1, digits: '' };
  const prompt = why === 'invalid' ? [...step.invalidPrompt, ...step.prompt] : step.prompt;
  return prompts(step, prompt, scenario, again, world);
}

function timer(step: Asking, { turn }: Position): Effect {
  return { type: 'timer', turn, ms: step.timeoutMs };
}
