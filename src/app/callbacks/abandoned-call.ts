/** A call that its caller gave up, as somebody may want to make a callback of it. */
import type { CallId } from '../../core/call/state.js';
import { isOver } from '../../core/callback/callback.js';
import { type Refusal, refuse } from '../../core/refusal.js';
import type { Viewer } from '../application.js';
import type { CallRecord } from '../history/filter.js';
import type { CallbacksPorts } from './callbacks.js';

export type AbandonedCall = Pick<CallRecord, 'id' | 'fromNumber' | 'fromName' | 'queueId'>;

/** Refused: not the viewer's to know, not abandoned, or the caller is to be called back for it already. */
export async function abandonedCall(
  { history, store, routing }: Pick<CallbacksPorts, 'history' | 'store' | 'routing'>,
  { agentId, role }: Viewer,
  callId: CallId,
): Promise<AbandonedCall | Refusal> {
  const record = (await history.call(callId))?.record;
  const memberships = routing().settings.membershipsOf.get(agentId) ?? [];
  const serves = memberships.some(({ queueId }) => queueId === record?.queueId);
  if (record === undefined || (role === 'agent' && !serves)) return refuse('notFound', 'There is no such call.');
  if (record.outcome !== 'abandoned' || record.fromNumber === '')
    return refuse('wrongState', 'No caller with a number gave up waiting in this call.');
  const others = await store.ofOrigin(record.fromNumber);
  const same = others.find((each) => !isOver(each) && each.origin?.callId === callId);
  if (same === undefined) return record;
  return refuse('alreadyExists', 'The caller is to be called back for it already.', { callbackId: same.id });
}
