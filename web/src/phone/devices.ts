/** Microphones and speakers: asking for them, listing them, how loud the microphone is. */
import { levelOf } from './level.js';
import type { AudioDevice, Microphone } from './phone.js';

/** Leaves the sound as it is. For measurements: what makes speech clearer takes a steady tone for noise. */
const RAW = 'ringmaster.rawMicrophone';
const LEVEL_MS = 50;

export interface AudioDevices {
  readonly microphones: readonly AudioDevice[];
  readonly speakers: readonly AudioDevice[];
}

/** @throws DOMException when the microphone is not allowed, or there is none */
export async function openMicrophone(deviceId: string): Promise<MediaStream> {
  const improve = localStorage.getItem(RAW) === null;
  const usual = { echoCancellation: improve, noiseSuppression: improve, autoGainControl: improve };
  if (deviceId !== '') {
    try {
      return await navigator.mediaDevices.getUserMedia({ audio: { ...usual, deviceId: { exact: deviceId } } });
    } catch (error) {
      // The headset was unplugged: better the usual microphone than none.
      if (microphoneAfter(error) !== 'missing') throw error;
    }
  }
  return navigator.mediaDevices.getUserMedia({ audio: usual });
}

/** What a failed `getUserMedia` says. */
export function microphoneAfter(error: unknown): Microphone {
  const name = error instanceof Error ? error.name : '';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'missing';
  if (name === 'NotReadableError' || name === 'AbortError') return 'busy';
  return name === 'NotAllowedError' || name === 'SecurityError' ? 'denied' : 'unknown';
}

export function stopStream(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}

export async function listDevices(): Promise<AudioDevices> {
  const all = await navigator.mediaDevices.enumerateDevices();
  const of = (kind: MediaDeviceKind) =>
    all
      // The usual device and the one for calls are listed a second time, as themselves.
      .filter((device) => device.kind === kind && !['', 'default', 'communications'].includes(device.deviceId))
      .map(({ deviceId, label }) => ({ id: deviceId, label }));
  const canChoose = 'setSinkId' in HTMLMediaElement.prototype;
  return { microphones: of('audioinput'), speakers: canChoose ? of('audiooutput') : [] };
}

/** Loudness of a stream, 0 to 1, until the function returned is called. The stream is the caller's. */
export function watchLevel(stream: MediaStream, heard: (level: number) => void): () => void {
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 1_024 });
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    heard(levelOf(samples));
  }, LEVEL_MS);
  return () => {
    clearInterval(timer);
    void context.close().catch(() => undefined);
  };
}
