/** The tags that a call has, from its events. */
import type { AgentId, Instant } from '../../core/call/state.js';
import type { StoryEvent } from './story-event.js';

export interface TagRecord {
  readonly tag: string;
  /** Who set it, or null. */
  readonly agentId: AgentId | null;
  readonly at: Instant;
}

export function tagsOf(events: readonly StoryEvent[]): readonly TagRecord[] {
  const tags = new Map<string, TagRecord>();
  for (const event of events) {
    if (event.type === 'call.tagged') tags.set(event.tag, { tag: event.tag, agentId: event.agentId, at: event.at });
    if (event.type === 'call.untagged') tags.delete(event.tag);
  }
  return [...tags.values()];
}
