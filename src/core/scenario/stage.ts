/** One stage of a scenario: what a step wants done, and whether it waits or leads on at once. */
import type { Effect } from './effect.js';
import type { Awaited, Position } from './position.js';
import type { StepId } from './scenario.js';

/** `next` null: it waits. */
export interface Stage {
  readonly position: Position;
  readonly effects: readonly Effect[];
  readonly next: StepId | null;
}

export function leads(position: Position, next: StepId, ...effects: readonly Effect[]): Stage {
  return { position, effects, next };
}

export function waiting(position: Position, awaits: Awaited, ...effects: readonly Effect[]): Stage {
  return { position: { ...position, awaits }, effects, next: null };
}

/** Before anything is said: a network need not let a caller hear what is said before the answer. */
export function answered(position: Position): { readonly position: Position; readonly effects: readonly Effect[] } {
  return position.answered
    ? { position, effects: [] }
    : { position: { ...position, answered: true }, effects: [{ type: 'answer' }] };
}
