/** Short messages over SMPP 3.4: each part is a submit_sm, with a receipt asked for. */
import type { Pdu } from 'smpp';
import type { OutgoingPart, Receipt, SmsGateway } from '../app/sms/gateway.js';
import type { Submission } from '../core/sms/sms.js';
import { concatenationHeader, octetsOf } from '../core/sms/text.js';
import { SmppLink, type SmppLinkOptions } from './smpp-link.js';
import { gatewayIdOf, isReceipt, type ReceiptIds, receiptOf } from './smpp-receipt.js';

export interface SmppOptions extends SmppLinkOptions {
  /** A number, or a name of up to 11 letters; empty: the SMSC's own choice. */
  readonly sender: string;
  /** Without an answer for so long nobody knows whether the SMSC took it. */
  readonly answerMs: number;
  readonly receiptIds: ReceiptIds;
}

/** System error, queue full, throttled, temporary error of the receiver: it was not taken, but may be later. */
const LATER: ReadonlySet<number> = new Set([0x08, 0x14, 0x58, 0x64]);
const UDH = 0x40;
const CODING = { gsm: 0x00, ucs2: 0x08 } as const;
const FINAL_RECEIPT = 0x01;
const NOT_CONNECTED: Submission = { kind: 'refused', code: 'notConnected', again: true };

export class SmppGateway implements SmsGateway {
  readonly takesWholeTexts = false;
  readonly #options: SmppOptions;
  readonly #link: SmppLink;
  /** What waits for an answer. */
  readonly #pending = new Set<(result: Submission) => void>();
  #received: (receipt: Receipt) => Promise<void> = async () => {};

  constructor(options: SmppOptions) {
    this.#options = options;
    this.#link = new SmppLink(options, {
      deliver: (pdu) => this.#delivered(pdu),
      lost: () => this.#unknown(),
    });
  }

  start(received: (receipt: Receipt) => Promise<void>): void {
    this.#received = received;
    this.#link.start();
  }

  problem(): string | null {
    return this.#link.session === null ? 'Short messages are not sent: there is no connection to the SMSC.' : null;
  }

  async stop(): Promise<void> {
    this.#unknown();
    this.#link.stop();
  }

  submit(part: OutgoingPart): Promise<Submission> {
    const { session } = this.#link;
    if (session === null) return Promise.resolve(NOT_CONNECTED);
    return new Promise((resolve) => {
      const answer = (result: Submission) => {
        clearTimeout(limit);
        this.#pending.delete(answer);
        resolve(result);
      };
      const limit = setTimeout(() => answer({ kind: 'unknown' }), this.#options.answerMs);
      this.#pending.add(answer);
      const written = session.submit_sm(this.#fieldsOf(part), (pdu) => answer(this.#judged(pdu)));
      if (!written) answer(NOT_CONNECTED);
    });
  }

  #fieldsOf({ number, text, coding, index, total, reference }: OutgoingPart) {
    const header = total > 1 ? concatenationHeader(reference, total, index) : [];
    const source = addressOf(this.#options.sender);
    const destination = addressOf(number);
    return {
      source_addr_ton: source.ton,
      source_addr_npi: source.npi,
      source_addr: source.address,
      dest_addr_ton: destination.ton,
      dest_addr_npi: destination.npi,
      destination_addr: destination.address,
      esm_class: total > 1 ? UDH : 0,
      registered_delivery: FINAL_RECEIPT,
      data_coding: CODING[coding],
      // As octets: the package would choose the alphabet of each part by itself.
      short_message: Buffer.from([...header, ...octetsOf(text, coding)]),
    };
  }

  #judged({ command_status: status, message_id }: Pdu): Submission {
    if (status !== 0) {
      return { kind: 'refused', code: `smpp:0x${status.toString(16).padStart(2, '0')}`, again: LATER.has(status) };
    }
    const named = message_id !== undefined && message_id !== '';
    return { kind: 'taken', gatewayId: named ? gatewayIdOf(message_id, this.#options.receiptIds) : null };
  }

  /** Customers' own messages are taken and put aside: there is no place for them yet. */
  async #delivered(pdu: Pdu): Promise<boolean> {
    const receipt = isReceipt(pdu) ? receiptOf(pdu, this.#options.receiptIds) : null;
    if (receipt !== null) await this.#received(receipt);
    return true;
  }

  #unknown(): void {
    for (const answer of [...this.#pending]) answer({ kind: 'unknown' });
  }
}

/** Type and plan of an address: international, alphanumeric, or as the SMSC sees fit. */
function addressOf(written: string): { readonly ton: number; readonly npi: number; readonly address: string } {
  if (written === '') return { ton: 0, npi: 0, address: '' };
  if (written.startsWith('+')) return { ton: 1, npi: 1, address: written.slice(1) };
  return /^[0-9]+$/.test(written) ? { ton: 0, npi: 1, address: written } : { ton: 5, npi: 0, address: written };
}
