/**
 * A short message on its way out, part by part. Nothing is handed to the gateway before it is written that it will be, so that a part
 * is never handed over twice unless the gateway has said that it did not take it.
 *
 *   part:  waiting ─► submitting ─┬─ taken ──────────────► sent ─┬─ receipt ─► delivered
 *             ▲                   ├─ refused for now ─┐          └─ receipt ─► failed
 *             └───────────────────┼───────────────────┘
 *                                 ├─ refused for good ─► failed
 *                                 └─ nobody knows (no answer, cut off, service killed) ─► failed `unconfirmed`
 *
 * The message is queued until all its parts are sent, delivered when all are delivered, failed as soon as one has failed.
 */
import type { AgentId, CallId, Instant } from '../call/state.js';

export type SmsState = 'queued' | 'sent' | 'delivered' | 'failed';

export interface SmsPart {
  readonly state: 'waiting' | 'submitting' | 'sent' | 'delivered' | 'failed';
  /** As the gateway names it in receipts; null until taken, and where it gives none. */
  readonly gatewayId: string | null;
}

export interface Sms {
  readonly id: string;
  readonly agentId: AgentId;
  readonly callId: CallId | null;
  readonly templateId: string | null;
  readonly number: string;
  readonly text: string;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly state: SmsState;
  /** Why it failed, or why it was not sent at the last attempt; null otherwise. */
  readonly code: string | null;
  /** How often the gateway has been asked in vain. */
  readonly attempts: number;
  /** When it is tried next; null: not any more. */
  readonly dueAt: Instant | null;
  /** After that it is not tried again. */
  readonly expiresAt: Instant;
  /** Joins its parts on the receiving phone. */
  readonly reference: number;
  readonly parts: readonly SmsPart[];
  /** Number of events it has had. */
  readonly seq: number;
}

/** What the gateway says of one part. */
export type Submission =
  | { readonly kind: 'taken'; readonly gatewayId: string | null }
  /** Not taken. `again`: it may be taken later. */
  | { readonly kind: 'refused'; readonly code: string; readonly again: boolean }
  /** It may have been taken or not. */
  | { readonly kind: 'unknown' };

export const UNCONFIRMED = 'unconfirmed';
const FIRST_RETRY_MS = 5_000;
const LONGEST_RETRY_MS = 600_000;

/** How long to wait after so many attempts in vain. */
export function retryDelayMs(attempts: number): number {
  return Math.min(FIRST_RETRY_MS * 2 ** Math.min(attempts - 1, 20), LONGEST_RETRY_MS);
}

/** The next part to be handed over, or -1: one after the other. */
export function nextPart(sms: Sms): number {
  if (sms.state !== 'queued' || sms.parts.some(({ state }) => state === 'submitting')) return -1;
  return sms.parts.findIndex(({ state }) => state === 'waiting');
}

/** Written before the part is handed over. */
export function submitting(sms: Sms, part: number): Sms {
  return withPart(sms, part, { state: 'submitting', gatewayId: null });
}

/** A part was submitted; nothing changes where it was not being submitted. */
export function submitted(sms: Sms, part: number, result: Submission, now: Instant): Sms {
  if (sms.parts[part]?.state !== 'submitting') return sms;
  switch (result.kind) {
    case 'taken':
      return settled(withPart(sms, part, { state: 'sent', gatewayId: result.gatewayId }), null, now);
    case 'unknown':
      return settled(withPart(sms, part, { state: 'failed', gatewayId: null }), UNCONFIRMED, now);
    case 'refused': {
      const attempts = sms.attempts + 1;
      const dueAt = now + retryDelayMs(attempts);
      if (!result.again || dueAt > sms.expiresAt)
        return settled(withPart({ ...sms, attempts }, part, { state: 'failed', gatewayId: null }), result.code, now);
      const waiting = withPart(sms, part, { state: 'waiting', gatewayId: null });
      return { ...waiting, attempts, dueAt, code: result.code, updatedAt: now };
    }
  }
}

/** The service ended while a part was being submitted: nobody knows what became of it. */
export function interrupted(sms: Sms, now: Instant): Sms {
  const part = sms.parts.findIndex(({ state }) => state === 'submitting');
  return part < 0 ? sms : submitted(sms, part, { kind: 'unknown' }, now);
}

/** It could not be sent in time: the service was away. */
export function expired(sms: Sms, now: Instant): Sms {
  return sms.state === 'queued' ? { ...sms, state: 'failed', code: 'expired', dueAt: null, updatedAt: now } : sms;
}

/** The network's word on a part that was sent; a second one for the same part changes nothing. */
export function receipted(sms: Sms, part: number, code: string | null, now: Instant): Sms {
  if (sms.parts[part]?.state !== 'sent') return sms;
  const gatewayId = sms.parts[part].gatewayId;
  return settled(withPart(sms, part, { state: code === null ? 'delivered' : 'failed', gatewayId }), code, now);
}

function withPart(sms: Sms, index: number, part: SmsPart): Sms {
  return { ...sms, parts: sms.parts.map((each, at) => (at === index ? part : each)) };
}

function settled(sms: Sms, code: string | null, now: Instant): Sms {
  if (sms.state === 'failed') return sms;
  const all = (...states: readonly SmsPart['state'][]) => sms.parts.every(({ state }) => states.includes(state));
  if (sms.parts.some(({ state }) => state === 'failed')) {
    return { ...sms, state: 'failed', code, dueAt: null, updatedAt: now };
  }
  const state = all('delivered') ? 'delivered' : all('sent', 'delivered') ? 'sent' : 'queued';
  return { ...sms, state, code: null, dueAt: state === 'queued' ? sms.dueAt : null, updatedAt: now };
}
