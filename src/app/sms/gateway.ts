/** Whoever takes short messages for the telephone network: a gateway as the outbox sees it. `src/outside` implements it. */
import type { Submission } from '../../core/sms/sms.js';
import type { SmsCoding } from '../../core/sms/text.js';

/** One part of a message, or the whole of it where the gateway takes messages whole. */
export interface OutgoingPart {
  readonly smsId: string;
  readonly number: string;
  readonly text: string;
  readonly coding: SmsCoding;
  readonly index: number;
  readonly total: number;
  readonly reference: number;
}

/** The network's word on a part; `code` null: it was delivered. */
export interface Receipt {
  readonly gatewayId: string;
  readonly code: string | null;
}

export interface SmsGateway {
  /** Does it take a long text as one, or is it to be given the parts? */
  readonly takesWholeTexts: boolean;
  /** Connects where there is something to connect. A receipt is confirmed to the network once `received` has resolved. */
  start(received: (receipt: Receipt) => Promise<void>): void;
  /** Never rejects, and always answers within a bounded time. */
  submit(part: OutgoingPart): Promise<Submission>;
  /** A sentence on what an administrator should mend, or null. */
  problem(): string | null;
  /** What is being submitted is answered `unknown`. */
  stop(): Promise<void>;
}
