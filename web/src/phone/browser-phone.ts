/**
 * The built-in phone, put together: the tab's lock, the SIP side, microphone and speakers, the ring. Every tab of the browser has one of
 * these; one of them is the phone, the others show what it tells them.
 */
import { command, useLink } from '../link/link.js';
import { untilLive } from '../link/until-live.js';
import { serverAddress } from '../session/server-address.js';
import { useSession } from '../session/session.js';
import { answerWithMicrophone, exchangeMicrophone, onPermission } from './call-microphone.js';
import type { DeviceChoice, Microphone, Phone, PhoneFailure, PhonePicture } from './phone.js';
import { followOtherTabs, keep, usePhone } from './phone-store.js';
import { Ringer } from './ringer.js';
import type { SipCall } from './sip-call.js';
import { SipPhone } from './sip-phone.js';
import type { PhoneCredentials } from './sip-words.js';
import { allowMicrophone, lookForDevices, testRing, testSpeaker, watchMicrophone } from './sound-check.js';
import { createTabLock, type TabLock } from './tab-lock.js';
import { openTabTalk, type TabTalk } from './tab-talk.js';

/** Between the first sound of the ring and the answer that nobody gives. */
const AUTO_ANSWER_MS = 700;

class BrowserPhone implements Phone {
  readonly watchLevel = watchMicrophone;
  readonly testSpeaker = testSpeaker;
  readonly testRing = testRing;
  #sip: SipPhone | null = null;
  #lock: TabLock | null = null;
  #talk: TabTalk | null = null;
  readonly #ringer = new Ringer();
  readonly #legsSeen = new Set<string>();

  async turnOn(): Promise<void> {
    keep({ wanted: true });
    await this.#begin(false);
  }

  turnOff(): boolean {
    const { calls } = usePhone.getState();
    if (calls.length > 0) return false;
    keep({ wanted: false });
    this.#end('off');
    this.#talk?.tell({ calls: [] });
    return true;
  }

  async takeHere(): Promise<void> {
    keep({ wanted: true });
    await this.#begin(true);
  }

