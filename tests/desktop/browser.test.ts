// The browser itself, so that the other tests may rely on it: its microphone hears the tone and nothing else, and audio reaches pages.
import { expect } from '@jest/globals';
import { MICROPHONE_HZ } from './support/chromium.js';
import { openDesk } from './support/desk.js';

const desk = openDesk({ phones: ['101'] });

desk('the microphone hears the tone', async ({ open }) => {
  const window = await open();
  const heard = await window.microphone(1_000);
  expect(heard.tones).toEqual([MICROPHONE_HZ]);
  expect(heard.gapMs(MICROPHONE_HZ)).toBeLessThan(200);
});

desk('audio that comes over WebRTC is heard', async ({ open }) => {
  const window = await open();
  expect((await window.hears(300)).silent).toBe(true);
  await window.page.evaluate(async () => {
    const [one, other] = [new RTCPeerConnection(), new RTCPeerConnection()];
    one.onicecandidate = ({ candidate }) => void other.addIceCandidate(candidate ?? undefined);
    other.onicecandidate = ({ candidate }) => void one.addIceCandidate(candidate ?? undefined);
    other.ontrack = ({ streams }) => {
      const speaker = new Audio();
      speaker.srcObject = streams[0] ?? null;
      void speaker.play();
    };
    const raw = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
    const stream = await navigator.mediaDevices.getUserMedia({ audio: raw });
    for (const track of stream.getTracks()) one.addTrack(track, stream);
    await one.setLocalDescription();
    await other.setRemoteDescription(one.localDescription ?? { type: 'offer' });
    await other.setLocalDescription();
    await one.setRemoteDescription(other.localDescription ?? { type: 'answer' });
  });
  await window.until('the tone is heard', async () => (await window.hears(300)).hears(MICROPHONE_HZ));
  expect((await window.hears(1_000)).tones).toEqual([MICROPHONE_HZ]);
});
