/** What was recorded of a call, from its events. */
import type { Instant } from '../../core/call/state.js';
import type { StoryEvent } from './story-event.js';

export interface CallRecording {
  readonly id: string;
  readonly startedAt: Instant;
  /** Null while it is made, or when Asterisk did not say. */
  readonly durationMs: number | null;
  readonly outcome: 'recording' | 'kept' | 'failed' | 'lost';
}

export function recordingsOf(events: readonly StoryEvent[]): readonly CallRecording[] {
  const recordings = new Map<string, CallRecording>();
  for (const event of events) {
    if (event.type === 'recording.opened') {
      const { recordingId: id, at } = event;
      recordings.set(id, { id, startedAt: at, durationMs: null, outcome: 'recording' });
    } else if (event.type === 'recording.closed') {
      const opened = recordings.get(event.recordingId);
      if (opened === undefined) continue;
      recordings.set(opened.id, { ...opened, durationMs: event.durationMs, outcome: event.outcome });
    }
  }
  return [...recordings.values()];
}
