/**
 * The microphone of calls: opened with the answer, exchanged while they talk. Where it is taken away (unplugged, not allowed any more)
 * silence stands in: the PBX takes a phone from which nothing comes for dead, and would end the call.
 */
import i18next from 'i18next';
import { tellProblem } from '../parts/notices.js';
import { microphoneAfter, openMicrophone } from './devices.js';
import type { NoMicrophone } from './phone.js';
import { usePhone } from './phone-store.js';
import type { SipCall } from './sip-call.js';

/** False where there is no microphone: nobody would be heard, so it is not answered, and that is told. */
export async function answerWithMicrophone(call: SipCall, iceServers: RTCIceServer[]): Promise<boolean> {
  const microphone = await opened();
  if (microphone === null) tellNoMicrophone();
  else call.answer(microphone, iceServers, usePhone.getState().choice.speaker);
  return microphone !== null;
}

/** The one that is chosen now, or silence. */
export async function exchangeMicrophone(call: SipCall): Promise<void> {
  const microphone = await opened();
  await call.changeMicrophone(microphone ?? silence(), microphone === null);
}

function tellNoMicrophone(): void {
  const why = noMicrophone(usePhone.getState().microphone);
  if (why !== null) tellProblem(() => i18next.t(`noMicrophone.${why}`, { ns: 'phone' }));
}

/** Why nobody can be heard, as far as it is known. */
export function noMicrophone(microphone: string): NoMicrophone | null {
  return microphone === 'denied' || microphone === 'missing' || microphone === 'busy' ? microphone : null;
}

/** Told when the agent allows the microphone, or forbids it, beside the address. Not every browser tells. */
export function onPermission(changed: () => void): void {
  const asked = navigator.permissions?.query({ name: 'microphone' as PermissionName });
  asked?.then(
    (status) => status.addEventListener('change', changed),
    () => undefined,
  );
}

async function opened(): Promise<MediaStream | null> {
  try {
    const microphone = await openMicrophone(usePhone.getState().choice.microphone);
    usePhone.setState({ microphone: 'granted' });
    return microphone;
  } catch (error) {
    usePhone.setState({ microphone: microphoneAfter(error) });
    return null;
  }
}

let nothing: MediaStreamTrack | undefined;

/** Sent like any other track. What makes it is made once, and kept. */
function silence(): MediaStream {
  nothing ??= silentTrack();
  return new MediaStream(nothing === undefined ? [] : [nothing.clone()]);
}

function silentTrack(): MediaStreamTrack | undefined {
  const context = new AudioContext();
  const destination = context.createMediaStreamDestination();
  // Where nothing comes in nothing is sent (seen with Chromium).
  const source = new ConstantSourceNode(context, { offset: 0 });
  source.connect(destination);
  source.start();
  return destination.stream.getAudioTracks()[0];
}
