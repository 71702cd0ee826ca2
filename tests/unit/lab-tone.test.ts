// The lab's ear: tones, gaps, silence and music told apart in known audio.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { mix, parseWav, readWav, sine, wavFile, writeMusic } from '../../lab/tone.js';
import { type Audio, Heard, TEST_TONES, toneShare } from '../../lab/tone-analysis.js';

const RATE = 8_000;
const silence = (durationMs: number): Audio => ({
  samples: new Int16Array((durationMs * RATE) / 1000),
  sampleRate: RATE,
});
const inTurn = (...parts: readonly Audio[]): Audio => ({
  samples: Int16Array.from(parts.flatMap((part) => [...part.samples])),
  sampleRate: RATE,
});
/** Noise that is the same in every run. */
const noise = (durationMs: number): Audio => {
  let seed = 12_345;
  const samples = Int16Array.from({ length: (durationMs * RATE) / 1000 }, () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return (seed / 2_147_483_648 - 0.5) * 12_000;
  });
  return { samples, sampleRate: RATE };
};

describe('what a phone hears', () => {
  test.each(TEST_TONES)('a steady tone of %i Hz is heard, and no other', (hz) => {
    const heard = new Heard(sine(hz, 500));
    expect(heard.tones).toEqual([hz]);
    expect(heard.gapMs(hz)).toBe(0);
    expect(heard.silent).toBe(false);
    expect(heard.music).toBe(false);
  });

  test('two people who speak at once are both heard', () => {
    expect(new Heard(mix(sine(650, 400), sine(1_250, 400))).tones).toEqual([650, 1_250]);
  });

  test('four people in a conference are all heard', () => {
    const tones = [450, 850, 1_450, 2_250];
    expect(new Heard(mix(silence(400), ...tones.map((hz) => sine(hz, 400)))).tones).toEqual(tones);
  });

  test.each([40, 100, 250, 1_000])('a gap of %i ms is measured to 20 ms', (gapMs) => {
    const heard = new Heard(inTurn(sine(650, 300), silence(gapMs), sine(650, 300)));
    expect(Math.abs(heard.gapMs(650) - gapMs)).toBeLessThanOrEqual(20);
  });

  test('a tone that begins late is heard from then on', () => {
    const [span] = new Heard(inTurn(silence(200), sine(850, 300))).spans(850);
    expect(Math.abs((span?.fromMs ?? 0) - 200)).toBeLessThanOrEqual(20);
    expect(Math.abs((span?.toMs ?? 0) - 500)).toBeLessThanOrEqual(20);
  });

  test('the gap of a tone never heard is the whole time', () => {
    expect(new Heard(silence(500)).gapMs(450)).toBe(500);
  });

  test('silence is silence', () => {
    const heard = new Heard(silence(500));
    expect(heard.silent).toBe(true);
    expect(heard.silenceMs).toBe(500);
    expect(heard.music).toBe(false);
    expect(heard.tones).toEqual([]);
  });

  test('a click does not end the silence', () => {
    expect(new Heard(inTurn(silence(300), sine(650, 20), silence(300))).silent).toBe(true);
  });

  test('broadband sound is music, and none of the tones', () => {
    const heard = new Heard(noise(1_000));
    expect(heard.music).toBe(true);
    expect(heard.tones).toEqual([]);
  });

  test('a tone of another frequency is not taken for a test tone', () => {
    expect(new Heard(sine(950, 500)).tones).toEqual([]);
  });

  test('asking for a tone that was not looked for is an error, not a silent no', () => {
    expect(() => new Heard(silence(100)).hears(951)).toThrow('951 Hz is not among the tones');
  });

  test('audio shorter than a frame holds nothing', () => {
    expect(new Heard(sine(650, 10)).tones).toEqual([]);
    expect(toneShare(new Int16Array(0), 650, RATE)).toBe(0);
  });
});

