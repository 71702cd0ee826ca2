/** One attempt at a delivery. */
import type { WebClient } from '../integrations/web-client.js';
import type { Clock } from '../ports.js';
import { signature } from './signature.js';
import type { Webhook } from './store.js';

export interface Attempt {
  readonly id: string;
  readonly body: string;
  /** From 1. */
  readonly attempt: number;
}

/** `code` null: the receiver has it. `gone`: it says that it wants no more of it. */
export interface Posted {
  readonly status: number | null;
  readonly code: string | null;
  readonly gone: boolean;
}

const GONE = 410;
/** The answer's body is of no interest. */
const MOST_BYTES = 1_024;

export async function post(web: WebClient, clock: Clock, webhook: Webhook, attempt: Attempt): Promise<Posted> {
  const answer = await web.ask({
    url: webhook.url,
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'User-Agent': 'Ringmaster',
      'Ringmaster-Delivery': attempt.id,
      'Ringmaster-Attempt': String(attempt.attempt),
      'Ringmaster-Signature': signature(webhook.secret, attempt.body, clock.now()),
    },
    body: attempt.body,
    timeoutMs: webhook.timeoutMs,
    mostBytes: MOST_BYTES,
  });
  if (answer.kind === 'failed') return { status: null, code: answer.code, gone: false };
  const { status } = answer;
  const isTaken = status >= 200 && status <= 299;
  return { status, code: isTaken ? null : `http:${status}`, gone: status === GONE };
}
