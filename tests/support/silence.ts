/** For how long outside parties are left in silence: each is listened to from the answer to the end. */
import type { Call as PhoneCall } from '../../lab/call.js';
import type { Listening } from '../../lab/listening.js';
import { type Audio, Heard } from '../../lab/tone-analysis.js';
import type { Call } from '../../src/core/call/state.js';
import { topology } from '../../src/core/call/topology.js';
import type { FollowedCalls } from './picture.js';

/** Longer than any change of what is heard may take. */
const SILENCE_LIMIT_MS = 2_000;
/** The pause between two rings is silent, too. */
const RINGING_LIMIT_MS = 6_000;

interface Stretch {
  readonly fromMs: number;
  readonly what: string;
  /** Null: nobody need be heard. */
  readonly limitMs: number | null;
}

interface Followed {
  readonly call: PhoneCall;
  readonly legId: string;
  readonly listening: Listening;
  readonly begunAt: number;
  readonly stretches: Stretch[];
}

/** What the leg should be hearing; `speaks` says who can be heard: not a phone on hold. */
function due(calls: readonly Call[], legId: string, speaks: (legId: string) => boolean): Omit<Stretch, 'fromMs'> {
  const call = calls.find(({ legs }) => legs[legId] !== undefined);
  const wanted = call === undefined ? undefined : topology(call).legs.get(legId);
  if (call === undefined || wanted === undefined) return { what: 'gone', limitMs: null };
  const { hears } = wanted;
  if (hears.kind === 'ringing') return { what: 'ringing', limitMs: RINGING_LIMIT_MS };
  if (hears.kind !== 'conversation') return { what: hears.kind, limitMs: SILENCE_LIMIT_MS };
  const others = [...topology(call).legs.values()].filter(
    (other) =>
      other.id !== legId && other.hears.kind === 'conversation' && other.hears.conversationId === hears.conversationId,
  );
  const heard = others.filter((other) => !other.muted && speaks(other.id));
  return { what: `conversation with ${heard.length}`, limitMs: heard.length > 0 ? SILENCE_LIMIT_MS : null };
}

function part({ samples, sampleRate }: Audio, fromMs: number, toMs: number): Heard {
  const at = (ms: number) => Math.max(0, Math.round((ms * sampleRate) / 1000));
  return new Heard({ samples: samples.subarray(at(fromMs), at(toMs)), sampleRate }, []);
}

export class Silence {
  readonly #calls: FollowedCalls;
  readonly #speaks: (legId: string) => boolean;
  readonly #followed = new Set<Followed>();
  readonly #ended: Promise<void>[] = [];
  /** What was too long, in sentences. */
  readonly found: string[] = [];
  /** In any conversation, music or announcement. */
  longestMs = 0;
  listenedMs = 0;

  constructor(calls: FollowedCalls, speaks: (legId: string) => boolean) {
    this.#calls = calls;
    this.#speaks = speaks;
    calls.watch(() => this.note());
  }

  /** From now on. A party who hangs up meanwhile is no failure. */
  async follow(call: PhoneCall, legId: string): Promise<void> {
    const listening = await call.listen([]).catch((error: unknown) => {
      if (call.over) return null;
      throw error;
    });
    if (listening === null) return;
    const followed = { call, legId, listening, begunAt: Date.now(), stretches: [] };
    this.#followed.add(followed);
    this.#noteOf(followed);
    this.#ended.push(call.ended.then(() => this.#judge(followed)));
  }

  /** Something has changed: what should be heard now? */
  note(): void {
    for (const followed of this.#followed) this.#noteOf(followed);
  }

  /** To be called when everybody has hung up. */
  async judged(): Promise<readonly string[]> {
    await Promise.all(this.#ended);
    return this.found;
  }

  #noteOf({ legId, begunAt, stretches }: Followed): void {
    const now = due(this.#calls.live, legId, this.#speaks);
    if (stretches.at(-1)?.what !== now.what) stretches.push({ ...now, fromMs: Date.now() - begunAt });
  }

  async #judge(followed: Followed): Promise<void> {
    this.#followed.delete(followed);
    const { audio, durationMs } = await followed.listening.stop();
    this.listenedMs += durationMs;
    for (const [index, { fromMs, what, limitMs }] of followed.stretches.entries()) {
      const toMs = followed.stretches[index + 1]?.fromMs ?? durationMs;
      if (limitMs === null) continue;
      const { silenceMs } = part(audio, fromMs, toMs);
      if (limitMs === SILENCE_LIMIT_MS) this.longestMs = Math.max(this.longestMs, silenceMs);
      if (silenceMs >= limitMs) {
        this.found.push(
          `${followed.legId} heard nothing for ${silenceMs} ms of ${Math.round(toMs - fromMs)} ms of ${what}`,
        );
      }
    }
  }
}
