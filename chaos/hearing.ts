/** What one customer hears, recorded by the phone from the answer to the end, and the silences in it. */
import type { Call } from '../lab/call.js';
import type { Listening } from '../lab/listening.js';
import type { Audio } from '../lab/tone-analysis.js';

const FRAME_MS = 20;
/** As the lab has it: a-law's idle noise stays well below. */
const SILENCE_LEVEL = 40;
/** Both clocks may be this far apart, and a phone takes a moment to be heard. */
const SLACK_MS = 300;

/** A stretch of time by this machine's clock, ms. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Stretches without any sound, longest first, in ms from the beginning. */
export function silences({ samples, sampleRate }: Audio, atLeastMs: number): readonly Span[] {
  const size = Math.round((sampleRate * FRAME_MS) / 1000);
  const found: Span[] = [];
  let begun: number | null = null;
  for (let start = 0; start <= samples.length; start += size) {
    const atMs = (start * 1000) / sampleRate;
    const quiet = start + size <= samples.length && isQuiet(samples, start, start + size);
    if (quiet) begun ??= atMs;
    else if (begun !== null) {
      if (atMs - begun >= atLeastMs) found.push({ from: begun, to: atMs });
      begun = null;
    }
  }
  return found.sort((one, other) => other.to - other.from - (one.to - one.from));
}

function isQuiet(samples: Int16Array, from: number, to: number): boolean {
  let energy = 0;
  for (let at = from; at < to; at += 1) energy += (samples[at] ?? 0) ** 2;
  return energy < SILENCE_LEVEL ** 2 * (to - from);
}

/** What is left of the stretch when others are taken away: the longest piece. */
export function longestRest(span: Span, excused: readonly Span[]): number {
  let longest = 0;
  let from = span.from;
  for (const { from: begin, to: end } of [...excused].sort((one, other) => one.from - other.from)) {
    longest = Math.max(longest, Math.min(begin - SLACK_MS, span.to) - from);
    from = Math.max(from, end + SLACK_MS);
  }
  return Math.max(longest, span.to - from);
}

export interface Hearing {
  /** The longest silence that nothing excuses. */
  readonly longestMs: number;
  readonly listenedMs: number;
  /** When it began, by this machine's clock. */
  readonly at: number;
}

/** One customer's ear. */
export class Ear {
  readonly #listening: Listening;
  readonly #begun: number;

  private constructor(listening: Listening, begun: number) {
    this.#listening = listening;
    this.#begun = begun;
  }

  static async on(call: Call): Promise<Ear> {
    const listening = await call.listen([]);
    return new Ear(listening, Date.now());
  }

  /** Ends it. `excused`: when nobody could have helped it. */
  async judged(excused: readonly Span[]): Promise<Hearing> {
    const { audio, durationMs } = await this.#listening.stop();
    let worst = { longestMs: 0, at: this.#begun };
    for (const { from, to } of silences(audio, FRAME_MS * 2)) {
      const span = { from: this.#begun + from, to: this.#begun + to };
      const longestMs = Math.max(0, Math.round(longestRest(span, excused)));
      if (longestMs > worst.longestMs) worst = { longestMs, at: span.from };
    }
    return { ...worst, listenedMs: durationMs };
  }
}
