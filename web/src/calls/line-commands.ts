/** The commands of a line's plain buttons and shortcuts: those that need nothing to be chosen. */
import { telephone } from '../parts/telephone.js';
import { act } from './acting.js';
import { customerOf, type Panel } from './lines.js';
import type { Joined } from './possible.js';

type Plain = 'hold' | 'mute' | 'hangUp' | 'record' | 'park' | 'moveToDevice' | 'coach';

/** Names what is under way, for its button. */
export function actKey(panel: Panel, what: string): string {
  return `${panel.key}/${what}`;
}

export function plainCommand(what: Plain, panel: Panel): { readonly name: string; readonly input: object } {
  const { callId, lineId, line } = panel;
  switch (what) {
    case 'hold':
      return { name: panel.heldSince === null ? 'call.hold' : 'call.resume', input: { callId, lineId } };
    case 'mute':
      return { name: panel.muted ? 'call.unmute' : 'call.mute', input: { callId } };
    case 'record': {
      const action = line.recording === 'yes' ? 'stop' : line.recording === 'paused' ? 'resume' : 'start';
      return { name: 'call.record', input: { callId, lineId, action } };
    }
    case 'moveToDevice':
      return { name: 'call.moveToDevice', input: { callId } };
    case 'coach':
      return { name: 'call.coach', input: { callId } };
    case 'hangUp':
    case 'park':
      return { name: `call.${what}`, input: { callId, lineId } };
  }
}

export function press(what: Plain, panel: Panel): Promise<string | null> {
  const { name, input } = plainCommand(what, panel);
  return act(actKey(panel, what), name, input);
}

/** Joins the parties of two lines, of one call or of two; the agent leaves, or stays with all of them. */
export function pressJoin(what: 'complete' | 'conference', panel: Panel, joined: Joined): Promise<string | null> {
  if (joined.reason !== null) return Promise.resolve(joined.reason);
  const { other } = joined;
  const sameCall = other.callId === panel.callId;
  const withOther = sameCall ? {} : { withCallId: other.callId };
  const { callId, lineId } = panel;
  const lines = { lineId, withLineId: other.lineId };
  return act(
    actKey(panel, what),
    `call.${what}`,
    what === 'complete' ? { callId, ...lines, ...withOther } : { callId, ...withOther },
  );
}

/** The name by which a party is spoken of. */
export function nameOf({ name, number }: { readonly name: string; readonly number: string }): string {
  return name === '' || name === number ? telephone(number) : name;
}

export function titleOf(panel: Panel): string {
  return nameOf(customerOf(panel) ?? panel.main);
}
