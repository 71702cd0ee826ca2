/** Trying out what was chosen: microphone, speaker, ring; the names of devices are known once the microphone was allowed. */
import { listDevices, microphoneAfter, openMicrophone, stopStream, watchLevel } from './devices.js';
import type { Microphone } from './phone.js';
import { usePhone } from './phone-store.js';
import { startRing } from './ring.js';

const SPEAKER_VOLUME = 0.5;

export async function allowMicrophone(): Promise<Microphone> {
  try {
    stopStream(await openMicrophone(usePhone.getState().choice.microphone));
    usePhone.setState({ microphone: 'granted' });
  } catch (error) {
    usePhone.setState({ microphone: microphoneAfter(error) });
  }
  await lookForDevices();
  return usePhone.getState().microphone;
}

export async function lookForDevices(): Promise<void> {
  usePhone.setState(await listDevices().catch(() => ({ microphones: [], speakers: [] })));
}

export async function watchMicrophone(heard: (level: number) => void): Promise<() => void> {
  const stream = await openMicrophone(usePhone.getState().choice.microphone);
  const stop = watchLevel(stream, heard);
  return () => {
    stop();
    stopStream(stream);
  };
}

export async function testSpeaker(): Promise<void> {
  await startRing(usePhone.getState().choice.speaker, SPEAKER_VOLUME, true);
}

export async function testRing(): Promise<void> {
  const { choice, ringVolume } = usePhone.getState();
  await startRing(choice.ring, ringVolume, true);
}
