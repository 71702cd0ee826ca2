/** How loud a sound is; pure. */
const QUIET_DB = -60;

/** Root mean square on a scale as people hear: −60 dB and less is 0, full scale is 1. */
export function levelOf(samples: Float32Array): number {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length);
  const decibels = 10 * Math.log10(power + 1e-12);
  return Math.min(1, Math.max(0, 1 - decibels / QUIET_DB));
}
