/** What of a call can be put into addresses of other systems. */

import type { Call } from '../../core/call/state.js';
import { filled, type TemplateFields } from '../../core/template.js';
import type { Callers } from '../contacts/callers.js';

export const CALL_FIELDS = [
  'call.id',
  'call.direction',
  'call.dialled',
  'caller.number',
  'caller.name',
  'contact.id',
  'contact.name',
  'queue.id',
  'queue.name',
] as const;

type CallFields = TemplateFields & Readonly<Record<(typeof CALL_FIELDS)[number], string>>;

export type KnowsContacts = Pick<Callers, 'contactOf'>;

/** `caller` is the party from outside: who called, or who is called. */
export function callFields(call: Call, queueName: string, callers: KnowsContacts): CallFields {
  const called = call.direction === 'outbound';
  const number = called ? call.dialled : call.from.number;
  const contact = callers.contactOf(number);
  return {
    'call.id': call.id,
    'call.direction': call.direction,
    'call.dialled': call.dialled,
    'caller.number': number,
    'caller.name': called ? '' : call.from.name,
    'contact.id': contact?.id ?? '',
    'contact.name': contact?.name ?? '',
    'queue.id': call.marks.queueId ?? '',
    'queue.name': queueName,
  };
}

const LONGEST_URL = 4_000;

/** Null where it comes out as no address for the web. A value can be no part of the path that leads elsewhere. */
export function webAddress(template: string, fields: TemplateFields): string | null {
  const written = filled(template, fields, (value) => (/^\.{1,2}$/.test(value) ? '' : encodeURIComponent(value)));
  if (written.length > LONGEST_URL || !URL.canParse(written)) return null;
  const url = new URL(written);
  return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
}
