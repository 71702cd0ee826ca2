/**
 * Any sound at the telephone's 8 kHz. What lies above 4 kHz must be taken away before samples are left out, else it would come back
 * as a false tone below (6 kHz as 2 kHz). Each new sample is a weighted sum of the old ones around its moment; the weights are a
 * low-pass (sinc under a Kaiser window). Rates that are no multiples of 8 kHz put that moment between two old samples, at one of a
 * few offsets that repeat (441/80 at 44.1 kHz): one row of weights for each.
 */
import { setImmediate as letOthersRun } from 'node:timers/promises';
import type { Wav } from './wav.js';

export const TELEPHONE_HZ = 8_000;

/** Kept up to here, the telephone's band; gone from 4 kHz on. */
const PASS_HZ = 3_300;
const STOP_HZ = TELEPHONE_HZ / 2;
const STOP_DB = 70;

/** New samples made in one go: a millisecond or two of work, then calls have their turn. */
const BLOCK = 1_000;

/** How long the sound will be, in new samples. */
export function telephoneLength(wav: Pick<Wav, 'frames' | 'rate'>): number {
  return Math.max(1, Math.floor((wav.frames * TELEPHONE_HZ) / wav.rate));
}

/** The whole sound at 8 kHz. Gives way to other work between blocks. */
export async function atTelephoneRate(wav: Wav): Promise<Int16Array> {
  const samples = new Int16Array(telephoneLength(wav));
  const filter = wav.rate === TELEPHONE_HZ ? null : lowPass(wav.rate);
  for (let start = 0; start < samples.length; start += BLOCK) {
    const block = samples.subarray(start, start + BLOCK);
    if (filter === null) copy(wav, start, block);
    else decimate(wav, filter, start, block);
    await letOthersRun();
  }
  return samples;
}

interface LowPass {
  /** Old samples on each side of the moment. */
  readonly reach: number;
  /** One row for each offset that a new sample's moment may have after an old sample. */
  readonly rows: readonly Float32Array[];
}

function copy(wav: Wav, start: number, block: Int16Array): void {
  const old = new Float32Array(block.length);
  wav.read(start, old);
  for (let index = 0; index < block.length; index += 1) block[index] = toSample(old[index] ?? 0);
}

function decimate(wav: Wav, { reach, rows }: LowPass, start: number, block: Int16Array): void {
  const oldAt = (index: number) => Math.floor((index * wav.rate) / TELEPHONE_HZ);
  const first = oldAt(start) - reach;
  const old = new Float32Array(oldAt(start + block.length - 1) - first + reach + 2);
  wav.read(first, old);
  for (let index = 0; index < block.length; index += 1) {
    const moment = start + index;
    const weights = rows[moment % rows.length] ?? new Float32Array();
    const from = oldAt(moment) - reach - first;
    let sum = 0;
    for (let tap = 0; tap < weights.length; tap += 1) sum += (weights[tap] ?? 0) * (old[from + tap] ?? 0);
    block[index] = toSample(sum);
  }
}

function toSample(value: number): number {
  if (value >= 32_767) return 32_767;
  return value <= -32_768 ? -32_768 : Math.round(value);
}

function lowPass(rate: number): LowPass {
  // Kaiser's rules for the length and the shape that reach this attenuation.
  const width = (2 * Math.PI * (STOP_HZ - PASS_HZ)) / rate;
  const reach = Math.ceil((STOP_DB - 7.95) / (2.285 * width) / 2);
  const shape = 0.1102 * (STOP_DB - 8.7);
  const cutoff = (PASS_HZ + STOP_HZ) / rate;
  const offsets = TELEPHONE_HZ / greatestCommonDivisor(rate, TELEPHONE_HZ);
  const rows = Array.from({ length: offsets }, (_, row) => {
    const offset = ((row * rate) / TELEPHONE_HZ) % 1;
    const weights = Float32Array.from({ length: 2 * reach + 2 }, (_each, tap) => {
      const distance = tap - reach - offset;
      return cutoff * sinc(cutoff * distance) * kaiser(distance / (reach + 1), shape);
    });
    // A steady level stays what it was.
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return weights.map((weight) => weight / sum);
  });
  return { reach, rows };
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** `x` from -1 to 1 across the window; not levelled to 1, for the rows are. */
function kaiser(x: number, shape: number): number {
  return Math.abs(x) > 1 ? 0 : bessel(shape * Math.sqrt(1 - x * x));
}

/** The modified Bessel function of the first kind, order 0, by its series. */
function bessel(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 1e-9; k += 1) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
