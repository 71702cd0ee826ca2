// Says what is heard in recorded audio: which test tones when, silence, or anything else (music, speech). Pure.

/** Tones that stay apart in 20 ms of 8 kHz audio: multiples of 50 Hz, none another's double. */
export const TEST_TONES: readonly number[] = [450, 550, 650, 750, 850, 1050, 1250, 1450, 1650, 1850, 2050, 2250];

/** Signed 16-bit mono audio. */
export interface Audio {
  readonly samples: Int16Array;
  readonly sampleRate: number;
}

/** A stretch of time. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** A stretch of time in which one tone (the strongest), or none, was heard. */
export interface Segment extends Span {
  readonly hz: number | null;
}

interface Frame {
  /** Root mean square of the samples, 0 to 32767. */
  readonly level: number;
  /** The part of the energy, 0 to 1, that each tone has. */
  readonly share: ReadonlyMap<number, number>;
  /** The part that none of the tones explains. */
  readonly other: number;
}

const FRAME_MS = 20;
const HOP_MS = 5;
/** Quieter than this is silence: a-law's idle noise stays well below. */
const SILENCE_LEVEL = 40;
/** In a mix of four equal tones each has a quarter of the energy. */
const TONE_SHARE = 0.12;
/** Music is what the tones do not explain. */
const OTHER_SHARE = 0.5;
/** What is left when the test tones are taken away, as a level: a-law's and mu-law's noise beside loud tones stays below. */
const OTHER_LEVEL = 400;
/** A tone that stumbles leaves something for less than this; a conference's sounds last longer. */
const OTHER_MS = 100;
/** A tone in a timeline lasts at least one packet of audio. */
const PACKET_MS = 20;
/** A tone counts when it lasts this long: a note of music may have its frequency for less. */
const TONE_MS = 150;
/** Sound counts when it lasts this long: shorter is a click. */
const SOUND_MS = 60;

/** Goertzel: the energy of one frequency, as a part of the frame's own energy. */
export function toneShare(samples: Int16Array, hz: number, sampleRate: number): number {
  const turn = 2 * Math.cos((2 * Math.PI * hz) / sampleRate);
  let before = 0;
  let last = 0;
  let energy = 0;
  for (const sample of samples) {
    const now = sample + turn * last - before;
    before = last;
    last = now;
    energy += sample * sample;
  }
  if (energy === 0) return 0;
  const power = last * last + before * before - turn * last * before;
  return Math.min(1, (2 * power) / (samples.length * energy));
}

function level(samples: Int16Array): number {
  let energy = 0;
  for (const sample of samples) energy += sample * sample;
  return samples.length === 0 ? 0 : Math.sqrt(energy / samples.length);
}

function frames({ samples, sampleRate }: Audio, tones: readonly number[]): readonly Frame[] {
  const size = Math.round((sampleRate * FRAME_MS) / 1000);
  const hop = Math.round((sampleRate * HOP_MS) / 1000);
  const result: Frame[] = [];
  for (let start = 0; start + size <= samples.length; start += hop) {
    const part = samples.subarray(start, start + size);
    const loud = level(part);
    const share =
      loud < SILENCE_LEVEL ? [] : tones.map((hz): [number, number] => [hz, toneShare(part, hz, sampleRate)]);
    const other = 1 - share.reduce((sum, [, part]) => sum + part, 0);
    result.push({ level: loud, share: new Map(share), other });
  }
  return result;
}

// A note of music has one tone's frequency at times, with much else beside it.
const hasTone = (frame: Frame, hz: number): boolean =>
  (frame.share.get(hz) ?? 0) >= TONE_SHARE && frame.other < OTHER_SHARE;

/** The strongest of the tones in the frame. */
const strongest = (frame: Frame, tones: readonly number[]): number | null =>
  tones.reduce<number | null>((best, hz) => {
    if (!hasTone(frame, hz)) return best;
    return best !== null && (frame.share.get(best) ?? 0) >= (frame.share.get(hz) ?? 0) ? best : hz;
  }, null);

const lasts = ({ fromMs, toMs }: Span, ms: number): boolean => toMs - fromMs >= ms;

/** Neighbours of the same tone become one. */
function merged(segments: readonly Segment[]): readonly Segment[] {
  const result: Segment[] = [];
  for (const segment of segments) {
    const last = result.at(-1);
    if (last?.hz === segment.hz) result[result.length - 1] = { ...last, toMs: segment.toMs };
    else result.push(segment);
  }
  return result;
}

/** What was heard over a window of time. Times are exact to about 20 ms. */
export class Heard {
  readonly durationMs: number;
  readonly #frames: readonly Frame[];
  #allTones: readonly Frame[] | undefined;

  constructor(
    readonly audio: Audio,
    readonly candidates: readonly number[] = TEST_TONES,
  ) {
    this.#frames = frames(audio, candidates);
    this.durationMs = Math.round((audio.samples.length * 1000) / audio.sampleRate);
  }

