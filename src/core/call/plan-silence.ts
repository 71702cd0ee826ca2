/** How a leg stops hearing what was for it alone. */
import type { LegId } from './state.js';
import type { ActualLeg, Step } from './step.js';

/** Ends whatever a leg hears outside a conversation. Music left on would be heard in the conversation. */
export function silence(legId: LegId, now: ActualLeg): Step[] {
  const steps: Step[] = [];
  if (now.announcementId !== null) steps.push({ type: 'stopAnnouncement', legId, announcementId: now.announcementId });
  if (now.music !== null) steps.push({ type: 'stopMusic', legId });
  if (now.ringing && now.stage === 'up') steps.push({ type: 'stopRing', legId });
  return steps;
}
