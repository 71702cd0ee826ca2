/** What holds for the steps of every plan, from any picture to any wish. */
import { describe, expect, test } from '@jest/globals';
import { type Actual, plan } from '../../src/core/call/plan.js';
import { mayHear } from '../../src/core/call/step.js';
import { anyActual, anyWanted, carriedOut } from '../support/call-media.js';
import fc from '../support/properties.js';

/** Every leg that was asked for has come into being. */
function appeared(picture: Actual): Actual {
  const legs = [...picture.legs].map(
    ([id, leg]) => [id, leg.stage === 'dialledEarly' ? { ...leg, stage: 'dialled' as const } : leg] as const,
  );
  return { ...picture, legs: new Map(legs) };
}

function isUp({ legs }: Actual, legId: string): boolean {
  const leg = legs.get(legId);
  return leg !== undefined && mayHear(leg);
}

describe('for any picture and any wish', () => {
  test('once the steps are done there is nothing more to do', () => {
    fc.assert(
      fc.property(anyActual, anyWanted, (from, to) => {
        expect(plan(carriedOut(from, plan(from, to)), to)).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  test('once the steps are done nobody talks but those who should, and nobody else is left', () => {
    fc.assert(
      fc.property(anyActual, anyWanted, (from, to) => {
        // A new caller is answered only once the phones that are being made are there.
        const made = appeared(carriedOut(from, plan(from, to)));
        const done = carriedOut(made, plan(made, to));
        for (const id of done.conversations.keys()) expect(to.conversations.has(id)).toBe(true);
        for (const [id, leg] of done.legs) {
          const wish = to.legs.get(id);
          if (wish === undefined) expect(leg.releasing).toBe(true);
          else if (!leg.releasing && (leg.stage === 'up' || leg.stage === 'arrived')) {
            if (wish.hears.kind === 'coaching' && !isUp(made, wish.hears.agentLegId)) continue;
            const talks = wish.hears.kind === 'conversation' || wish.hears.kind === 'coaching';
            const talk = talks ? wish.hears.conversationId : null;
            expect(leg.conversationId).toBe(talk);
            if (talk !== null) expect(leg).toMatchObject({ music: null, announcementId: null, muted: wish.muted });
            if (wish.hears.kind === 'conversation') expect(leg.stage).toBe('up');
            if (wish.hears.kind === 'music') expect(leg.music).toBe(wish.hears.music);
            if (wish.hears.kind === 'announcement') expect(leg.announcementId).toBe(wish.hears.announcement.id);
            if (wish.hears.kind === 'ringing') expect(leg.ringing).toBe(true);
          }
        }
      }),
      { numRuns: 2000 },
    );
  });
});
