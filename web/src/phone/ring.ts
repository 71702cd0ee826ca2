/** Plays the ring tone: in a loop, so that no timer of a hidden tab can delay it. */
import { PERIOD_S, RATE, ringSamples } from './ring-tone.js';
export interface Ringing {
  stop(): void;
}

/** `sinkId` '' is the usual device. `once`: a test. A browser that lets no page sound yet rings silently. */
export async function startRing(sinkId: string, volume: number, once = false): Promise<Ringing> {
  const context = new AudioContext();
  const buffer = context.createBuffer(1, PERIOD_S * RATE, RATE);
  buffer.copyToChannel(ringSamples(), 0);
  const source = new AudioBufferSourceNode(context, { buffer, loop: !once });
  const gain = new GainNode(context, { gain: volume });
  const out = new MediaStreamAudioDestinationNode(context);
  source.connect(gain).connect(out);
  const player = new Audio();
  player.srcObject = out.stream;
  const stop = () => {
    player.pause();
    player.srcObject = null;
    void context.close().catch(() => undefined);
  };
  source.onended = stop;
  source.start();
  try {
    if (sinkId !== '') await player.setSinkId?.(sinkId);
  } catch {
    // A device that is not there any more: the usual one.
  }
  await player.play().catch(() => undefined);
  return { stop };
}
