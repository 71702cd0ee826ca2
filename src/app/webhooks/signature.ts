/** How a receiver knows that a delivery is ours, and not an old one sent again: a signature over time and body. */
import { createHmac } from 'node:crypto';
import type { Instant } from '../../core/call/state.js';

/** `t=<seconds since 1970>,v1=<HMAC-SHA256 of "t.body" in hexadecimal>` */
export function signature(secret: string, body: string, at: Instant): string {
  const t = Math.floor(at / 1_000);
  return `t=${t},v1=${createHmac('sha256', secret).update(`${t}.${body}`).digest('hex')}`;
}
