/** One call of the phone: a session of JsSIP with its sound. */

import type { RTCSession } from 'jssip/lib/RTCSession';
import type { IncomingRequest } from 'jssip/lib/SIPMessage';
import { stopStream } from './devices.js';
import type { CallQuality, PhoneCall } from './phone.js';
import { type Look, lookAt, qualityBetween } from './quality.js';
import { answersItself } from './sip-words.js';

export interface SipCallParts {
  readonly changed: () => void;
  /** It was unplugged, or is not allowed any more. */
  readonly microphoneLost: () => void;
  readonly ended: () => void;
}

const LOOK_MS = 2_000;
/** More candidates come a moment after the first, or never: a server that does not answer must not delay the call. */
const CANDIDATES_MS = 300;

export class SipCall {
  readonly id: string;
  readonly answersItself: boolean;
  readonly #session: RTCSession;
  readonly #parts: SipCallParts;
  readonly #party: PhoneCall['party'];
  readonly #legId: string | null;
  readonly #player = new Audio();
  #state: PhoneCall['state'] = 'ringing';
  #since = Date.now();
  #muted = false;
  #unheard = false;
  #quality: CallQuality | null = null;
  #microphone: MediaStream | null = null;
  #look: Look | null = null;
  #looking: number | undefined;

  constructor(session: RTCSession, request: IncomingRequest, parts: SipCallParts) {
    this.id = session.id;
    this.#session = session;
    this.#parts = parts;
    const header = (name: string): string | undefined => request.getHeader(name);
    this.#legId = header('X-Ringmaster-Leg') ?? null;
    this.answersItself = answersItself(header('Call-Info'), header('Alert-Info'));
    const { uri, display_name: name } = session.remote_identity;
    this.#party = { number: uri.user ?? '', name: name ?? '' };
    session.on('peerconnection', ({ peerconnection }) => this.#connecting(peerconnection));
    session.on('confirmed', () => this.#talking());
    session.on('icecandidate', ({ ready }) => window.setTimeout(ready, CANDIDATES_MS));
    session.on('ended', () => this.#over());
    session.on('failed', () => this.#over());
  }

  get view(): PhoneCall {
    return {
      ...{ id: this.id, legId: this.#legId, party: this.#party, since: this.#since, muted: this.#muted },
      ...{ unheard: this.#unheard, state: this.#state, answersItself: this.answersItself, quality: this.#quality },
    };
  }

  get legId(): string | null {
    return this.#legId;
  }

  /** `microphone` becomes the call's own. */
  answer(microphone: MediaStream, iceServers: RTCIceServer[], speaker: string): void {
    if (this.#state !== 'ringing' || this.#session.isEnded()) {
      stopStream(microphone);
      return;
    }
    this.#state = 'answering';
    this.#keep(microphone, false);
    void this.speakAt(speaker);
    this.#session.answer({ mediaStream: microphone, pcConfig: { iceServers } });
    this.#parts.changed();
  }

  /** Also rejects. `status` is told to whoever calls, before the answer. */
  hangUp(status = 603): void {
    if (this.#session.isEnded()) return;
    this.#session.terminate(this.#state === 'ringing' ? { status_code: status } : {});
  }

  setMuted(muted: boolean): void {
    this.#muted = muted;
    this.#applyMute();
    this.#parts.changed();
  }

  /** The connection to the PBX is another one: a request of ours tells it where we are now. */
  renew(): void {
    if (this.#session.isEstablished()) this.#session.renegotiate();
  }

  /** `unheard`: it is none, and stands in for one. */
  async changeMicrophone(microphone: MediaStream, unheard: boolean): Promise<void> {
    const [track] = microphone.getAudioTracks();
    const sender = this.#session.connection?.getSenders().find((each) => each.track?.kind === 'audio');
    if (track === undefined || sender === undefined) {
      stopStream(microphone);
      return;
    }
    await sender.replaceTrack(track);
    stopStream(this.#microphone);
    this.#keep(microphone, unheard);
    this.#applyMute();
    this.#parts.changed();
  }

  async speakAt(speaker: string): Promise<void> {
    try {
      await this.#player.setSinkId?.(speaker);
    } catch {
      // It is not there any more: the usual one.
    }
  }

  #keep(microphone: MediaStream, unheard: boolean): void {
    this.#microphone = microphone;
    this.#unheard = unheard;
    // Not told where we stop it ourselves.
    for (const track of microphone.getAudioTracks())
      track.addEventListener('ended', () => this.#microphone === microphone && this.#parts.microphoneLost());
  }

  #applyMute(): void {
    for (const track of this.#microphone?.getAudioTracks() ?? []) track.enabled = !this.#muted;
  }

  #connecting(connection: RTCPeerConnection): void {
    connection.addEventListener('track', ({ track, streams }) => {
      this.#player.srcObject = streams[0] ?? new MediaStream([track]);
      // Refused only to a page that was never touched and has no microphone; that page could not have answered.
      void this.#player.play().catch(() => undefined);
    });
  }

  #talking(): void {
    if (this.#state === 'active') return;
    this.#state = 'active';
    this.#since = Date.now();
    this.#looking = window.setInterval(() => void this.#measure(), LOOK_MS);
    this.#parts.changed();
  }

  async #measure(): Promise<void> {
    const report = await this.#session.connection?.getStats().catch(() => undefined);
    const look = report === undefined ? null : lookAt(report.values());
    if (look === null || this.#session.isEnded()) return;
    const quality = this.#look === null ? null : qualityBetween(this.#look, look);
    this.#look = look;
    if (JSON.stringify(quality) === JSON.stringify(this.#quality)) return;
    this.#quality = quality;
    this.#parts.changed();
  }

  #over(): void {
    clearInterval(this.#looking);
    stopStream(this.#microphone);
    this.#microphone = null;
    this.#player.pause();
    this.#player.srcObject = null;
    this.#parts.ended();
  }
}
