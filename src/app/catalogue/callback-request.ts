/** What a callback is to be, from what was given: what is left out is taken from a call. */
import type { z } from 'zod';
import { isRefusal, type Refusal, refuse } from '../../core/refusal.js';
import type { Application, Viewer } from '../application.js';
import type { CallbackRequest } from '../callbacks/callbacks.js';
import { localTime } from '../callbacks/wall-clock.js';
import { customerOf } from '../sms/recipient.js';
import type { toSchedule } from './callback-schema.js';
import { MINUTE_MS } from './schema.js';

const NO_NUMBER = refuse('invalidInput', 'There is no call whose customer could be meant: give a number.', {
  field: 'number',
});

type ToSchedule = z.output<typeof toSchedule>;

/** What is left out is the abandoned call's, or the present customer's. */
export async function callbackRequest(
  application: Application,
  viewer: Viewer,
  { callId, local, zone: given, inMinutes, ...rest }: ToSchedule,
): Promise<CallbackRequest | Refusal> {
  const when = timeOf(application, local, given, inMinutes);
  if (isRefusal(when)) return when;
  const input = { ...rest, ...when };
  if (callId === undefined) return ofPresentCustomer(application, viewer, input);
  const call = await application.callbacks.abandonedCall(viewer, callId);
  if (isRefusal(call)) return call;
  const { id: of, fromNumber, fromName, queueId } = call;
  const left = { number: fromNumber, name: fromName, queueId };
  const told = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  return { ...input, ...left, ...told, origin: { callId: of, number: fromNumber } };
}

type When = Pick<CallbackRequest, 'local' | 'zone' | 'at'>;

/** The clock there is told, or how many minutes from now. */
function timeOf(
  application: Application,
  local: string | undefined,
  given: string | undefined,
  inMinutes: number | undefined,
): When | Refusal {
  if ((local === undefined) === (inMinutes === undefined))
    return refuse('invalidInput', 'Either `local` or `inMinutes` must be given.', { field: 'local' });
  if (inMinutes !== undefined) {
    const there = given ?? application.configuration().centre.timeZone;
    const at = application.now() + inMinutes * MINUTE_MS;
    return { local: localTime(at, there), zone: there, at };
  }
  if (local === undefined || given === undefined)
    return refuse('invalidInput', 'With `local` the time zone must be given.', { field: 'zone' });
  return { local, zone: given };
}

function ofPresentCustomer(
  application: Application,
  viewer: Viewer,
  { number, name, queueId = null, ...rest }: Omit<ToSchedule, 'callId' | 'local' | 'zone' | 'inMinutes'> & When,
): CallbackRequest | Refusal {
  const { callIds = [] } = application.views.agent(viewer.agentId) ?? {};
  const call = application.views.call(callIds.at(-1) ?? '');
  const customer = call === null ? null : customerOf(call, viewer.agentId);
  const called = number ?? customer?.number;
  if (called === undefined) return NO_NUMBER;
  return { ...rest, queueId, number: called, name: name ?? (number === undefined ? (customer?.name ?? '') : '') };
}
