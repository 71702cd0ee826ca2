/** The tags a call was given, from its events. */
import type { AgentId, Instant } from '../../core/call/state.js';
import type { StoryEvent } from './story-event.js';

export interface TagRecord {
  readonly tag: string;
  /** Who set it, or null. */
  readonly agentId: AgentId | null;
  readonly at: Instant;
}

export function tagsOf(events: readonly StoryEvent[]): readonly TagRecord[] {
  return events.flatMap((event) =>
    event.type === 'call.tagged' ? [{ tag: event.tag, agentId: event.agentId, at: event.at }] : [],
  );
}
