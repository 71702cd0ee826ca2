/** What one leg of the simulated Asterisk hears, and how a step changes it. */
import type { Step } from '../../src/core/call/plan.js';

export interface SimulatedLeg {
  stage: 'created' | 'dialled' | 'arrived' | 'up';
  ringing: boolean;
  music: string | null;
  announcementId: string | null;
  conversationId: string | null;
  muted: boolean;
}

export const SILENT = {
  ringing: false,
  music: null,
  announcementId: null,
  absorbs: null,
  conversationId: null,
  muted: false,
} as const;

/** A step that concerns only what the leg hears, or whether it is heard. */
export function hear(leg: SimulatedLeg, step: Step): void {
  switch (step.type) {
    case 'ring':
      leg.ringing = true;
      return;
    case 'stopRing':
      leg.ringing = false;
      return;
    case 'startMusic':
      leg.music = step.music;
      leg.ringing = false;
      return;
    case 'stopMusic':
      leg.music = null;
      return;
    case 'announce':
      leg.announcementId = step.announcement.id;
      return;
    case 'stopAnnouncement':
      leg.announcementId = null;
      return;
    case 'mute':
      leg.muted = step.muted;
      return;
    default:
      return;
  }
}
