/**
 * What a deliver_sm says of a message sent earlier (SMPP 3.4, appendix B): by its optional parameters where there are any, else by the
 * customary text `id:… stat:DELIVRD err:000 …`.
 */
import type { Pdu } from 'smpp';
import type { Receipt } from '../app/sms/gateway.js';

/** How receipts name a message: as submit_sm_resp did, or in decimal what it gave in hexadecimal. */
export type ReceiptIds = 'same' | 'decimal';

const RECEIPT_BITS = 0x3c;
const MC_DELIVERY_RECEIPT = 0x04;
/** Values of message_state in the order of their numbers (5.2.28). */
const STATES = ['SCHEDULED', 'ENROUTE', 'DELIVRD', 'EXPIRED', 'DELETED', 'UNDELIV', 'ACCEPTD', 'UNKNOWN', 'REJECTD'];
const FINAL_FAILURES: ReadonlySet<string> = new Set(['EXPIRED', 'DELETED', 'UNDELIV', 'REJECTD']);

export function isReceipt({ esm_class = 0 }: Pdu): boolean {
  return (esm_class & RECEIPT_BITS) === MC_DELIVERY_RECEIPT;
}

/** Null where it says nothing final, or nothing that can be read. */
export function receiptOf(pdu: Pdu, ids: ReceiptIds): Receipt | null {
  const message = pdu.short_message?.message ?? '';
  const text = typeof message === 'string' ? message : message.toString('latin1');
  const id = pdu.receipted_message_id ?? /\bid:\s*(\S+)/i.exec(text)?.[1];
  const told = pdu.message_state === undefined ? /\bstat:\s*(\w+)/i.exec(text)?.[1] : STATES[pdu.message_state];
  if (id === undefined || told === undefined) return null;
  const state = told.toUpperCase().slice(0, 7);
  const gatewayId = ids === 'decimal' && /^[0-9]{1,30}$/.test(id) ? BigInt(id).toString(16) : id;
  if (state === 'DELIVRD') return { gatewayId: gatewayIdOf(gatewayId, ids), code: null };
  if (!FINAL_FAILURES.has(state)) return null;
  const error = /\berr:\s*([0-9A-Za-z]{1,10})/i.exec(text)?.[1];
  return {
    gatewayId: gatewayIdOf(gatewayId, ids),
    code: error === undefined ? `receipt:${state}` : `receipt:${state}:${error}`,
  };
}

/** The id as we keep it, so that submit_sm_resp and receipt agree. */
export function gatewayIdOf(id: string, ids: ReceiptIds): string {
  return ids === 'same' ? id : id.toLowerCase().replace(/^0+(?=.)/, '');
}
