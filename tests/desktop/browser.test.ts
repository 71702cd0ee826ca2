// The browser itself, so that the other tests may rely on it: its microphone hears the tone and nothing else, and audio reaches pages.
import { expect } from '@jest/globals';
import { MICROPHONE_HZ } from './support/chromium.js';
import { openDesk } from './support/desk.js';

/** What the browser says when a page tries what it may not. */
const FORBIDDEN = /Content Security Policy/;
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

desk('a sound is played from memory, and a script that got into the page is not run', async ({ open }) => {
  const window = await open();
  const played = await window.page.evaluate(async () => {
    const bytes = 1_600;
    const file = new DataView(new ArrayBuffer(44 + bytes));
    for (const [at, text] of [
      [0, 'RIFF'],
      [8, 'WAVEfmt '],
      [36, 'data'],
    ] as const)
      for (const [index, letter] of [...text].entries()) file.setUint8(at + index, letter.charCodeAt(0));
    for (const [at, value] of [
      [4, 36 + bytes],
      [16, 16],
      [24, 8_000],
      [28, 16_000],
      [40, bytes],
    ] as const)
      file.setUint32(at, value, true);
    for (const [at, value] of [
      [20, 1],
      [22, 1],
      [32, 2],
      [34, 16],
    ] as const)
      file.setUint16(at, value, true);
    const sound = new Audio(URL.createObjectURL(new Blob([file.buffer], { type: 'audio/wav' })));
    const ended = new Promise<void>((resolve) => sound.addEventListener('ended', () => resolve(), { once: true }));
    await sound.play();
    await ended;
    return sound.duration;
  });
  expect(played).toBeCloseTo(0.1, 2);
  expect(window.problems).toEqual([]);
  window.tolerate(FORBIDDEN);
  await window.page.evaluate(() => {
    for (const code of ['window.broken = 1', '']) {
      const script = document.createElement('script');
      if (code === '') script.src = 'http://127.0.0.2/evil.js';
      else script.textContent = code;
      document.head.append(script);
    }
    const frame = document.createElement('iframe');
    frame.src = 'http://127.0.0.2/';
    document.body.append(frame);
  });
  await window.until('all three are refused', () => window.refusals(FORBIDDEN).length >= 3);
  expect(await window.page.evaluate(() => Reflect.has(window, 'broken'))).toBe(false);
});
