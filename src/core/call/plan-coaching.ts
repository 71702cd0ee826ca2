/** Trainers are put with their agents once the agents' conversations are there: what came before a pairing would not hear the new partner. */
import { isCoachingId } from './coaching.js';
import { silence } from './plan-silence.js';
import { type Actual, mayHear, type Step } from './step.js';
import type { Topology } from './topology.js';

/** Muted before anybody could hear it, if it is to be. */
export function coach(actual: Actual, wanted: Topology): Step[] {
  const steps: Step[] = [];
  for (const { id: legId, hears, muted } of wanted.legs.values()) {
    const now = actual.legs.get(legId);
    if (hears.kind !== 'coaching' || now === undefined || !mayHear(now)) continue;
    steps.push(...silence(legId, now));
    if (muted !== now.muted) steps.push({ type: 'mute', legId, muted });
    const { conversationId, agentLegId } = hears;
    const agent = actual.legs.get(agentLegId);
    if (now.conversationId === conversationId || agent === undefined || !mayHear(agent)) continue;
    // Who has barged in is out of the customer's hearing at once, however long the place for the trainer takes.
    if (now.conversationId !== null && !isCoachingId(now.conversationId))
      steps.push({ type: 'part', conversationId: now.conversationId, legId });
    steps.push({ type: 'coach', conversationId, callId: wanted.callId, legId, agentLegId });
  }
  return steps;
}
