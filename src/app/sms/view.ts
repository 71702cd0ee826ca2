/** A short message as clients see it. */
import type { Sms } from '../../core/sms/sms.js';
import type { Change } from '../view.js';

export interface SmsView
  extends Pick<
    Sms,
    | 'id'
    | 'agentId'
    | 'callId'
    | 'templateId'
    | 'number'
    | 'text'
    | 'createdAt'
    | 'updatedAt'
    | 'state'
    | 'code'
    | 'attempts'
  > {
  /** As how many messages the network counts it. */
  readonly parts: number;
}

export function smsView(sms: Sms): SmsView {
  const { id, agentId, callId, templateId, number, text, createdAt, updatedAt, state, code, attempts, parts } = sms;
  const what = { id, agentId, callId, templateId, number, text };
  return { ...what, createdAt, updatedAt, state, code, attempts, parts: parts.length };
}

/** Its agent is told of it. */
export function smsChange(sms: Sms): Change {
  return { topic: 'sms', id: sms.id, view: smsView(sms), audience: { agentIds: [sms.agentId] } };
}
