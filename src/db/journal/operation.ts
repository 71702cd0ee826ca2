/** What can be handed to the journal, before it is turned into statements. */
import type { JournalEntry } from '../../app/ports.js';
import type { AgentId, CallId, Instant } from '../../core/call/state.js';
import type { Statement } from './statement.js';

export type Operation =
  /** `legs`: the rows of legs that have gone with this entry. `deliveries`: to webhooks. */
  | {
      readonly kind: 'append';
      readonly entry: JournalEntry;
      readonly legs: readonly Statement[];
      readonly deliveries: readonly Statement[];
    }
  | {
      readonly kind: 'claim';
      readonly agentId: AgentId;
      readonly callId: CallId;
      readonly now: Instant;
      readonly expiresAt: Instant;
    }
  | { readonly kind: 'release'; readonly agentId: AgentId; readonly callId: CallId };
