/** Who hears whom: everybody in a room of phones speaks a tone of their own, and what each hears is told by names. */
import { expect } from '@jest/globals';
import type { Call } from '../../lab/call.js';
import { type Heard, TEST_TONES } from '../../lab/tone-analysis.js';

const LISTEN_MS = 600;
/** A tone that has just begun to reach somebody is heard this much later, at most. */
const LATE_MS = 2_400;

/** The people of a test, each with a tone. */
export class Ears {
  readonly #people = new Map<string, { readonly call: Call; readonly hz: number }>();
  readonly #listenMs: number;

  constructor(listenMs = LISTEN_MS) {
    this.#listenMs = listenMs;
  }

  /** The party speaks from now on, in a tone that nobody else has. */
  async add(name: string, call: Call): Promise<void> {
    // The lowest is near the ringing tone.
    const taken = new Set([...this.#people.values()].map(({ hz }) => hz));
    const hz = TEST_TONES.slice(2).find((tone) => !taken.has(tone));
    if (hz === undefined) throw new Error('there are no more tones');
    await call.untilAnswered();
    this.#people.set(name, { call, hz });
    await call.playTone(hz);
  }

  /** Has hung up, or listens no more. */
  remove(name: string): void {
    this.#people.delete(name);
  }

  toneOf(name: string): number {
    const person = this.#people.get(name);
    if (person === undefined) throw new Error(`nobody is called ${name}`);
    return person.hz;
  }

  /**
   * What each of those named hears: names of others, `music` (also speech, or a ringing tone), or nothing at all (''). Listens again
   * a few times: audio follows the controller's word a moment later.
   */
  async expect(wanted: Readonly<Record<string, string>>): Promise<void> {
    let heard: Readonly<Record<string, string>> = {};
    const before: (typeof heard)[] = [];
    for (let turn = 0; turn * this.#listenMs < LATE_MS; turn += 1) {
      heard = await this.#listen(Object.keys(wanted));
      if (Object.entries(wanted).every(([name, what]) => heard[name] === what)) return;
      before.push(heard);
    }
    // Whether it was so all the time tells music that was never stopped from a slow start.
    expect({ heard, before }).toEqual({ heard: wanted, before });
  }

  /** Whose tones are in it, by name; else `music`, or nothing. */
  whoIn(heard: Heard): string {
    const people = [...this.#people].filter(([, { hz }]) => heard.hears(hz)).map(([name]) => name);
    return people.length > 0 ? people.sort().join(' ') : heard.silent ? '' : 'music';
  }

  async #listen(names: readonly string[]): Promise<Readonly<Record<string, string>>> {
    const entries = await Promise.all(
      names.map(async (name) => {
        const person = this.#people.get(name);
        if (person === undefined) throw new Error(`nobody is called ${name}`);
        return [name, this.whoIn(await person.call.hears(this.#listenMs))] as const;
      }),
    );
    return Object.fromEntries(entries);
  }
}
