/** Telling one recording from another by what was heard. */
import { expect, test } from '@jest/globals';
import type { Audio } from '../../lab/tone-analysis.js';
import { likeness } from '../support/spoken.js';

const RATE = 8_000;

/** A made-up voice: a tone that wanders, with pauses; another seed is another voice. */
function voice(seed: number, seconds = 1.5): Audio {
  let turn = 0;
  const samples = Int16Array.from({ length: RATE * seconds }, (_, i) => {
    const t = i / RATE;
    turn += (2 * Math.PI * (300 + 200 * Math.sin(seed * t * 5) + 60 * Math.sin(seed * 31 * t))) / RATE;
    return Math.round(6_000 * Math.max(0, Math.sin(4 * t + seed)) * Math.sin(turn));
  });
  return { samples, sampleRate: RATE };
}

/** As a phone hears it: later, quieter, and with a little noise. */
function heard({ samples }: Audio): Audio {
  const late = 3_333;
  const all = Int16Array.from({ length: samples.length + 2 * late }, (_, i) =>
    Math.round((samples[i - late] ?? 0) / 2 + ((i * 7_919) % 61) - 30),
  );
  return { samples: all, sampleRate: RATE };
}

test('a recording is known again, later and quieter; another one, or silence, is not taken for it', () => {
  expect(likeness(heard(voice(1)), voice(1))).toBeGreaterThan(0.95);
  expect(likeness(heard(voice(2)), voice(1))).toBeLessThan(0.7);
  expect(likeness({ samples: new Int16Array(RATE), sampleRate: RATE }, voice(1))).toBe(0);
});
