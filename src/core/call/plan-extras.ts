/** The steps that nobody waits for: what is recorded, who answered, and what phones show. */
import { type Actual, mayHear, type Step } from './step.js';
import type { Topology } from './topology.js';

/** After the conversation is there: its first word may wait, the people in it may not. */
export function record(actual: Actual, wanted: Topology): Step[] {
  return [...wanted.conversations].flatMap(([conversationId, { recording }]): Step[] => {
    const now = actual.conversations.get(conversationId) ?? NOT_RECORDED;
    if (!comesAbout(actual, wanted, conversationId)) return [];
    const steps: Step[] = [];
    if (now.recording !== null && now.recording !== recording?.name) {
      steps.push({ type: 'stopRecording', conversationId, name: now.recording });
    }
    if (recording === null) return steps;
    const { name, paused } = recording;
    const runs = now.recording === name;
    if (!runs) steps.push({ type: 'record', conversationId, name });
    if (paused !== (runs && now.paused)) steps.push({ type: 'pauseRecording', conversationId, name, paused });
    return steps;
  });
}

/** Is there, or is opened by this plan because somebody can join it. */
function comesAbout(actual: Actual, wanted: Topology, conversationId: string): boolean {
  if (actual.conversations.has(conversationId)) return true;
  return [...wanted.legs.values()].some(({ id, hears }) => {
    const now = actual.legs.get(id);
    return (
      hears.kind === 'conversation' && hears.conversationId === conversationId && now !== undefined && mayHear(now)
    );
  });
}

const NOT_RECORDED = { recording: null, paused: false };

/** Beside the conversation: nobody's speech waits for the result. */
export function detect(actual: Actual, wanted: Topology): Step[] {
  return [...wanted.legs.values()].flatMap(({ id: legId, inDoubt, answered }): Step[] => {
    const now = actual.legs.get(legId);
    if (!inDoubt || now === undefined || now.detecting || now.releasing) return [];
    // A leg that called in is answered by this very plan.
    const begins = now.stage === 'up' || (now.stage === 'arrived' && answered);
    return begins ? [{ type: 'detect', legId }] : [];
  });
}

export function display(actual: Actual, wanted: Topology): Step[] {
  return [...wanted.legs.values()].flatMap((leg): Step[] => {
    const now = actual.legs.get(leg.id);
    if (leg.shows === null || now === undefined || !mayHear(now)) return [];
    const same = now.shows?.number === leg.shows.number && now.shows.name === leg.shows.name;
    return same ? [] : [{ type: 'show', legId: leg.id, party: leg.shows }];
  });
}
