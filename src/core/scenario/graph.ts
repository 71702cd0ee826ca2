/** The steps as a graph: steps that lead nowhere, that nothing leads to, and circles that nobody can leave. */

import { exitsOf, waits } from './exits.js';
import { error, type Fault, warning } from './fault.js';
import type { Scenario, Step, StepId } from './scenario.js';

type Graph = Pick<Scenario, 'start' | 'steps'>;

export function graphFaults(scenario: Graph): readonly Fault[] {
  return [...brokenExits(scenario), ...unreachable(scenario), ...endlessLoops(scenario)];
}

function stepOf({ steps }: Graph, id: StepId): Step | undefined {
  return Object.hasOwn(steps, id) ? steps[id] : undefined;
}

/** An id that was not given at all has its own fault. */
function brokenExits(scenario: Graph): readonly Fault[] {
  const faults: Fault[] = [];
  const check = (path: string, to: StepId) => {
    if (to !== '' && stepOf(scenario, to) === undefined)
      faults.push(error(path, 'unknownStep', `There is no step "${to}".`));
  };
  check('start', scenario.start);
  for (const [id, step] of Object.entries(scenario.steps)) {
    for (const { field, to } of exitsOf(step)) check(`steps.${id}.${field}`, to);
  }
  return faults;
}

function unreachable(scenario: Graph): readonly Fault[] {
  const reached = new Set<StepId>();
  const ahead = [scenario.start];
  for (let id = ahead.pop(); id !== undefined; id = ahead.pop()) {
    const step = stepOf(scenario, id);
    if (step === undefined || reached.has(id)) continue;
    reached.add(id);
    ahead.push(...exitsOf(step).map(({ to }) => to));
  }
  return Object.keys(scenario.steps)
    .filter((id) => !reached.has(id))
    .map((id) => warning(`steps.${id}`, 'unreachableStep', 'No step leads here.'));
}

/**
 * Steps that do not wait are taken away from the end, as long as one is left that leads to none of the others; what remains leads
 * into a circle of such steps, and those that lie on one are told.
 */
function endlessLoops(scenario: Graph): readonly Fault[] {
  const hurried = new Map<StepId, readonly StepId[]>();
  for (const [id, step] of Object.entries(scenario.steps)) {
    if (!waits(step))
      hurried.set(
        id,
        exitsOf(step).map(({ to }) => to),
      );
  }
  for (let before = -1; before !== hurried.size; ) {
    before = hurried.size;
    for (const [id, exits] of hurried) if (!exits.some((to) => hurried.has(to))) hurried.delete(id);
  }
  return [...hurried.keys()]
    .filter((id) => leadsTo(hurried, id, id))
    .map((id) =>
      error(`steps.${id}`, 'endlessLoop', 'This step comes round to itself, and no step in between waits for anybody.'),
    );
}

function leadsTo(graph: ReadonlyMap<StepId, readonly StepId[]>, from: StepId, to: StepId): boolean {
  const seen = new Set<StepId>();
  const ahead = [...(graph.get(from) ?? [])];
  for (let id = ahead.pop(); id !== undefined; id = ahead.pop()) {
    if (id === to) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    ahead.push(...(graph.get(id) ?? []));
  }
  return false;
}
