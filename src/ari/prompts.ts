/**
 * Telling one leg something that nobody else hears. Beside a conversation that is a copy of the leg (snoop) which whispers; to play on
 * a leg that is in a bridge would take it out of its conversation for as long.
 */
import type { StepResult } from '../app/phone-system.js';
import type { Language, LegId, SoundItem } from '../core/call/state.js';
import type { Announcements } from './announcements.js';
import type { Ids } from './ids.js';
import type { AriCommand } from './steps.js';

/** Longer than anything that is told; a sound that never ends must not keep anybody waiting. */
const SAYING_MS = 15_000;

interface Telling {
  readonly legId: LegId;
  readonly begin: () => void;
  readonly end: () => void;
}

export class Prompts {
  readonly #app: string;
  readonly #ids: Ids;
  readonly #send: (command: AriCommand) => Promise<StepResult>;
  readonly #announcements: Announcements;
  readonly #running = new Map<string, Telling>();
  #count = 0;

  constructor(app: string, ids: Ids, send: (command: AriCommand) => Promise<StepResult>, announcements: Announcements) {
    this.#app = app;
    this.#ids = ids;
    this.#send = send;
    this.#announcements = announcements;
  }

  /** `beside`: in the middle of a conversation, which goes on. */
  tell(legId: LegId, items: readonly SoundItem[], language: Language, beside: boolean): Promise<void> {
    this.#count += 1;
    const id = this.#ids.tellerOf(legId, this.#count);
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#end(id), SAYING_MS);
      const begin = (): void => {
        const announcement = { id, items, deadlineAt: 0, ending: 'wait' } as const;
        const heardBy = beside ? id : legId;
        const started = this.#announcements.start({ type: 'announce', legId: heardBy, announcement, language });
        void started.then((result) => (result === 'done' ? undefined : this.#end(id)));
      };
      const end = (): void => {
        clearTimeout(timer);
        if (beside) void this.#send({ method: 'DELETE', uri: `channels/${id}` });
        resolve();
      };
      this.#running.set(id, { legId, begin, end });
      if (beside) this.#whisper(id, legId);
      else begin();
    });
  }

  /** The copy is in our hands. One that nobody waits for any more (the controller was started anew) is let go. */
  arrived(channelId: string): void {
    const telling = this.#running.get(channelId);
    if (telling !== undefined) telling.begin();
    else void this.#send({ method: 'DELETE', uri: `channels/${channelId}` });
  }

  /** Whether it was one of these. */
  ended(announcementId: string): boolean {
    return this.#end(announcementId);
  }

  /** The leg, or the copy of it, has gone. */
  gone(channelId: string): void {
    this.#end(channelId);
    for (const [id, { legId }] of this.#running) if (legId === channelId) this.#end(id);
  }

  #end(id: string): boolean {
    const telling = this.#running.get(id);
    if (telling === undefined) return false;
    this.#running.delete(id);
    telling.end();
    return true;
  }

  #whisper(snoopId: string, legId: LegId): void {
    const query = { spy: 'none', whisper: 'out', app: this.#app, appArgs: 'tell', snoopId };
    void this.#send({ method: 'POST', uri: `channels/${legId}/snoop`, query }).then((result) =>
      result === 'done' ? undefined : this.#end(snoopId),
    );
  }
}
