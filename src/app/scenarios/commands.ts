/** Effects that are one command to the call, and nothing else; and what a caller is promised. */
import type { CallCommand } from '../../core/call/command.js';
import { placeIn } from '../../core/call/onward.js';
import type { Call, Instant, LineId, Party } from '../../core/call/state.js';
import type { Effect } from '../../core/scenario/effect.js';
import type { PromisedCallback } from '../callbacks/callbacks.js';

type Plain = Extract<Effect, { type: 'answer' | 'hush' | 'takeBack' | 'tag' | 'rate' }>;

export function isPlain(effect: Effect): effect is Plain {
  return ['answer', 'hush', 'takeBack', 'tag', 'rate'].includes(effect.type);
}

export function commandOf(effect: Plain, lineId: LineId): CallCommand {
  switch (effect.type) {
    case 'answer':
      return { type: 'scriptAnswer', lineId };
    case 'hush':
      return { type: 'scriptHush', lineId };
    case 'takeBack':
      return { type: 'scriptTake', lineId, outcome: 'key' };
    case 'tag':
      return { type: 'scriptTag', lineId, tag: effect.tag };
    case 'rate':
      return { type: 'scriptRate', lineId, score: effect.score };
  }
}

/** Once more after a restart it is the same promise. */
export function promiseOf(
  { turn, number, queueId, priority }: Extract<Effect, { type: 'callback' }>,
  call: Call,
  { name }: Party,
  zone: string,
  now: Instant,
): PromisedCallback {
  const { id, from } = call;
  const origin = { callId: id, number: from.number };
  const place = placeIn(call, queueId, now);
  return { id: `${id}~promise${turn}`, origin, place, number, name, queueId, priority, zone };
}
