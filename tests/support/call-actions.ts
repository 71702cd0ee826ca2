/** Anything that can happen to a call, at random: what is asked, what people do, what Asterisk does and tells. */
import fc from 'fast-check';
import type { Beginning, CallCommand, CallFact } from '../../src/core/call/command.js';
import type { CoachMode, HangUpRule, Onward, Target } from '../../src/core/call/state.js';
import { anyWish, type Wish } from './call-agent-commands.js';
import {
  agentTarget,
  annaClicks,
  annaDials,
  announcement,
  customerCalls,
  shopTarget,
  toQueue,
  toScript,
  toTarget,
} from './call-fixtures.js';

export type Action =
  | { readonly kind: 'command'; readonly command: CallCommand; readonly actsAtOnce: boolean }
  /** An agent asks for something: often one whose phone is up. */
  | { readonly kind: 'wish'; readonly wish: Wish; readonly pick: number; readonly actsAtOnce: boolean }
  /** An agent takes out or mutes somebody. */
  | {
      readonly kind: 'party';
      readonly does: 'remove' | 'mute' | 'unmute';
      readonly pick: number;
      readonly whom: number;
    }
  /** Somebody retrieves what is parked: an agent who has a leg in the call, or another one. */
  | { readonly kind: 'retrieve'; readonly pick: number; readonly target: Target; readonly own: boolean }
  /** Somebody picks up what rings a colleague. */
  | { readonly kind: 'pickUp'; readonly pick: number; readonly target: Target }
  /** The app looks after lines that wait for it: an agent to be rung again, or another destination. */
  | { readonly kind: 'lookAfter'; readonly attempt: number; readonly recalls: boolean; readonly onward: Onward }
  | { readonly kind: 'foreign'; readonly fact: CallFact }
  /** Something told long ago is told once more. */
  | { readonly kind: 'late'; readonly pick: number }
  | { readonly kind: 'carryOut'; readonly failing: boolean }
  | { readonly kind: 'tell'; readonly again: boolean; readonly actsAtOnce: boolean }
  | { readonly kind: 'time'; readonly ms: number }
  | {
      readonly kind: 'person';
      readonly does: 'rings' | 'picksUp' | 'hangsUp' | 'hearsItAll' | 'holds' | 'unholds' | 'stopsTape';
      readonly pick: number;
      readonly cause: number;
    }
  /** A trainer is called to somebody, changes who hears, or goes. */
  | {
      readonly kind: 'coach';
      readonly does: 'call' | 'mode' | 'stop';
      readonly mode: CoachMode;
      readonly target: Target;
      readonly pick: number;
    }
  | { readonly kind: 'settle' };

const AGENTS = ['anna', 'boris', 'clara'];
const agentId = fc.constantFrom(...AGENTS);
const pick = fc.nat({ max: 20 });
const rarely = fc.nat({ max: 9 }).map((dice) => dice === 0);

/** A new attempt is a new id: the attempt's number is drawn from so many that a repetition is as good as none. */
const target = fc
  .tuple(agentId, fc.integer({ min: 1, max: 2 }), fc.integer({ min: 2, max: 2 ** 40 }))
  .map(([id, devices, attempt]) => agentTarget(id, devices, attempt));

const shop = fc.integer({ min: 2, max: 2 ** 40 }).map(shopTarget);

/** Whom an agent asks: another agent, or an outside number. */
const asked = fc.oneof({ weight: 3, arbitrary: target }, { weight: 1, arbitrary: shop });

const onward: fc.Arbitrary<Onward> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .option(fc.integer({ min: 1000, max: 60_000 }), { nil: null })
      .map((maxWaitMs) => toQueue('sales', maxWaitMs)),
  },
  { weight: 1, arbitrary: target.map(toTarget) },
  { weight: 1, arbitrary: shop.map(toTarget) },
  { weight: 2, arbitrary: fc.constantFrom(null, 'script-music').map(toScript) },
);
const SAID = { items: [{ kind: 'sound', name: 'closed' }], timeoutMs: 20_000 } as const;
const anywhere: fc.Arbitrary<Onward> = fc.oneof(
  { weight: 4, arbitrary: onward },
  { weight: 1, arbitrary: fc.constantFrom<Onward>({ kind: 'nowhere', reason: 'fallback' }) },
  { weight: 1, arbitrary: fc.nat().map((id): Onward => ({ kind: 'say', announcementId: `s${id}`, ...SAID })) },
);

export const anyBeginning: fc.Arbitrary<Beginning> = fc.oneof(
  { weight: 3, arbitrary: onward.map(customerCalls) },
  { weight: 1, arbitrary: onward.map((where) => annaDials('internal', where)) },
  { weight: 1, arbitrary: onward.map((where) => annaDials('outbound', where)) },
  {
    weight: 2,
    arbitrary: fc.tuple(anywhere, fc.integer({ min: 1, max: 2 })).map(([where, devices]) => {
      return annaClicks('outbound', where, devices);
    }),
  },
);

