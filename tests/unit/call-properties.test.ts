/** What holds for every call, whatever happens in whatever order: random commands, people and an Asterisk that is late or fails. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decide } from '../../src/core/call/decide.js';
import { observe } from '../../src/core/call/observe.js';
import { ANYTHING, type Anything } from '../support/call-actions.js';
import { CallRun } from '../support/call-run.js';
import { replayed } from '../support/call-story.js';

/** After every event the story itself checks: numbers without a gap, no leg in two conversations, none that has left. */
function ran({ beginning, actions }: Anything): CallRun {
  const run = new CallRun(beginning);
  for (const action of actions) run.perform(action);
  return run;
}

describe('whatever happens to a call', () => {
  test('nobody is left in silence, alone in a conversation, or with music in it, once Asterisk has done its part', () => {
    fc.assert(
      fc.property(ANYTHING, (anything) => ran(anything).settle()),
      { numRuns: 1500 },
    );
  });

  test('it ends when everybody has gone, and nothing of it remains in Asterisk', () => {
    fc.assert(
      fc.property(ANYTHING, (anything) => {
        const run = ran(anything);
        run.everybodyGoes();
        expect(run.story.call).toMatchObject({ phase: 'ended', legs: {} });
        expect([run.asterisk.legs.size, run.asterisk.conversations.size]).toEqual([0, 0]);
      }),
      { numRuns: 1500 },
    );
  });

  test('it ends at once when a supervisor ends it, and nothing of it remains in Asterisk', () => {
    fc.assert(
      fc.property(ANYTHING, (anything) => {
        const run = ran(anything);
        run.story.command({ type: 'end' });
        run.settle();
        expect(run.story.call).toMatchObject({ phase: 'ended', legs: {} });
        expect([run.asterisk.legs.size, run.asterisk.conversations.size]).toEqual([0, 0]);
      }),
    );
  });

  test('it is connected at most once and ends at most once, and after the end legs only leave', () => {
    fc.assert(
      fc.property(ANYTHING, (anything) => {
        const run = ran(anything);
        run.everybodyGoes();
        const types = run.story.events.map((event) => event.type);
        expect(types.filter((type) => type === 'call.connected').length).toBeLessThanOrEqual(1);
        expect(types.filter((type) => type === 'call.ended')).toHaveLength(1);
        const afterwards = types.slice(types.indexOf('call.ended') + 1);
        expect(afterwards.filter((type) => type !== 'leg.left')).toEqual([]);
      }),
    );
  });

  test('every offer fails or is taken, never both, never twice', () => {
    fc.assert(
      fc.property(ANYTHING, (anything) => {
        const run = ran(anything);
        run.everybodyGoes();
        const failed = run.story.bodies.flatMap((body) => (body.type === 'offer.failed' ? [body.offerId] : []));
        const offered = run.story.bodies.flatMap((body) => (body.type === 'call.offered' ? [body] : []));
        const answered = new Set(
          run.story.bodies.flatMap((body) => (body.type === 'leg.answered' ? [body.legId] : [])),
        );
        for (const offer of offered) {
          const taken = offer.legs.filter((leg) => answered.has(leg.id)).length;
          const failures = failed.filter((id) => id === offer.offerId).length;
          expect(taken + failures).toBe(1);
        }
      }),
    );
  });

  test('its stored events alone give the same state', () => {
    fc.assert(
      fc.property(ANYTHING, (anything) => {
        const { story } = ran(anything);
        expect(story.events.map((event) => event.seq)).toEqual(story.events.map((_event, index) => index + 1));
        expect(replayed(story.events)).toEqual(story.call);
      }),
    );
  });

  test('the sums at its end are never negative, and talk is only counted for a call that was connected', () => {
    fc.assert(
      fc.property(ANYTHING, (anything) => {
        const run = ran(anything);
        run.everybodyGoes();
        const end = run.story.bodies.find((body) => body.type === 'call.ended');
        const connected = run.story.bodies.some((body) => body.type === 'call.connected');
        expect(end?.waitedMs).toBeGreaterThanOrEqual(0);
        expect(end?.talkedMs).toBeGreaterThanOrEqual(0);
        if (!connected) expect(end?.talkedMs).toBe(0);
        expect(end?.outcome === 'answered').toBe(connected);
      }),
    );
  });

  test('a call that has ended refuses every command, and every fact but the leaving of a leg changes nothing', () => {
    fc.assert(
      fc.property(ANYTHING, ANYTHING, (anything, other) => {
        const run = ran(anything);
        run.everybodyGoes();
        const { call, now } = run.story;
        for (const action of other.actions) {
          if (action.kind === 'command') {
            expect(decide(call, action.command, now)).toMatchObject({ refused: 'callEnded' });
          }
          if (action.kind === 'foreign') expect(observe(call, action.fact, now)).toEqual([]);
        }
        expect(observe(call, { type: 'clock' }, now + 1e9)).toEqual([]);
      }),
    );
  });
});
