/** Callbacks of a running centre, agreed for this very minute, and what becomes of them. */
import type { CallbackRequest } from '../../src/app/callbacks/callbacks.js';
import { localTime } from '../../src/app/callbacks/wall-clock.js';
import type { Callback } from '../../src/core/callback/callback.js';
import type { TestCentre } from './centre.js';

/** Who is called back, and who agrees on it. */
export const CALLED_BACK = '79161234567';
export const AGREES = { agentId: 'a101', role: 'agent' } as const;
const ADMINISTRATOR = { agentId: 'admin', role: 'administrator' } as const;
const ZONE = 'Europe/Moscow';
const LIMIT_MS = 20_000;

/** The id of a new one for the queue; the time is the present one unless it is given. */
export async function dueCallback(centre: TestCentre, more: Partial<CallbackRequest> = {}): Promise<string> {
  const customer = { number: CALLED_BACK, name: 'Anna', clientCode: 'C-7' };
  const request = {
    ...{ ...customer, queueId: 'sales', local: localTime(Date.now(), ZONE), zone: ZONE },
    ...{ priority: 'medium' as const, ...more },
  };
  const { callback } = await centre.accepted(centre.centre.callbacks.schedule(AGREES, request));
  return callback.id;
}

/** Waits until it is so, whoever it belongs to by then. */
export async function callbackBecomes(
  centre: TestCentre,
  id: string,
  is: (callback: Callback) => boolean,
): Promise<Callback> {
  const deadline = Date.now() + LIMIT_MS;
  for (;;) {
    const callback = await centre.accepted(centre.centre.callbacks.get(ADMINISTRATOR, id));
    if (is(callback)) return callback;
    if (Date.now() > deadline) throw new Error(`the callback stays ${JSON.stringify(callback)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
