/**
 * A dialogue with one phone: something is said, keys are waited for. Whoever hangs up ends it, wherever it is: everything that waits is
 * rejected with HungUp.
 */
import type { CallId, LegId, LineId, Onward, SoundItem } from '../../core/call/state.js';
import { isRefusal } from '../../core/refusal.js';
import type { CallMailbox } from '../call-mailbox.js';
import type { Digits } from '../digits.js';
import { newId } from '../routing.js';

/** The phone has hung up, or the line is led elsewhere. */
export class HungUp extends Error {}

export interface Question {
  /** Said again for each attempt; cut off by the first key. */
  readonly items: readonly SoundItem[];
  /** As many keys make an answer; fewer end with the key # or with a pause. */
  readonly most: number;
}

/** A dictation may take long; what is said is short. */
const SAY_MS = 60_000;
const FIRST_KEY_MS = 8_000;
const NEXT_KEY_MS = 4_000;

export interface DialogueParts {
  readonly mailbox: CallMailbox;
  readonly digits: Digits;
  readonly callId: CallId;
  readonly lineId: LineId;
  readonly legId: LegId;
}

export class Dialogue {
  readonly #parts: DialogueParts;
  /** What is being said, and who waits for its end. */
  #saying: { readonly id: string; readonly over: () => void } | null = null;
  /** Keys that nobody has waited for yet: who knows the way types ahead. */
  #typed: string[] = [];
  #awaited: ((digit: string) => void) | null = null;
  #giveUp: (error: HungUp) => void = () => undefined;
  #over = false;
  readonly #stopListening: () => void;

  constructor(parts: DialogueParts) {
    this.#parts = parts;
    this.#stopListening = parts.digits.listen(parts.legId, (digit) => this.#pressed(digit));
  }

  /** Says something to the end, or until a key is pressed; answers that key, or null. */
  async say(items: readonly SoundItem[], timeoutMs = SAY_MS): Promise<string | null> {
    const ahead = this.#typed.shift();
    if (ahead !== undefined) return ahead;
    const announcementId = newId(this.#parts.callId);
    const key = await this.#until<string | null>((resolve) => {
      this.#saying = { id: announcementId, over: () => resolve(null) };
      this.#awaited = resolve;
      this.#command({ type: 'scriptSay', lineId: this.#parts.lineId, announcementId, items, timeoutMs });
    });
    this.#saying = null;
    this.#awaited = null;
    if (key !== null) this.#hush();
    return key;
  }

  /** Says something that no key cuts off; what was typed before and meanwhile meant something else. */
  async tell(items: readonly SoundItem[], timeoutMs = SAY_MS): Promise<void> {
    const announcementId = newId(this.#parts.callId);
    await this.#until<void>((resolve) => {
      this.#saying = { id: announcementId, over: resolve };
      this.#command({ type: 'scriptSay', lineId: this.#parts.lineId, announcementId, items, timeoutMs });
    });
    this.#saying = null;
    this.#typed = [];
  }

  /** Keys, without the # that ends them; empty when none was pressed. */
  async ask({ items, most }: Question): Promise<string> {
    let answer = '';
    let key = items.length === 0 ? null : await this.say(items);
    key ??= await this.#key(FIRST_KEY_MS);
    while (key !== null && key !== '#') {
      answer += key;
      if (answer.length >= most) return answer;
      key = await this.#key(NEXT_KEY_MS);
    }
    return answer;
  }

  /** One key, or null after a while. */
  #key(timeoutMs: number): Promise<string | null> {
    const ahead = this.#typed.shift();
    if (ahead !== undefined) return Promise.resolve(ahead);
    let timer: NodeJS.Timeout | undefined;
    return this.#until<string | null>((resolve) => {
      this.#awaited = resolve;
      timer = setTimeout(() => resolve(null), timeoutMs);
    }).finally(() => {
      clearTimeout(timer);
      this.#awaited = null;
    });
  }

  #pressed(digit: string): void {
    const awaited = this.#awaited;
    this.#awaited = null;
    if (awaited === null) this.#typed.push(digit);
    else awaited(digit);
  }

  /** The phone is sent on, or let go. */
  go(onward: Onward): void {
    this.#command({ type: 'scriptGo', lineId: this.#parts.lineId, onward, keep: 'no', position: '{}' });
  }

  /** An announcement has ended. */
  announced(announcementId: string): void {
    if (this.#saying?.id === announcementId) this.#saying.over();
  }

  /** Nobody is there any more. */
  end(): void {
    if (this.#over) return;
    this.#over = true;
    this.#stopListening();
    this.#giveUp(new HungUp('hung up'));
  }

  #hush(): void {
    this.#command({ type: 'scriptHush', lineId: this.#parts.lineId });
  }

  #command(command: Parameters<CallMailbox['decideNow']>[0]): void {
    if (this.#over) throw new HungUp('hung up');
    if (isRefusal(this.#parts.mailbox.decideNow(command))) this.end();
  }

  #until<T>(wait: (resolve: (value: T) => void) => void): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.#over) {
        reject(new HungUp('hung up'));
        return;
      }
      this.#giveUp = reject;
      wait(resolve);
    });
  }
}