  /** The test tones heard, lowest first. */
  get tones(): readonly number[] {
    return this.candidates.filter((hz) => this.hears(hz));
  }

  /** Whether the tone was heard at all (for at least 150 ms together). */
  hears(hz: number): boolean {
    return this.spans(hz).some((span) => lasts(span, TONE_MS));
  }

  /** When the tone was heard. */
  spans(hz: number): readonly Span[] {
    if (!this.candidates.includes(hz)) throw new Error(`${hz} Hz is not among the tones looked for`);
    return this.#spans((frame) => hasTone(frame, hz));
  }

  /** The longest time without the tone; the whole window when it was never heard. */
  gapMs(hz: number): number {
    return this.#longest((frame) => !hasTone(frame, hz));
  }

  /** The longest time of silence. */
  get silenceMs(): number {
    return this.#longest((frame) => frame.level < SILENCE_LEVEL);
  }

  /** Nothing to be heard, from first to last. */
  get silent(): boolean {
    return this.#spans((frame) => frame.level >= SILENCE_LEVEL).every(({ fromMs, toMs }) => toMs - fromMs < SOUND_MS);
  }

  /** For how long music or speech was heard: energy that is not one of the tones. */
  get otherMs(): number {
    const other = this.#spans((frame) => frame.level >= SILENCE_LEVEL && frame.other >= OTHER_SHARE);
    return other.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
  }

  /** Music (or speech) for a good part of the window. */
  get music(): boolean {
    return this.otherMs >= Math.max(SOUND_MS, this.durationMs / 4);
  }

  /** Which of the tones was heard when, and when none was; without a break from 0 to the end, exact to 5 ms. */
  timeline(tones: readonly number[] = this.candidates): readonly Segment[] {
    // Each frame stands for the time around its middle.
    const edge = (index: number): number => index * HOP_MS + (FRAME_MS - HOP_MS) / 2;
    const last = this.#frames.length - 1;
    const frames = this.#frames.map((frame, index) => ({
      hz: strongest(frame, tones),
      fromMs: index === 0 ? 0 : edge(index),
      toMs: index === last ? this.durationMs : edge(index + 1),
    }));
    const tonesOnly = merged(merged(frames).map((part) => (lasts(part, PACKET_MS) ? part : { ...part, hz: null })));
    // Where one tone follows another, a frame with a bit of each looks like neither.
    return merged(
      tonesOnly.map((part, index) => {
        const before = tonesOnly[index - 1];
        const between = part.hz === null && before && index < tonesOnly.length - 1;
        return between && !lasts(part, PACKET_MS / 2) ? { ...part, hz: before.hz } : part;
      }),
    );
  }

  /**
   * The longest time in which none of the tones was heard, between the first and the last hearing of any of them; the
   * whole window when none was ever heard. Exact to 10 ms.
   */
  longestGapMs(...tones: readonly number[]): number {
    const parts = this.timeline(tones.length > 0 ? tones : this.candidates);
    if (parts.every(({ hz }) => hz === null)) return this.durationMs;
    const between = parts.slice(
      parts.findIndex(({ hz }) => hz !== null),
      parts.findLastIndex(({ hz }) => hz !== null),
    );
    return between.reduce((gap, { hz, fromMs, toMs }) => (hz === null ? Math.max(gap, toMs - fromMs) : gap), 0);
  }

  /** Whether anything beside the test tones was heard, even under them: a conference's sound, a beep, music, speech. */
  get otherSound(): boolean {
    return this.otherSounds.length > 0;
  }

  /** When it was heard. */
  get otherSounds(): readonly Span[] {
    // All test tones are known tones, whichever were looked for.
    this.#allTones ??= frames(this.audio, TEST_TONES);
    const test = (frame: Frame): boolean => frame.level * Math.sqrt(Math.max(0, frame.other)) >= OTHER_LEVEL;
    return this.#spans(test, this.#allTones).filter((span) => lasts(span, OTHER_MS));
  }

  /** One line for a failed test's message. */
  toString(): string {
    const found = this.tones.map((hz) => `${hz} Hz (longest gap ${this.gapMs(hz)} ms)`);
    const rest = [this.music ? 'music or speech' : '', this.silent ? 'silence' : ''].filter(Boolean);
    return `${this.durationMs} ms of ${[...found, ...rest].join(', ') || 'nothing definite'}`;
  }

  #longest(test: (frame: Frame) => boolean): number {
    return this.#spans(test).reduce((longest, { fromMs, toMs }) => Math.max(longest, toMs - fromMs), 0);
  }

  #spans(test: (frame: Frame) => boolean, within = this.#frames): readonly Span[] {
    const spans: Span[] = [];
    let start = -1;
    for (const [index, frame] of [...within.map(test), false].entries()) {
      if (frame && start < 0) start = index;
      if (frame || start < 0) continue;
      // A run of n frames covers n - 1 hops and one whole frame.
      spans.push({ fromMs: start * HOP_MS, toMs: (index - 1) * HOP_MS + FRAME_MS });
      start = -1;
    }
    return spans;
  }
}
