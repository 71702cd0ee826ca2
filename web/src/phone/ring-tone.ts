/** The ring tone: made here, so there is nothing to load; pure. */
export const RATE = 16_000;
/** A second of two tones, three of silence. */
export const PERIOD_S = 4;
const TONE_S = 1;
const LOW_HZ = 425;
const HIGH_HZ = 850;

/** One period, −1 to 1; it begins and ends softly. */
export function ringSamples(rate = RATE): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(PERIOD_S * rate);
  for (let at = 0; at < TONE_S * rate; at += 1) {
    const seconds = at / rate;
    const edge = Math.min(1, seconds / 0.05, (TONE_S - seconds) / 0.05);
    const trill = 0.75 + 0.25 * Math.sin(2 * Math.PI * 20 * seconds);
    const tone = Math.sin(2 * Math.PI * LOW_HZ * seconds) + 0.5 * Math.sin(2 * Math.PI * HIGH_HZ * seconds);
    samples[at] = (tone / 1.5) * trill * edge;
  }
  return samples;
}
