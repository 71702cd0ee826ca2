/** What a scenario says to its party, and records of it: which announcement belongs to which turn. */
import type { CallCommand } from '../../core/call/command.js';
import type { CallId, LineId, Party, SoundItem } from '../../core/call/state.js';
import type { Effect, Input } from '../../core/scenario/effect.js';
import type { Heard } from '../../core/scenario/spoken-items.js';
import { soundOfMessage } from '../messages/sound-name.js';
import { newId } from '../routing.js';
import type { OpenVoicemail, Voicemail } from './voicemail.js';

/** Longer than any one item: the watchdog for a sound that never finishes. */
const LONGEST_ITEM_MS = 330_000;
/** A voicemail that ends a moment after its time is no fault. */
const MARGIN_MS = 10_000;

export class Sayings {
  readonly #voicemail: Voicemail;
  readonly #callId: CallId;
  readonly #lineId: LineId;
  readonly #ask: (command: CallCommand) => boolean;
  #saying: { readonly announcementId: string; readonly input: Input } | null = null;
  #recording: OpenVoicemail | null = null;
  #over = false;

  constructor(
    { voicemail }: { readonly voicemail: Voicemail },
    callId: CallId,
    lineId: LineId,
    ask: (command: CallCommand) => boolean,
  ) {
    this.#voicemail = voicemail;
    this.#callId = callId;
    this.#lineId = lineId;
    this.#ask = ask;
  }

  say({ turn, items }: Extract<Effect, { type: 'say' }>): void {
    this.#start(items.map(asSound), items.length * LONGEST_ITEM_MS, { type: 'said', turn });
  }

  /** Where nothing can be recorded now, the step is over at once. */
  record(effect: Extract<Effect, { type: 'record' }>, from: Party, hear: (input: Input) => void): void {
    const { turn, greeting, maxMs, to } = effect;
    const input: Input = { type: 'recorded', turn };
    void this.#voicemail.open({ to, from, callId: this.#callId }).then((opened) => {
      if (opened === null) return hear(input);
      // Gone while the row was written: there is nothing to be kept of it.
      if (this.#over) return this.#voicemail.close(opened);
      this.#recording = opened;
      const items: readonly SoundItem[] = [...greeting.map(asSound), { kind: 'dictation', name: opened.sound, maxMs }];
      this.#start(items, greeting.length * LONGEST_ITEM_MS + maxMs + MARGIN_MS, input);
    });
  }

  /** What it means that this announcement is over; null when it is none of this party's, or an earlier one. */
  ended(announcementId: string): Input | null {
    if (this.#saying?.announcementId !== announcementId) return null;
    const { input } = this.#saying;
    this.#saying = null;
    this.#keep();
    return input;
  }

  /** What was said until the hang-up is kept. */
  end(): void {
    this.#over = true;
    this.#keep();
  }

  #keep(): void {
    if (this.#recording !== null) this.#voicemail.close(this.#recording);
    this.#recording = null;
  }

  #start(items: readonly SoundItem[], timeoutMs: number, input: Input): void {
    const announcementId = newId(this.#callId);
    this.#saying = { announcementId, input };
    this.#ask({ type: 'scriptSay', lineId: this.#lineId, announcementId, items, timeoutMs });
  }
}

function asSound(item: Heard): SoundItem {
  return item.kind === 'message' ? { kind: 'recording', name: soundOfMessage(item.id) } : item;
}
