/**
 * One turn of a scenario: something was heard, the caller is elsewhere in it, and something is to be done. Everything that is decided
 * is decided here, from what is given; nothing is waited for. What does not belong to the step, or comes too late, changes nothing.
 */
import { valueAt } from '../json-path.js';
import type { Input, Turn } from './effect.js';
import { enter } from './enter.js';
import { awaitsKey, pressed, timedOut } from './keys.js';
import type { Position } from './position.js';
import type { Scenario, Step, StepId, StepOf } from './scenario.js';
import { leads, type Stage, waiting } from './stage.js';
import { textOf, withVariable } from './variables.js';
import type { World } from './world.js';

/** A scenario has no more steps than this, and comes round to none of them without waiting. */
const MOST_STEPS_AT_ONCE = 200;
/** So many steps in that time are a circle, through scenarios or through queues that take nobody. */
const MOST_STEPS = 500;
const PACE_MS = 60_000;

export function advance(scenario: Scenario, position: Position, input: Input, world: World): Turn {
  if (position.awaits === 'over') return { position, effects: [] };
  const step = stepOf(scenario, position.step);
  if (step === null) return failed(position, [], 'unknownStep');
  const stage = heard(step, scenario, position, input, world);
  return stage === null ? { position, effects: [] } : goesOn(scenario, stage, world);
}

function stepOf({ steps }: Scenario, id: StepId): Step | null {
  return Object.hasOwn(steps, id) ? (steps[id] ?? null) : null;
}

/** Null: not for this step. */
function heard(step: Step, scenario: Scenario, position: Position, input: Input, world: World): Stage | null {
  if ('turn' in input && input.turn !== position.turn) return null;
  const { awaits } = position;
  switch (input.type) {
    case 'begin':
      return begins(step, scenario, position, world);
    case 'said':
      if (awaits !== 'prompt') return null;
      return isAsking(step)
        ? awaitsKey(step, position)
        : step.type === 'play' || step.type === 'say'
          ? leads(position, step.next)
          : null;
    case 'key':
      if (awaits === 'away') return step.type === 'queue' ? leavesQueue(step, position, input.key) : null;
      if (awaits !== 'prompt' && awaits !== 'key') return null;
      if (isAsking(step)) return pressed(step, input.key, scenario, position, world);
      return step.type === 'play' && step.interruptible
        ? leads({ ...position, ahead: input.key }, step.next, { type: 'hush' })
        : null;
    case 'timeout':
      return awaits === 'key' && isAsking(step) ? timedOut(step, scenario, position, world) : null;
    case 'web':
      return awaits === 'web' && step.type === 'http' ? webAnswered(step, position, input) : null;
    case 'recorded':
      return awaits === 'recording' && step.type === 'voicemail' ? leads(position, step.next) : null;
    case 'promised':
      return awaits === 'callback' && step.type === 'callback'
        ? leads(position, input.ok ? step.next : step.failed)
        : null;
    case 'back':
      return awaits === 'away' && 'after' in step ? cameBack(step, position, input.outcome) : null;
  }
}

function isAsking(step: Step): step is StepOf<'menu' | 'collect' | 'rate'> {
  return step.type === 'menu' || step.type === 'collect' || step.type === 'rate';
}

/** After a restart nobody knows whether a request that changes something was carried out: it is not sent a second time. */
function begins(step: Step, scenario: Scenario, position: Position, world: World): Stage {
  if (position.awaits === 'web' && step.type === 'http' && step.method !== 'GET') return leads(position, step.failed);
  // The same promise once more must be known as the same.
  const turn = position.awaits === 'callback' ? position.turn : position.turn + 1;
  return enter(step, scenario, { ...position, awaits: 'begin', digits: '', turn }, world);
}

function webAnswered(step: StepOf<'http'>, position: Position, input: Extract<Input, { type: 'web' }>): Stage {
  if (!input.ok) return leads(position, step.failed);
  let { variables } = position;
  for (const [name, path] of Object.entries(step.answer))
    variables = withVariable(variables, name, textOf(valueAt(input.json, path)));
  return leads({ ...position, variables }, step.next);
}

function leavesQueue(step: StepOf<'queue'>, position: Position, key: string): Stage | null {
  return Object.hasOwn(step.keys, key) ? waiting({ ...position, ahead: key }, 'away', { type: 'takeBack' }) : null;
}

function cameBack(step: StepOf<'queue' | 'agent' | 'number'>, position: Position, outcome: string): Stage {
  const chosen = outcome === 'key' && step.type === 'queue' ? step.keys[position.ahead] : undefined;
  const back: Position = { ...position, ahead: '' };
  if (outcome !== 'talked') return leads(back, chosen ?? step.next);
  if (step.after !== null) return leads(back, step.after);
  return waiting(position, 'over', { type: 'release', reason: 'normal' });
}

/** From step to step, until one waits. */
function goesOn(scenario: Scenario, first: Stage, world: World): Turn {
  const effects = [...first.effects];
  let { position, next } = first;
  for (let entered = 1; next !== null; entered += 1) {
    const step = stepOf(scenario, next);
    position = arrived(position, next, world.now);
    if (step === null) return failed(position, effects, 'unknownStep');
    if (entered > MOST_STEPS_AT_ONCE || position.pace.steps > MOST_STEPS)
      return failed(position, effects, 'runsInCircles');
    const stage = enter(step, scenario, position, world);
    effects.push(...stage.effects);
    ({ position, next } = stage);
  }
  return { position, effects };
}

function arrived(position: Position, step: StepId, now: number): Position {
  const { since, steps } = position.pace;
  const pace = now - since > PACE_MS ? { since: now, steps: 1 } : { since, steps: steps + 1 };
  return { ...position, step, awaits: 'begin', turn: position.turn + 1, repeated: 0, digits: '', pace };
}

function failed(position: Position, effects: Turn['effects'], why: 'unknownStep' | 'runsInCircles'): Turn {
  return { position: { ...position, awaits: 'over' }, effects: [...effects, { type: 'fail', why }] };
}
