/** Effects that are one command to the call, and nothing else. */
import type { CallCommand } from '../../core/call/command.js';
import type { LineId } from '../../core/call/state.js';
import type { Effect } from '../../core/scenario/effect.js';

type Plain = Extract<Effect, { type: 'answer' | 'hush' | 'tag' | 'rate' }>;

export function isPlain(effect: Effect): effect is Plain {
  return ['answer', 'hush', 'tag', 'rate'].includes(effect.type);
}

export function commandOf(effect: Plain, lineId: LineId): CallCommand {
  switch (effect.type) {
    case 'answer':
      return { type: 'scriptAnswer', lineId };
    case 'hush':
      return { type: 'scriptHush', lineId };
    case 'tag':
      return { type: 'scriptTag', lineId, tag: effect.tag };
    case 'rate':
      return { type: 'scriptRate', lineId, score: effect.score };
  }
}
