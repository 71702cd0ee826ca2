/** What a page hears: the audio that comes to it over WebRTC, or from its own microphone, as samples for the lab's analysis. */
import type { Page } from 'playwright-core';
import { Heard } from '../../../lab/tone-analysis.js';

interface Recorded {
  readonly sampleRate: number;
  readonly samples: readonly number[];
}

/** Keeps every audio track that comes from another party; to be run before the page's own scripts. */
export function keepRemoteTracks(): void {
  const kept: MediaStreamTrack[] = [];
  Object.defineProperty(window, 'remoteTracksForTests', { value: kept });
  const Original = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Original {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      this.addEventListener('track', ({ track }) => {
        // Those of calls that are over would hold their connections in memory.
        kept.splice(0, kept.length, ...kept.filter(({ readyState }) => readyState === 'live'));
        if (track.kind === 'audio') kept.push(track);
      });
    }
  };
}

/** Knows every player that the page has made for itself, such as the ring; to be run before the page's own scripts. */
export function keepPlayers(): void {
  let known: WeakRef<HTMLAudioElement>[] = [];
  // Those that the page has done with would fill its memory.
  const kept = () => {
    known = known.filter((player) => player.deref() !== undefined);
    return known.flatMap((player) => player.deref() ?? []);
  };
  Object.defineProperty(window, 'playersForTests', { get: kept });
  const Original = window.Audio;
  const made = (src?: string) => {
    const player = new Original(src);
    known.push(new WeakRef(player));
    return player;
  };
  // Called with `new`, which an arrow function is not.
  Object.defineProperty(window, 'Audio', {
    value: function Audio(src?: string) {
      return made(src);
    },
  });
}

/** What arrives from other parties over all connections of the page that are alive, together. */
export async function hearPage(page: Page, durationMs = 600): Promise<Heard> {
  return heard(await page.evaluate(record, { durationMs, source: 'remote' as const }));
}

/** What the page's microphone picks up. */
export async function hearMicrophone(page: Page, durationMs = 600): Promise<Heard> {
  return heard(await page.evaluate(record, { durationMs, source: 'microphone' as const }));
}

/** What the page's player (an audio element) plays, however loud. */
export async function hearPlayer(page: Page, durationMs = 600): Promise<Heard> {
  return heard(await page.evaluate(record, { durationMs, source: 'player' as const }));
}

/** What the page rings with. */
export async function hearRing(page: Page, durationMs = 600): Promise<Heard> {
  return heard(await page.evaluate(record, { durationMs, source: 'ring' as const }));
}

function heard({ samples, sampleRate }: Recorded): Heard {
  return new Heard({ samples: Int16Array.from(samples, (sample) => Math.round(sample * 32_767)), sampleRate });
}

/** Runs in the page, so it may name nothing from outside. */
async function record(asked: {
  durationMs: number;
  source: 'remote' | 'microphone' | 'player' | 'ring';
}): Promise<Recorded> {
  const raw = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
  const own = asked.source === 'microphone' ? await navigator.mediaDevices.getUserMedia({ audio: raw }) : null;
  const remote: MediaStreamTrack[] = Reflect.get(window, 'remoteTracksForTests') ?? [];
  // Chromium's own: not among the types.
  type Player = HTMLAudioElement & { captureStream?: () => MediaStream };
  const player = document.querySelector<Player>('audio[src^="blob:"]');
  const played = asked.source === 'player' ? (player?.captureStream?.().getAudioTracks() ?? []) : null;
  const players: HTMLAudioElement[] = asked.source === 'ring' ? Reflect.get(window, 'playersForTests') : [];
  const rung = players.flatMap(({ paused, srcObject }) =>
    paused || !(srcObject instanceof MediaStream) ? [] : srcObject.getAudioTracks(),
  );
  const tracks =
    asked.source === 'ring'
      ? rung
      : (played ?? own?.getAudioTracks() ?? remote.filter(({ readyState }) => readyState === 'live'));
  const context = new AudioContext({ sampleRate: 8_000 });
  // No worklet: the page's security policy lets nobody, so not even a test, add a script.
  const recorder = context.createScriptProcessor(1_024, 1, 1);
  const samples: number[] = [];
  const enough = (asked.durationMs * context.sampleRate) / 1_000;
  await new Promise<void>((resolve) => {
    const limit = setTimeout(resolve, asked.durationMs + 5_000);
    recorder.onaudioprocess = ({ inputBuffer }) => {
      samples.push(...inputBuffer.getChannelData(0));
      if (samples.length < enough) return;
      clearTimeout(limit);
      resolve();
    };
    for (const track of tracks) context.createMediaStreamSource(new MediaStream([track])).connect(recorder);
    recorder.connect(context.destination);
  });
  recorder.onaudioprocess = null;
  await context.close();
  for (const track of own?.getTracks() ?? []) track.stop();
  return { sampleRate: context.sampleRate, samples };
}
