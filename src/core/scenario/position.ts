/** Where a caller is in a scenario: all that is needed to go on after the controller was started anew. */
import { isObject } from './field-reader.js';
import type { ScenarioRef, StepId } from './scenario.js';
import type { Variables } from './variables.js';

/** What the step waits for. `away`: the caller is with somebody else, or waits for that. `over`: the scenario has let go. */
export type Awaited = 'begin' | 'prompt' | 'key' | 'web' | 'recording' | 'callback' | 'away' | 'over';
const AWAITED: readonly Awaited[] = ['begin', 'prompt', 'key', 'web', 'recording', 'callback', 'away', 'over'];

export interface Position {
  readonly scenario: ScenarioRef;
  readonly step: StepId;
  readonly awaits: Awaited;
  /** Counts what was begun: what is told of something earlier is not listened to. */
  readonly turn: number;
  /** Of the step: how often it was asked again. */
  readonly repeated: number;
  /** Pressed so far in the step. */
  readonly digits: string;
  /** A key that cut a prompt short, kept for the menu that follows; or that takes the caller out of a queue. */
  readonly ahead: string;
  readonly answered: boolean;
  readonly variables: Variables;
  /** Scenarios gone through before this one. */
  readonly hops: number;
  /** Steps entered since that moment: a scenario that runs in a circle without waiting is stopped. */
  readonly pace: { readonly since: number; readonly steps: number };
}

export function beginning(scenario: ScenarioRef, start: StepId, now: number, former?: Position): Position {
  return {
    scenario,
    step: start,
    awaits: 'begin',
    turn: (former?.turn ?? 0) + 1,
    repeated: 0,
    digits: '',
    ahead: '',
    answered: former?.answered ?? false,
    variables: former?.variables ?? {},
    hops: former === undefined ? 0 : former.hops + 1,
    pace: former?.pace ?? { since: now, steps: 0 },
  };
}

export function written(position: Position): string {
  return JSON.stringify(position);
}

/** Null for what no version of this service has written. */
export function readPosition(text: string): Position | null {
  const value = parsed(text);
  if (!isObject(value) || !isObject(value.scenario) || !isObject(value.pace) || !isObject(value.variables)) return null;
  const { scenario, step, turn, repeated, digits, ahead, answered, hops, pace } = value;
  const awaits = AWAITED.find((each) => each === value.awaits);
  const variables = Object.entries(value.variables).flatMap(([name, each]) =>
    typeof each === 'string' ? [[name, each] as const] : [],
  );
  if (
    typeof scenario.id !== 'string' ||
    typeof scenario.version !== 'number' ||
    typeof step !== 'string' ||
    awaits === undefined ||
    typeof digits !== 'string' ||
    typeof ahead !== 'string'
  )
    return null;
  return {
    scenario: { id: scenario.id, version: scenario.version },
    step,
    awaits,
    turn: numberOf(turn),
    repeated: numberOf(repeated),
    digits,
    ahead,
    answered: answered === true,
    variables: Object.fromEntries(variables),
    hops: numberOf(hops),
    pace: { since: numberOf(pace.since), steps: numberOf(pace.steps) },
  };
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