describe('the timeline', () => {
  test('says which tone was heard when, and when none was', () => {
    const heard = new Heard(inTurn(silence(200), sine(650, 300), silence(100), sine(650, 100), sine(1_250, 300)));
    const edges = [0, 200, 500, 600, 700, 1_000];
    const timeline = heard.timeline();
    expect(timeline.map(({ hz }) => hz)).toEqual([null, 650, null, 650, 1_250]);
    for (const [index, { fromMs, toMs }] of timeline.entries()) {
      expect(Math.abs(fromMs - (edges[index] ?? 0))).toBeLessThanOrEqual(5);
      expect(Math.abs(toMs - (edges[index + 1] ?? 0))).toBeLessThanOrEqual(5);
    }
    expect(heard.timeline([1_250]).map(({ hz }) => hz)).toEqual([null, 1_250]);
  });

  test('shows the strongest of those who speak at once', () => {
    expect(new Heard(mix(sine(650, 300, 8_000), sine(1_250, 300, 4_000))).timeline()).toEqual([
      { hz: 650, fromMs: 0, toMs: 300 },
    ]);
  });

  test('takes less than a packet of a tone for none', () => {
    const heard = new Heard(inTurn(silence(200), sine(650, 15), silence(200)));
    expect(heard.timeline()).toEqual([{ hz: null, fromMs: 0, toMs: 415 }]);
  });

  test('of nothing is empty', () => {
    expect(new Heard(silence(0)).timeline()).toEqual([]);
  });
});

describe('the longest gap of several tones', () => {
  test.each([15, 20, 33, 60, 250])('of %i ms is measured to 10 ms', (gapMs) => {
    const heard = new Heard(inTurn(silence(500), sine(650, 300), silence(gapMs), sine(1_250, 300), silence(500)));
    expect(Math.abs(heard.longestGapMs(650, 1_250) - gapMs)).toBeLessThanOrEqual(10);
  });

  test('is nothing when one tone takes over from the other', () => {
    const heard = new Heard(inTurn(silence(500), sine(650, 300), sine(1_250, 300)));
    expect(heard.longestGapMs(650, 1_250)).toBeLessThanOrEqual(5);
    expect(heard.longestGapMs()).toBeLessThanOrEqual(5);
  });

  test('counts music as a gap, and a third tone unless it is asked for', () => {
    const heard = new Heard(inTurn(sine(650, 300), noise(200), sine(850, 300), sine(650, 300)));
    expect(Math.abs(heard.longestGapMs(650) - 500)).toBeLessThanOrEqual(10);
    expect(Math.abs(heard.longestGapMs(650, 850) - 200)).toBeLessThanOrEqual(10);
  });

  test('is the whole time when none was ever heard', () => {
    expect(new Heard(silence(300)).longestGapMs(650, 850)).toBe(300);
  });
});

describe('other sounds', () => {
  const beep = mix(silence(1_000), inTurn(silence(400), sine(1_000, 250, 3_000), silence(350)));

  test('none in silence, in tones together, or when a tone comes and goes', () => {
    const tones = mix(silence(400), ...[450, 850, 1_450, 2_250].map((hz) => sine(hz, 400)));
    for (const audio of [silence(400), tones, inTurn(sine(650, 100), silence(30), sine(650, 100), sine(1_250, 100))]) {
      expect(new Heard(audio).otherSound).toBe(false);
    }
  });

  test('a beep is one, alone and under voices', () => {
    for (const audio of [beep, mix(beep, sine(650, 1_000), sine(1_250, 1_000))]) {
      const [span] = new Heard(audio).otherSounds;
      expect(Math.abs((span?.fromMs ?? 0) - 400)).toBeLessThanOrEqual(20);
      expect(Math.abs((span?.toMs ?? 0) - 650)).toBeLessThanOrEqual(20);
    }
  });

  test('a test tone is none, even when it was not looked for', () => {
    expect(new Heard(sine(850, 400), [650]).otherSound).toBe(false);
  });

  test('music and noise are', () => {
    expect(new Heard(noise(400)).otherSound).toBe(true);
  });
});

test('the hold music is music from its first moment, and none of the tones', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lab-tone-'));
  const heard = new Heard(await readWav(join(await writeMusic(folder), 'chord.wav')));
  await rm(folder, { recursive: true });
  expect(heard.otherMs).toBe(heard.durationMs);
  expect(heard.tones).toEqual([]);
});

describe('wav files', () => {
  test('what is written is read back', () => {
    const audio = sine(1_250, 100);
    expect(parseWav(wavFile(audio))).toEqual(audio);
  });

  test('a recording cut short has no size in its header, and is read all the same', () => {
    const file = wavFile(sine(1_250, 100));
    file.writeUInt32LE(0, 4);
    file.writeUInt32LE(0, 40);
    expect(parseWav(file).samples).toHaveLength(800);
  });

  test('anything else is refused', () => {
    expect(() => parseWav(Buffer.from('nonsense'))).toThrow('not a wav file');
  });
});