const scriptCommand: fc.Arbitrary<CallCommand> = fc.oneof(
  fc.constant<CallCommand>({ type: 'scriptAnswer', lineId: 'c1~l1' }),
  fc.nat().map((id): CallCommand => ({ type: 'scriptSay', lineId: 'c1~l1', announcementId: `p${id}`, ...SAID })),
  fc.constant<CallCommand>({ type: 'scriptHush', lineId: 'c1~l1' }),
  fc
    .constantFrom(null, 'other-music')
    .map((music): CallCommand => ({ type: 'scriptStep', lineId: 'c1~l1', position: '{}', music })),
  fc.tuple(anywhere, fc.constantFrom('no', 'failure', 'after')).map(
    ([where, keep]): CallCommand => ({
      type: 'scriptGo',
      lineId: 'c1~l1',
      onward: where,
      keep,
      position: '{"step":"next"}',
    }),
  ),
  fc.constant<CallCommand>({ type: 'scriptTake', lineId: 'c1~l1', outcome: 'key' }),
);

const command: fc.Arbitrary<CallCommand> = fc.oneof(
  { weight: 10, arbitrary: scriptCommand },
  { weight: 16, arbitrary: target.map((each): CallCommand => ({ type: 'offer', target: each })) },
  { weight: 2, arbitrary: fc.constant<CallCommand>({ type: 'leaveQueue', reason: 'empty' }) },
  { weight: 3, arbitrary: anywhere.map((where): CallCommand => ({ type: 'moveOn', lineId: 'c1~l1', onward: where })) },
  { weight: 5, arbitrary: fc.nat().map((id) => announcement(`a${id}`)) },
  { weight: 1, arbitrary: agentId.map((id): CallCommand => ({ type: 'hangUp', agentId: id, lineId: null })) },
  {
    weight: 6,
    arbitrary: fc.tuple(agentId, fc.boolean()).map(([id, muted]): CallCommand => {
      return { type: 'setMuted', agentId: id, muted };
    }),
  },
  { weight: 1, arbitrary: fc.constant<CallCommand>({ type: 'end' }) },
);

const foreignLeg = fc.constantFrom('x', '', 'anna', 'caller2', 'constructor', '__proto__');
const foreignFact: fc.Arbitrary<CallFact> = fc.oneof(
  foreignLeg.map((legId): CallFact => ({ type: 'legRinging', legId })),
  foreignLeg.map((legId): CallFact => ({ type: 'legAnswered', legId })),
  fc.tuple(foreignLeg, fc.nat({ max: 130 })).map(([legId, cause]): CallFact => ({ type: 'legLeft', legId, cause })),
  fc.constant<CallFact>({ type: 'announcementEnded', announcementId: 'x' }),
  foreignLeg.map((legId): CallFact => ({ type: 'legHeld', legId, held: true })),
  fc.constant<CallFact>({ type: 'recordingEnded', name: 'x', outcome: 'failed', durationMs: null }),
);

export const anyAction: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('command' as const), command, actsAtOnce: fc.boolean() }),
  },
  {
    weight: 8,
    arbitrary: fc.record({ kind: fc.constant('wish' as const), wish: anyWish(asked), pick, actsAtOnce: fc.boolean() }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('party' as const),
      does: fc.constantFrom('remove', 'mute', 'unmute'),
      pick,
      whom: pick,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('pickUp' as const), pick, target }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('retrieve' as const), pick, target, own: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('lookAfter' as const),
      attempt: fc.integer({ min: 2, max: 2 ** 40 }),
      recalls: fc.boolean(),
      onward: anywhere,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('foreign' as const), fact: foreignFact }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('late' as const), pick: fc.nat({ max: 100 }) }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('carryOut' as const), failing: rarely }) },
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('tell' as const), again: rarely, actsAtOnce: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('time' as const), ms: fc.nat({ max: 8000 }) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('person' as const),
      does: fc.constantFrom(
        ...(['rings', 'picksUp', 'picksUp', 'picksUp', 'picksUp', 'picksUp', 'picksUp'] as const),
        ...(['hangsUp', 'hearsItAll', 'hearsItAll', 'holds', 'unholds', 'stopsTape'] as const),
      ),
      pick,
      cause: fc.constantFrom(0, 1, 16, 17, 19, 20, 21, 26, 127),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('coach' as const),
      does: fc.constantFrom('call' as const, 'call' as const, 'mode' as const, 'mode' as const, 'stop' as const),
      mode: fc.constantFrom('listen' as const, 'whisper' as const, 'whisper' as const, 'barge' as const),
      target,
      pick,
    }),
  },
  { weight: 6, arbitrary: fc.constant<Action>({ kind: 'settle' }) },
);

export interface Anything {
  readonly beginning: Beginning;
  readonly hangUpRule: HangUpRule;
  /** What happens happens to people who talk already. */
  readonly talks: boolean;
  readonly actions: readonly Action[];
}

export const ANYTHING: fc.Arbitrary<Anything> = fc.record({
  beginning: anyBeginning,
  hangUpRule: fc.constantFrom('recall', 'complete'),
  talks: fc.integer({ min: 0, max: 3 }).map((dice) => dice > 0),
  actions: fc.array(anyAction, { maxLength: 50, size: 'max' }),
});
