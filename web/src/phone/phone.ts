/**
 * The built-in phone as the desktop sees it. What it does is in `browser-phone.ts`; the desktop calls nothing of SIP or WebRTC.
 *
 *   off ─turnOn─► connecting ─► registered ⇄ connecting (by itself, for ever)
 *                     │  └─► failed: it would be in vain to try again by itself; turnOn tries again
 *                     └────► otherTab: another tab of this browser is the phone; this one shows what that one has
 *
 * Calls are dialled by the command `call.dial`, held and transferred by commands: so are keys for menus. The phone only answers and
 * hangs up. A call that the agent has dialled rings it as one that answers by itself.
 */

export type PhoneState = 'off' | 'otherTab' | 'connecting' | 'registered' | 'failed';

/**
 * noDevice: the account has no phone in the browser; takenOver: another computer or browser is the phone now; ended: the session is
 * over; refused: the service or the PBX would not; unsupported: this browser cannot, or the page is not served over https.
 */
export type PhoneFailure = 'noDevice' | 'takenOver' | 'ended' | 'refused' | 'unsupported';

/** denied: by the browser, at the agent's word; missing: none is plugged in; busy: another program has it. */
export type NoMicrophone = 'denied' | 'missing' | 'busy';

/** The microphone: unknown until it was asked for. */
export type Microphone = 'unknown' | 'granted' | NoMicrophone;

export interface PhoneCall {
  readonly id: string;
  /** The leg among `CallView.legs` whose call this is. */
  readonly legId: string | null;
  /** ringing: waits to be answered; answering: voice is being set up; active: both ways are open. */
  readonly state: 'ringing' | 'answering' | 'active';
  /** Whom the PBX shows. The picture of the call (by `legId`) knows more. */
  readonly party: { readonly number: string; readonly name: string };
  /** This computer's time. */
  readonly since: number;
  /** The microphone is not passed on by this browser. `call.mute` does the same in the PBX. */
  readonly muted: boolean;
  /** The microphone was taken away in the middle of the call: nothing is heard of the agent. */
  readonly unheard: boolean;
  /** Not the agent's to answer: dialled by the agent, or taken up after the page was loaded again. */
  readonly answersItself: boolean;
  /** Null until something was heard for two seconds. */
  readonly quality: CallQuality | null;
}

export interface CallQuality {
  readonly level: 'good' | 'fair' | 'poor';
  /** Of the last seconds, 0 to 1. */
  readonly lost: number;
  readonly jitterMs: number;
  /** To the PBX and back; null where the browser does not know. */
  readonly roundTripMs: number | null;
}

export interface AudioDevice {
  readonly id: string;
  /** Empty until the microphone was allowed. */
  readonly label: string;
}

/** `''` is the computer's usual one. */
export interface DeviceChoice {
  readonly microphone: string;
  readonly speaker: string;
  /** Where it rings, often not the headset. */
  readonly ring: string;
}

/** All that is shown; kept in `usePhone`. */
export interface PhonePicture {
  readonly state: PhoneState;
  readonly failure: PhoneFailure | null;
  readonly calls: readonly PhoneCall[];
  readonly microphone: Microphone;
  readonly microphones: readonly AudioDevice[];
  /** Empty where the browser cannot choose (Safari, Firefox before 116). */
  readonly speakers: readonly AudioDevice[];
  readonly choice: DeviceChoice;
  /** Incoming calls are answered by themselves, after a short tone. */
  readonly autoAnswer: boolean;
  /** 0 to 1. */
  readonly ringVolume: number;
  /** Without the built-in phone, this computer rings along with the desk phone. */
  readonly ringHere: boolean;
  /** The agent wants the phone on; kept in this browser. */
  readonly wanted: boolean;
}

export interface Phone {
  /** Becomes the phone, and stays it until `turnOff`: remembered, also when the page is loaded again. Asks for the microphone. */
  turnOn(): Promise<void>;
  /** Refused (false) while there is a call: it would be cut off. */
  turnOff(): boolean;
  /** The tab that is the phone is not this one: takes it over, with its calls. */
  takeHere(): Promise<void>;
  answer(callId: string): void;
  /** Rejects what rings. */
  hangUp(callId: string): void;
  setMuted(callId: string, muted: boolean): void;
  /** Asks the browser for the microphone, which also tells the devices' names. */
  allowMicrophone(): Promise<Microphone>;
  choose(choice: Partial<DeviceChoice>): Promise<void>;
  setAutoAnswer(on: boolean): void;
  setRingVolume(volume: number): void;
  setRingHere(on: boolean): void;
  /** Tells how loud the chosen microphone is, 0 to 1, some twenty times a second, until the function returned is called. */
  watchLevel(heard: (level: number) => void): Promise<() => void>;
  /** A short sound on the chosen device. */
  testSpeaker(): Promise<void>;
  testRing(): Promise<void>;
}
