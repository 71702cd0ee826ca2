/**
 * Whose card is shown: the customer of the conversation; while a colleague is asked the customer who waits; without a conversation who is
 * on the line held last, else whoever rings now. Pure.
 */
import type { CallView } from '../../../src/app/view.js';
import { customerOf, type Incoming, type Panel, presentOf } from '../calls/lines.js';

export interface Subject {
  readonly callId: string;
  readonly number: string;
  readonly name: string;
  readonly tags: readonly string[];
  readonly crm: CallView['crm'] | null;
}

export function subjectOf(
  panels: readonly Panel[],
  incoming: readonly Incoming[],
  calls: ReadonlyMap<string, CallView>,
): Subject | null {
  const panel = withCustomer(panels);
  if (panel !== null) {
    const { number, name } = customerOf(panel) ?? panel.main;
    return { callId: panel.callId, number, name, tags: panel.call.tags, crm: panel.call.crm };
  }
  const [ringing] = incoming;
  if (ringing === undefined) return null;
  const call = calls.get(ringing.callId);
  return {
    ...{ callId: ringing.callId, number: ringing.who.number, name: ringing.who.name },
    ...{ tags: call?.tags ?? [], crm: call?.crm ?? null },
  };
}

function withCustomer(panels: readonly Panel[]): Panel | null {
  const present = presentOf(panels);
  if (present === null || customerOf(present) !== null) return present;
  return presentOf(panels.filter((each) => customerOf(each) !== null)) ?? present;
}

/** A page can be shown in a frame only where the browser lets it: not a plain one within a protected one. */
export function mayBeFramed(url: string, ownProtocol: string): boolean {
  try {
    const { protocol } = new URL(url);
    return protocol === 'https:' || (protocol === 'http:' && ownProtocol === 'http:');
  } catch {
    return false;
  }
}
