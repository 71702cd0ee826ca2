/**
 * Asks another system who calls: a few questions at a time, each once for the same address, each answer used again for a while.
 * Nothing of the call waits for it; whoever shows the call is told when the answer is there.
 */
import { valueAt } from '../../core/json-path.js';
import type { CardField, CrmLookup } from '../integrations/settings.js';
import type { WebAnswer, WebClient } from '../integrations/web-client.js';
import type { Clock, Log } from '../ports.js';
import type { CardValue } from './view.js';

export interface LookupParts {
  readonly web: WebClient;
  readonly clock: Clock;
  readonly log: Log;
  /** Authorization header; null: none. */
  readonly authorization: string | null;
}

/** Null: there was no answer. */
export type Card = readonly CardValue[] | null;

const AT_ONCE = 8;
/** More than so many that wait are not asked at all: the other system is slow, and callers come and go. */
const MOST_WAITING = 200;
const MOST_CACHED = 1_000;
const MOST_BYTES = 64 * 1024;
const LONGEST_VALUE = 500;
const NOT_FOUND = 404;

export class Lookups {
  readonly #parts: LookupParts;
  /** Least lately written first. */
  readonly #cache = new Map<string, { readonly card: readonly CardValue[]; readonly until: number }>();
  readonly #underWay = new Map<string, Promise<Card>>();
  readonly #waiting: (() => void)[] = [];
  #asking = 0;

  constructor(parts: LookupParts) {
    this.#parts = parts;
  }

  /** What is known already, without asking. */
  known(url: string): readonly CardValue[] | null {
    const cached = this.#cache.get(url);
    return cached !== undefined && cached.until > this.#parts.clock.now() ? cached.card : null;
  }

  /** Never rejects. */
  ask(url: string, lookup: CrmLookup): Promise<Card> {
    const underWay = this.#underWay.get(url);
    if (underWay !== undefined) return underWay;
    if (this.#waiting.length >= MOST_WAITING) return Promise.resolve(null);
    const asked = this.#ask(url, lookup).finally(() => this.#underWay.delete(url));
    this.#underWay.set(url, asked);
    return asked;
  }

  /** What was answered by other settings is no answer. */
  forget(): void {
    this.#cache.clear();
  }

  async #ask(url: string, { timeoutMs, cacheMs, fields }: CrmLookup): Promise<Card> {
    const { web, clock, authorization } = this.#parts;
    if (this.#asking >= AT_ONCE) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#asking += 1;
    try {
      const headers = { Accept: 'application/json', 'User-Agent': 'Ringmaster' };
      const answer = await web.ask({
        ...{ url, method: 'GET', body: null, timeoutMs, mostBytes: MOST_BYTES },
        headers: authorization === null ? headers : { ...headers, Authorization: authorization },
      });
      const card = this.#read(answer, fields);
      if (card !== null && cacheMs > 0) this.#keep(url, card, clock.now() + cacheMs);
      return card;
    } finally {
      this.#asking -= 1;
      this.#waiting.shift()?.();
    }
  }

  #read(answer: WebAnswer, fields: readonly CardField[]): Card {
    if (answer.kind === 'failed') return this.#failed(answer.code);
    if (answer.status === NOT_FOUND) return [];
    if (answer.status < 200 || answer.status > 299) return this.#failed(`http:${answer.status}`);
    if (answer.cut) return this.#failed('tooLarge');
    try {
      const json: unknown = JSON.parse(answer.body);
      return fields.flatMap(({ name, path }) => shown(name, valueAt(json, path)));
    } catch {
      return this.#failed('notJson');
    }
  }

  #failed(code: string): null {
    this.#parts.log.warn({ code }, 'A lookup in the CRM failed');
    return null;
  }

  #keep(url: string, card: readonly CardValue[], until: number): void {
    this.#cache.delete(url);
    this.#cache.set(url, { card, until });
    for (const [oldest] of this.#cache) {
      if (this.#cache.size <= MOST_CACHED) return;
      this.#cache.delete(oldest);
    }
  }
}

/** Texts, numbers and yes or no; what is nested deeper needs a path of its own. */
function shown(name: string, value: unknown): readonly CardValue[] {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return [];
  return [
    {
      name,
      value: String(value)
        .slice(0, LONGEST_VALUE)
        .replace(/\p{Surrogate}/gu, '\ufffd'),
    },
  ];
}
