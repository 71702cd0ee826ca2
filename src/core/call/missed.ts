/** What happened to a call while nobody listened, told from what Asterisk has now: facts as if they had been heard. */
import { afterFact, afterStep } from './actual.js';
import type { CallFact } from './command.js';
import { isInDoubt } from './machine.js';
import { type Actual, NOTHING_YET } from './plan.js';
import { type Call, type Instant, type LegId, linesOf } from './state.js';

/**
 * `before` is the picture until now, `now` what Asterisk, started at `startedAt`, really has: nothing of a call that is older than
 * itself, and then nobody hung up. The clock comes last: deadlines may have passed meanwhile.
 */
export function missedFacts(
  call: Call,
  before: Actual,
  now: Actual,
  startedAt: Instant | null = null,
): readonly CallFact[] {
  if (now.legs.size === 0 && startedAt !== null && call.startedAt < startedAt) return [{ type: 'phonesRestarted' }];
  const legs = Object.values(call.legs);
  const rings = legs.filter((leg) => leg.phase === 'dialling' && now.legs.get(leg.id)?.stage === 'rings');
  const answered = legs.filter((leg) => leg.phase !== 'leaving' && now.legs.get(leg.id)?.stage === 'up');
  // A leg that is still to be dialled was never there: only one that was is lost.
  const lost = legs.filter((leg) => !now.legs.has(leg.id) && (leg.phase !== 'dialling' || before.legs.has(leg.id)));
  // Whoever listened is gone, and what was found out was not heard of. Once more, in the middle of the talk, would find a machine.
  const wasHeardOut = (id: LegId) => now.legs.get(id)?.detecting === false && before.legs.get(id)?.detecting !== false;
  const unsure = legs.filter((leg) => isInDoubt(leg) && wasHeardOut(leg.id));
  return [
    ...unsure.map(({ id }): CallFact => ({ type: 'legDetected', legId: id, by: 'unsure' })),
    ...rings.map(({ id }): CallFact => ({ type: 'legRinging', legId: id })),
    ...answered.map(({ id }): CallFact => ({ type: 'legAnswered', legId: id })),
    ...lost.map(({ id }): CallFact => ({ type: 'legLeft', legId: id, cause: 0 })),
    { type: 'clock' },
  ];
}

/**
 * What an earlier controller left running for parties in scripts. Whoever leads them begins the step anew, so what was being said, or the
 * music between, must be known to be ended; for everybody else the plan says the same again.
 */
export function leftBehind(call: Call | null): Actual {
  let actual = NOTHING_YET;
  if (call === null) return actual;
  for (const { script, members, announcement } of linesOf(call)) {
    if (script?.active !== true) continue;
    for (const { legId } of members) {
      const stage = call.legs[legId]?.phase;
      if (stage !== 'up' && stage !== 'arrived') continue;
      actual = afterFact(actual, { type: 'legThere', legId, stage });
      const { language } = call;
      if (announcement !== null) actual = afterStep(actual, { type: 'announce', legId, announcement, language });
      else if (script.music !== null) actual = afterStep(actual, { type: 'startMusic', legId, music: script.music });
    }
  }
  return actual;
}