  answer(callId: string): void {
    const call = this.#sip?.call(callId);
    // Without a microphone it goes on ringing: the page says why, and the button may be pressed again.
    if (call !== undefined) void answerWithMicrophone(call, this.#sip?.iceServers ?? []);
  }

  hangUp(callId: string): void {
    this.#sip?.call(callId)?.hangUp();
  }

  setMuted(callId: string, muted: boolean): void {
    this.#sip?.call(callId)?.setMuted(muted);
  }

  async choose(change: Partial<DeviceChoice>): Promise<void> {
    const choice = { ...usePhone.getState().choice, ...change };
    keep({ choice });
    for (const call of this.#sip?.calls ?? []) {
      if (change.speaker !== undefined) await call.speakAt(choice.speaker);
      if (change.microphone !== undefined) await exchangeMicrophone(call);
    }
  }

  /** Calls in which silence stood in have the microphone again. */
  async allowMicrophone(): Promise<Microphone> {
    const microphone = await allowMicrophone();
    if (microphone !== 'granted') return microphone;
    for (const call of this.#sip?.calls ?? []) if (call.view.unheard) await exchangeMicrophone(call);
    return microphone;
  }

  setAutoAnswer(on: boolean): void {
    keep({ autoAnswer: on });
  }

  setRingVolume(volume: number): void {
    keep({ ringVolume: Math.min(Math.max(volume, 0), 1) });
  }

  setRingHere(on: boolean): void {
    keep({ ringHere: on });
  }

  /** Once, before the first draw: goes on where the page was, and follows login, network and devices. */
  start(): void {
    followOtherTabs();
    useSession.subscribe((now, before) => {
      if (now.session?.token === before.session?.token) return;
      this.#end('off');
      if (now.session !== null && usePhone.getState().wanted) void this.#begin(false);
    });
    useLink.subscribe(({ state, staleSince, picture }) => {
      if (state !== 'live' || staleSince !== null) return;
      this.#compare(new Set([...picture.calls.values()].flatMap(({ legs }) => legs.map(({ id }) => id))));
    });
    for (const event of ['online', 'pageshow', 'focus']) window.addEventListener(event, () => this.#sip?.check());
    window.addEventListener('pagehide', () => this.#sip?.leave());
    const microphones = () => void (this.#sip === null ? lookForDevices() : this.allowMicrophone());
    navigator.mediaDevices?.addEventListener('devicechange', microphones);
    onPermission(microphones);
    if (useSession.getState().session !== null && usePhone.getState().wanted) void this.#begin(false);
  }

  async #begin(take: boolean): Promise<void> {
    const { session } = useSession.getState();
    if (session === null) return;
    this.#end('connecting');
    if (!('locks' in navigator) || navigator.mediaDevices === undefined || !('RTCPeerConnection' in window)) {
      usePhone.setState({ state: 'failed', failure: 'unsupported' });
      return;
    }
    const lock = createTabLock(`ringmaster.phone.${session.agentId}`, navigator.locks);
    this.#lock = lock;
    this.#listen(session.agentId);
    const lost = () => this.#lock === lock && void this.#givenAway(lock);
    const waiting = take ? lock.take(lost) : lock.wait(lost);
    const held = await Promise.race([
      waiting.then(() => true),
      new Promise<false>((resolve) => setTimeout(() => resolve(false), 300)),
    ]);
    if (this.#lock !== lock) return;
    if (!held) {
      usePhone.setState({ state: 'otherTab' });
      this.#talk?.ask();
      await waiting;
      if (this.#lock !== lock) return;
    }
    this.#register();
  }

  /** Another tab has taken the phone; should it be closed, this one is the phone again. */
  async #givenAway(lock: TabLock): Promise<void> {
    this.#sip?.giveAway();
    this.#sip = null;
    this.#ringer.silence();
    usePhone.setState({ state: 'otherTab', calls: [] });
    await lock.wait(() => this.#lock === lock && void this.#givenAway(lock));
    if (this.#lock === lock) this.#register();
  }

  #register(): void {
    usePhone.setState({ state: 'connecting', failure: null, calls: [] });
    void allowMicrophone();
    const sip: SipPhone = new SipPhone({
      server: serverAddress(),
      credentials: async () => {
        await untilLive();
        return command<PhoneCredentials>('phone.credentials');
      },
      registered: (first) => {
        this.#show({ state: 'registered', failure: null });
        // A page that had calls before it was loaded again has them back.
        if (first) void command('phone.resume').catch(() => undefined);
      },
      away: () => this.#show({ state: 'connecting' }),
      failed: (why) => this.#failed(sip, why),
      rings: (call) => this.#rings(call),
      microphoneLost: (call) => void exchangeMicrophone(call),
      changed: () => this.#callsChanged(sip),
    });
    this.#sip = sip;
    sip.start().catch(() => this.#failed(sip, 'unsupported'));
  }

  #failed(sip: SipPhone, failure: PhoneFailure): void {
    if (this.#sip !== sip) return;
    this.#end('failed');
    this.#show({ state: 'failed', failure });
  }

  #end(state: PhonePicture['state']): void {
    this.#sip?.stop();
    this.#sip = null;
    this.#ringer.silence();
    this.#legsSeen.clear();
    this.#lock?.leave();
    this.#lock = null;
    this.#talk?.close();
    this.#talk = null;
    usePhone.setState({ state, failure: null, calls: [] });
  }

  #rings(call: SipCall): void {
    const { autoAnswer } = usePhone.getState();
    if (call.answersItself) void this.#answerItself(call);
    else if (autoAnswer) window.setTimeout(() => void this.#answerItself(call), AUTO_ANSWER_MS);
  }

  /** Without a microphone nobody is served: the call goes on ringing elsewhere. */
  async #answerItself(call: SipCall): Promise<void> {
    if (!(await answerWithMicrophone(call, this.#sip?.iceServers ?? []))) call.hangUp(480);
  }

  #callsChanged(sip: SipPhone): void {
    if (this.#sip !== sip) return;
    const calls = sip.calls.map(({ view }) => view);
    this.#show({ calls });
    this.#ringer.follow(calls);
  }

  /** A call whose leg was in the picture and is not there any more is over, though its goodbye never came (Asterisk was started anew). */
  #compare(legs: ReadonlySet<string>): void {
    const calls = this.#sip?.calls ?? [];
    for (const call of calls) {
      if (call.legId === null) continue;
      if (legs.has(call.legId)) this.#legsSeen.add(call.legId);
      else if (this.#legsSeen.delete(call.legId)) call.hangUp(480);
    }
    // Those that were hung up first.
    for (const seen of this.#legsSeen) if (!calls.some(({ legId }) => legId === seen)) this.#legsSeen.delete(seen);
  }

  /** Shown here, and told to the other tabs. */
  #show(change: Partial<PhonePicture>): void {
    usePhone.setState(change);
    if (change.calls !== undefined) this.#talk?.tell({ calls: change.calls });
  }

  #listen(agentId: string): void {
    this.#talk?.close();
    this.#talk = openTabTalk(agentId, {
      asked: () => {
        if (this.#sip !== null) this.#talk?.tell({ calls: usePhone.getState().calls });
      },
      told: (told) => {
        if (usePhone.getState().state === 'otherTab') usePhone.setState(told);
      },
    });
  }
}

const made = new BrowserPhone();

/** The one phone of this tab. */
export const phone: Phone = made;

/** Once, when the desktop begins. */
export function startPhone(): void {
  made.start();
}
