/** What sending short messages needs of the database. */
import type { AgentId, CallId, Instant, Language } from '../../core/call/state.js';
import type { SmsEvent } from '../../core/sms/event.js';
import type { Sms, SmsState } from '../../core/sms/sms.js';
import type { Deed } from '../changes.js';

/** A text with fields in braces. */
export interface SmsTemplate {
  readonly id: string;
  readonly name: string;
  readonly language: Language;
  readonly text: string;
}

export interface SmsFilter {
  readonly agentId: AgentId | null;
  readonly callId: CallId | null;
  readonly number: string | null;
  readonly state: SmsState | null;
  readonly since: Instant;
  readonly until: Instant;
  /** Older than this message. */
  readonly before: string | null;
  readonly limit: number;
}

export interface SmsChange {
  readonly sms: Sms;
  /** Null where it is still in the same state. */
  readonly event: SmsEvent | null;
}

/** Each write is durable when it resolves, together with its event. */
export interface SmsStore {
  templates(): Promise<readonly SmsTemplate[]>;
  /** False where another template has the name. */
  saveTemplate(template: SmsTemplate, deed: Deed): Promise<boolean>;
  removeTemplate(id: string, deed: Deed): Promise<boolean>;
  add(sms: Sms): Promise<SmsChange>;
  /** Changes a message as it is at that moment; null when there is none. Unchanged: the same object comes back. */
  change(id: string, change: (sms: Sms) => Sms): Promise<SmsChange | null>;
  /** Newest first. */
  list(filter: SmsFilter): Promise<readonly Sms[]>;
  /** Queued ones whose time has come, the longest waiting first. */
  due(now: Instant, limit: number): Promise<readonly Sms[]>;
  /** When the next one comes due, or null. */
  nextDueAt(): Promise<Instant | null>;
  queued(): Promise<readonly Sms[]>;
  /** Deletes what was written before that moment and is settled. */
  forget(before: Instant): Promise<void>;
  /** The part that was last taken under this name. */
  partOf(gatewayId: string): Promise<{ readonly smsId: string; readonly part: number } | null>;
}
