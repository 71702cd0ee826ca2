/** From an uploaded file to the file that Asterisk plays: 8 kHz, 16 bit, mono. */
import { type Refusal, refuse } from '../../core/refusal.js';
import { atTelephoneRate, TELEPHONE_HZ, telephoneLength } from './telephone-rate.js';
import { readWav, writeWav } from './wav.js';

export interface TelephoneWav {
  readonly file: Uint8Array;
  readonly durationMs: number;
}

/** Refused with `audioInvalid` for what is no WAV file of a known kind, with `tooLarge` for one that plays longer than `mostMs`. */
export async function telephoneWav(uploaded: Uint8Array, mostMs: number): Promise<TelephoneWav | Refusal> {
  const wav = readWav(uploaded);
  if ('problem' in wav) return refuse('audioInvalid', wav.problem);
  const durationMs = Math.round((telephoneLength(wav) * 1000) / TELEPHONE_HZ);
  if ((wav.frames * 1000) / wav.rate > mostMs) {
    return refuse('tooLarge', `A message may last ${mostMs / 60_000} minutes.`, { mostMs, durationMs });
  }
  return { file: writeWav(await atTelephoneRate(wav), TELEPHONE_HZ), durationMs };
}
