/** What a step that was not done means: how the picture is corrected, what the call is told, and whether to look again. */
import type { MediaFact } from '../core/call/actual.js';
import type { CallFact } from '../core/call/command.js';
import type { Step } from '../core/call/plan.js';
import type { LegId } from '../core/call/state.js';
import type { StepResult } from './phone-system.js';

export interface Failure {
  readonly media: readonly MediaFact[];
  readonly call: readonly CallFact[];
  /** A leg that Asterisk no longer knows: its own word on why is on its way; only if that does not come, the leg is taken for gone. */
  readonly doubtful: LegId | null;
}

/** Q.850 "subscriber absent": the phone is not registered. */
const CAUSE_ABSENT = 20;

export function failureOf(step: Step, result: Exclude<StepResult, 'done'>): Failure {
  // Whether it is the trainer's leg or the agent's that is gone, its own end tells.
  const doubtful = result === 'gone' && 'legId' in step && step.type !== 'coach' ? step.legId : null;
  return { media: correction(step, result), call: told(step, result), doubtful };
}

function correction(step: Step, result: Exclude<StepResult, 'done'>): readonly MediaFact[] {
  switch (step.type) {
    case 'create':
      return [{ type: 'legGone', legId: step.legId }];
    case 'open':
      return [{ type: 'conversationGone', conversationId: step.conversationId }];
    case 'coach':
      return [{ type: 'parted', legId: step.legId, conversationId: step.conversationId }];
    case 'join':
      return step.legIds.map((legId) => ({ type: 'parted', legId, conversationId: step.conversationId }));
    case 'startMusic':
      return [{ type: 'comfortLost', legId: step.legId, what: 'music' }];
    case 'stopMusic':
      // Lost with the connection: it may sound still, and would be heard in the conversation that is made anew.
      return result === 'lost' ? [{ type: 'comfortLost', legId: step.legId, what: 'music' }] : [];
    case 'ring':
      return [{ type: 'comfortLost', legId: step.legId, what: 'ringing' }];
    case 'announce':
      return [{ type: 'announcementOver', legId: step.legId, announcementId: step.announcement.id }];
    case 'dial':
      // Lost: it may ring. Dialling twice kills the leg.
      return [{ type: result === 'lost' ? 'dialUnsure' : 'dialRefused', legId: step.legId }];
    case 'answer':
      return [{ type: 'legThere', legId: step.legId, stage: 'arrived' }];
    case 'mute':
      return [{ type: 'muteIs', legId: step.legId, muted: !step.muted }];
    // The call is told that it failed, and so wants it no more; should it run all the same, it is then stopped.
    case 'detect':
    case 'record':
    case 'show':
    case 'pauseRecording':
    case 'stopRecording':
    case 'stopRing':
    case 'stopAnnouncement':
    case 'part':
    case 'close':
    case 'release':
      return [];
  }
}

function told(step: Step, result: Exclude<StepResult, 'done'>): readonly CallFact[] {
  if (step.type === 'announce') return [{ type: 'announcementEnded', announcementId: step.announcement.id }];
  if (step.type === 'record' && result !== 'lost') {
    return [{ type: 'recordingEnded', name: step.name, outcome: 'failed', durationMs: null }];
  }
  if (step.type === 'detect' && result === 'failed') {
    return [{ type: 'legDetected', legId: step.legId, by: 'unsure' }];
  }
  // A create that is lost may have been done: the next picture tells.
  if (step.type === 'create' && result !== 'lost') return [{ type: 'legLeft', legId: step.legId, cause: CAUSE_ABSENT }];
  return [];
}
