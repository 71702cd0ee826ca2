/**
 * Ids that survive a restart of the controller: everything that we create in Asterisk is named `<call id>~<rest>`, and a leg that
 * called in names its call: `c` + the channel's own unique id. So a call can be found from Asterisk alone.
 */
import type { CallId } from '../core/call/state.js';

/** The call that a channel, bridge or playback belongs to. */
export function callIdOf(id: string): CallId {
  const mark = id.indexOf('~');
  return mark < 0 ? `c${id}` : id.slice(0, mark);
}

/** Did we create it (or did it call in)? */
export function isOurs(id: string): boolean {
  return id.includes('~');
}
