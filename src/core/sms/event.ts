/** What has happened to a short message, in the past tense. */
import type { AgentId, CallId, Instant } from '../call/state.js';
import type { Sms, SmsState } from './sms.js';

/** Without the number and the text, which are the customer's: who may know them asks for the message. */
export interface SmsEvent {
  readonly type: `sms.${SmsState}`;
  readonly smsId: string;
  readonly agentId: AgentId;
  readonly callId: CallId | null;
  readonly templateId: string | null;
  /** Why it failed. */
  readonly code: string | null;
  readonly seq: number;
  readonly at: Instant;
  readonly v: 1;
}

/** The event that `after` stands for, where the state is another than before; `after` then has its number. */
export function smsEvent(before: Sms | null, after: Sms): { readonly sms: Sms; readonly event: SmsEvent | null } {
  if (before !== null && before.state === after.state) return { sms: after, event: null };
  const { id: smsId, agentId, callId, templateId, code, updatedAt: at } = after;
  const seq = after.seq + 1;
  return {
    sms: { ...after, seq },
    event: { type: `sms.${after.state}`, smsId, agentId, callId, templateId, code, seq, at, v: 1 },
  };
}
