/** The steps to what a call wants, with what the configuration in force has to say about them: whose keys the others do not hear. */
import { type Actual, plan, type Step } from '../core/call/plan.js';
import type { Call, LegId } from '../core/call/state.js';
import { topology } from '../core/call/topology.js';

export function stepsTo(call: Call, actual: Actual, mayPress: (call: Call, legId: LegId) => boolean): readonly Step[] {
  return plan(actual, topology(call)).flatMap((step) => {
    if (step.type !== 'join') return [step];
    const absorbed = step.legIds.filter((legId) => mayPress(call, legId));
    if (absorbed.length === 0) return [step];
    // Asterisk takes one word on keys for all legs of a request.
    const others = step.legIds.filter((legId) => !absorbed.includes(legId));
    const rest: Step[] = others.length === 0 ? [] : [{ ...step, legIds: others }];
    return [...rest, { ...step, legIds: absorbed, absorbs: true }];
  });
}
