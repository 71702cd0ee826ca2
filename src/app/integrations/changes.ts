/** Who changed what of the connections with other systems. */
import type { AgentId, Instant } from '../../core/call/state.js';

export interface ChangedBy {
  readonly agentId: AgentId;
  readonly at: Instant;
}

export type ChangedSubject = 'smsTemplate' | 'webhook' | 'settings';

export interface IntegrationChange {
  readonly position: number;
  readonly at: Instant;
  readonly byAgentId: AgentId;
  readonly subject: ChangedSubject;
  readonly subjectId: string;
  readonly action: 'saved' | 'removed';
  /** As it was saved, without secrets; null when it was removed. */
  readonly data: unknown;
}
