/** Requests of scenarios to other systems: so many at a time, each bounded in time and size. What fails is a value, never an exception. */
import type { WebRequest } from '../../core/scenario/effect.js';
import type { WebClient } from '../integrations/web-client.js';

export interface WebOutcome {
  /** Answered in time, with a status of success; and with JSON, if with anything. */
  readonly ok: boolean;
  readonly json: unknown;
}

const MOST_AT_ONCE = 100;
const MOST_BYTES = 100_000;
const FAILED: WebOutcome = { ok: false, json: null };

export class WebSteps {
  readonly #web: WebClient;
  #underWay = 0;

  constructor(web: WebClient) {
    this.#web = web;
  }

  async ask(request: WebRequest): Promise<WebOutcome> {
    // The caller waits: to be told at once is better than to wait for the others.
    if (this.#underWay >= MOST_AT_ONCE) return FAILED;
    this.#underWay += 1;
    try {
      const headers = { ...typeOf(request), ...request.headers };
      // What changes something is not sent on a connection that may be found closed only afterwards.
      const fresh = request.method !== 'GET';
      const answer = await this.#web.ask({ ...request, headers, mostBytes: MOST_BYTES, fresh });
      if (answer.kind === 'failed' || answer.cut || answer.status < 200 || answer.status > 299) return FAILED;
      return answer.body.trim() === '' ? { ok: true, json: null } : parsed(answer.body);
    } catch {
      return FAILED;
    } finally {
      this.#underWay -= 1;
    }
  }
}

function typeOf({ body, headers }: WebRequest): Readonly<Record<string, string>> {
  const given = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  return body === null || given ? {} : { 'content-type': 'application/json' };
}

function parsed(body: string): WebOutcome {
  try {
    return { ok: true, json: JSON.parse(body) };
  } catch {
    return FAILED;
  }
}
