/** What the phone needs of SIP and of the service's word about it; pure. */
import type { PhoneFailure } from './phone.js';

export type { PhoneCredentials } from '../../../src/app/browser-phone/credentials.js';

const LONGEST_MS = 10_000;

/** Before an attempt, beside the second that JsSIP waits: none at first, then more and more. */
export function backoffMs(failures: number): number {
  return failures < 2 ? 0 : Math.min(500 * 2 ** (failures - 2), LONGEST_MS);
}

/** A refusal of the service after which asking again is in vain; null: it may do at another time. */
export function failureOf(code: string): PhoneFailure | null {
  if (code === 'noDevice') return 'noDevice';
  if (code === 'notLoggedIn' || code === 'unauthenticated') return 'ended';
  return code === 'forbidden' ? 'refused' : null;
}

/** What the service says by closing: see src/http/phone-door.ts. */
export function failureOfClose(code: number): PhoneFailure | null {
  if (code === 4001) return 'takenOver';
  return code === 4002 ? 'ended' : null;
}

const PING = 'ringmaster-ping';
let sequence = 0;

/** A request that any SIP server answers, with whatever status. */
export function pingMessage(): string {
  sequence += 1;
  return [
    'OPTIONS sip:ringmaster SIP/2.0',
    `Via: SIP/2.0/WS ${PING}.invalid;branch=z9hG4bK${PING}${sequence}`,
    'Max-Forwards: 70',
    'To: <sip:ringmaster>',
    `From: <sip:${PING}@ringmaster>;tag=${PING}`,
    `Call-ID: ${PING}`,
    `CSeq: ${sequence} OPTIONS`,
    'Content-Length: 0',
    '\r\n',
  ].join('\r\n');
}

/** The answer to it, which is nobody else's matter. */
export function isPong(message: string): boolean {
  return message.startsWith('SIP/2.0 ') && /^(?:Call-ID|i) *: *ringmaster-ping *$/im.test(message);
}

/** Is the phone asked to answer by itself? Call-Info (RFC 3261 with answer-after), or Alert-Info as desk phones know it. */
export function answersItself(callInfo: string | undefined, alertInfo: string | undefined): boolean {
  return /answer-after *= *0\b/i.test(callInfo ?? '') || /alert-?auto-?answer/i.test(alertInfo ?? '');
}
