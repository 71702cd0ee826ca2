/**
 * Beginning a step: what it wants done, and whether it waits or leads on at once. A step that has nothing to say waits for nothing
 * to be said.
 */
import { filled } from '../template.js';
import type { WebRequest } from './effect.js';
import { asks } from './keys.js';
import type { Position } from './position.js';
import type { Scenario, Step, StepOf } from './scenario.js';
import { heardOf } from './spoken-items.js';
import { answered, leads, type Stage, waiting } from './stage.js';
import { spoken, withVariable } from './variables.js';
import { holds, isCaller, isOpen, type World } from './world.js';

export function enter(step: Step, scenario: Scenario, position: Position, world: World): Stage {
  switch (step.type) {
    case 'answer':
      return { ...answered(position), next: step.next };
    case 'play':
    case 'say':
      return said(step, scenario, position, world);
    case 'menu':
    case 'collect':
    case 'rate':
      return asks(step, scenario, position, world);
    case 'time':
      return leads(position, isOpenNow(step, scenario, world) ? step.next : step.otherwise);
    case 'caller':
      return leads(position, isCaller(step, world.caller) ? step.next : step.otherwise);
    case 'if': {
      const value = spoken(`{${step.variable}}`, position.variables, world.facts);
      const other = spoken(step.value, position.variables, world.facts);
      return leads(position, holds(step.comparison, value, other) ? step.next : step.otherwise);
    }
    case 'set': {
      const value = spoken(step.value, position.variables, world.facts);
      return leads({ ...position, variables: withVariable(position.variables, step.variable, value) }, step.next);
    }
    case 'tag':
      return tagged(step, position, world);
    case 'http': {
      const { turn } = position;
      return waiting(position, 'web', { type: 'web', turn, request: requestOf(step, position, world) });
    }
    case 'voicemail':
      return recording(step, scenario, position, world);
    case 'callback': {
      const { queueId, priority } = step;
      const number = spoken(step.number, position.variables, world.facts);
      return waiting(position, 'callback', { type: 'callback', turn: position.turn, number, queueId, priority });
    }
    case 'queue':
    case 'agent':
    case 'number':
      return going(step, position, world);
    case 'scenario':
      return waiting(position, 'over', { type: 'scenario', scenarioId: step.scenarioId });
    case 'fallback':
      return waiting(position, 'over', { type: 'release', reason: 'fallback' });
    case 'hangUp':
      return waiting(position, 'over', { type: 'release', reason: step.reason });
  }
}

function isOpenNow(step: StepOf<'time'>, scenario: Scenario, world: World): boolean {
  const dates = step.calendar === null ? [] : (scenario.calendars[step.calendar] ?? []);
  return isOpen(step, dates, world.timeIn(step.zone ?? scenario.zone));
}

function said(step: StepOf<'play' | 'say'>, scenario: Scenario, position: Position, world: World): Stage {
  const items = heardOf(step.prompt, scenario, position, world);
  if (items.length === 0) return leads(position, step.next);
  const { position: up, effects } = answered(position);
  return waiting(up, 'prompt', ...effects, { type: 'say', turn: up.turn, items });
}

function tagged(step: StepOf<'tag'>, position: Position, world: World): Stage {
  const tag = spoken(step.tag, position.variables, world.facts).trim().slice(0, 40);
  return tag === '' ? leads(position, step.next) : leads(position, step.next, { type: 'tag', tag });
}

function recording(step: StepOf<'voicemail'>, scenario: Scenario, position: Position, world: World): Stage {
  const { position: up, effects } = answered(position);
  const greeting = heardOf(step.greeting, scenario, position, world);
  const { maxMs, to } = step;
  return waiting(up, 'recording', ...effects, { type: 'record', turn: up.turn, greeting, maxMs, to });
}

function going(step: StepOf<'queue' | 'agent' | 'number'>, position: Position, world: World): Stage {
  const comesBack = step.after === null ? 'failure' : 'after';
  const gone: Position = { ...position, ahead: '' };
  switch (step.type) {
    case 'queue': {
      const { queueId, priority, maxWaitMs } = step;
      return waiting(gone, 'away', { type: 'go', to: { kind: 'queue', queueId, priority, maxWaitMs }, comesBack });
    }
    case 'agent': {
      const { agentId, ringMs } = step;
      return waiting(gone, 'away', { type: 'go', to: { kind: 'agent', agentId, ringMs }, comesBack });
    }
    case 'number': {
      const number = spoken(step.number, position.variables, world.facts);
      return waiting(gone, 'away', { type: 'go', to: { kind: 'number', number, ringMs: step.ringMs }, comesBack });
    }
  }
}

/** What a caller has typed must not change the address or the JSON around it. */
function requestOf(step: StepOf<'http'>, { variables }: Position, { facts }: World): WebRequest {
  const values = { ...variables, ...facts };
  const { method, timeoutMs } = step;
  const inJson = (value: string) => JSON.stringify(value).slice(1, -1);
  return {
    method,
    timeoutMs,
    url: filled(step.url, values, encodeURIComponent),
    headers: Object.fromEntries(
      Object.entries(step.headers).map(([name, value]) => [name, filled(value, values, headerText)]),
    ),
    body: step.body === null ? null : filled(step.body, values, inJson),
  };
}

/** Headers are Latin; a line break would be a header of its own. */
function headerText(value: string): string {
  return value.replace(/[^\x20-\x7e]/g, '?');
}
