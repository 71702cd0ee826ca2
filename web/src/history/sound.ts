/** A sound file as the player shows it: its loudness over time, for a waveform. Pure. */

/** Loudness of each of so many equal parts, 0 to 1; null for what is no 16-bit WAV file (a plain bar is shown then). */
export function peaksOf(file: ArrayBuffer, parts: number): readonly number[] | null {
  const samples = samplesOf(file);
  if (samples === null || samples.length < parts) return null;
  const found = Array.from({ length: parts }, (_, part) => {
    const from = Math.floor((part * samples.length) / parts);
    const to = Math.floor(((part + 1) * samples.length) / parts);
    let most = 0;
    for (let at = from; at < to; at += 1) most = Math.max(most, Math.abs(samples[at] ?? 0));
    return most;
  });
  const loudest = Math.max(...found);
  return loudest === 0 ? found : found.map((peak) => peak / loudest);
}

const PCM = 1;

function samplesOf(file: ArrayBuffer): Int16Array | null {
  const view = new DataView(file);
  if (file.byteLength < 12 || text(view, 0) !== 'RIFF' || text(view, 8) !== 'WAVE') return null;
  let isPcm16 = false;
  for (let at = 12; at + 8 <= file.byteLength; ) {
    const [name, size, body] = [text(view, at), view.getUint32(at + 4, true), at + 8];
    if (name === 'fmt ' && body + 16 <= file.byteLength) {
      isPcm16 = view.getUint16(body, true) === PCM && view.getUint16(body + 14, true) === 16;
    }
    if (name === 'data') {
      // A file that was cut short says more than it has.
      const bytes = Math.min(size, file.byteLength - body);
      return isPcm16 ? new Int16Array(file.slice(body, body + bytes - (bytes % 2))) : null;
    }
    // Chunks begin at even places.
    at = body + size + (size % 2);
  }
  return null;
}

function text(view: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((offset) => view.getUint8(at + offset)));
}
