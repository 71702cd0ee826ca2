/** Which of all calls may be lines of this agent, or ring there. Pure. */
import type { CallView } from '../../../src/app/view.js';

export function concerns({ legs, lines, coachings }: CallView, agentId: string): boolean {
  return (
    legs.some((leg) => leg.agentId === agentId) ||
    lines.some(({ ringing }) => ringing.some((each) => each.agentId === agentId)) ||
    coachings.some(({ coachId }) => coachId === agentId)
  );
}
