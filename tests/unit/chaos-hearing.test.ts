/** The ear of scripts/chaos: what counts as silence, and what excuses it. */
import { describe, expect, test } from '@jest/globals';
import { Dice } from '../../chaos/dice.js';
import { longestRest, silences } from '../../chaos/hearing.js';
import { sine } from '../../lab/tone.js';

/** Seconds of tone (true) and of silence. */
function audio(...parts: readonly (readonly [boolean, number])[]) {
  const pieces = parts.map(([sounds, ms]) => sine(650, ms, sounds ? 8_000 : 0).samples);
  const samples = new Int16Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    samples.set(piece, at);
    at += piece.length;
  }
  return { samples, sampleRate: 8_000 };
}

describe('silence', () => {
  test('is found where it is, the longest first, also at the end', () => {
    const heard = audio([true, 1_000], [false, 500], [true, 1_000], [false, 2_500]);
    expect(silences(heard, 100)).toEqual([
      { from: 2_500, to: 5_000 },
      { from: 1_000, to: 1_500 },
    ]);
  });

  test('that is too short to count is none', () => {
    expect(silences(audio([true, 500], [false, 60], [true, 500]), 100)).toEqual([]);
  });
});

describe('what is left of a silence', () => {
  test('nothing excuses it: all of it', () => {
    expect(longestRest({ from: 1_000, to: 4_000 }, [])).toBe(3_000);
  });

  test('it began while nobody could act: what comes after', () => {
    expect(longestRest({ from: 1_000, to: 5_000 }, [{ from: 0, to: 2_000 }])).toBe(2_700);
  });

  test('it is excused as a whole', () => {
    expect(longestRest({ from: 1_000, to: 5_000 }, [{ from: 900, to: Number.POSITIVE_INFINITY }])).toBe(0);
  });

  test('two excuses leave what lies between them', () => {
    const excused = [
      { from: 8_000, to: 9_000 },
      { from: 0, to: 2_000 },
    ];
    expect(longestRest({ from: 0, to: 9_000 }, excused)).toBe(5_400);
  });
});

test('the same seed throws the same numbers, another one others', () => {
  const thrown = (seed: number) => {
    const dice = new Dice(seed);
    return Array.from({ length: 20 }, () => dice.between(0, 1_000));
  };
  expect(thrown(7)).toEqual(thrown(7));
  expect(thrown(7)).not.toEqual(thrown(8));
});
