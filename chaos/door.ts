/** The REST API as agents' programs use it. The address changes with each start of the service; tokens stay good. */
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { AgentView, CallView } from '../src/app/view.js';

const TIMEOUT_MS = 12_000;
const LOOK_TIMEOUT_MS = 3_000;
const LOOK_MS = 20;
const loginAnswer = z.object({ token: z.string() });
const errorAnswer = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

/** What a supervisor sees at one moment. */
export interface Picture {
  readonly calls: readonly CallView[];
  readonly agents: readonly AgentView[];
}

export class Refused extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export class Door {
  readonly #url: () => string;
  readonly #token: string | null;

  constructor(url: () => string, token: string | null = null) {
    this.#url = url;
    this.#token = token;
  }

  /** With `session` an agent's working day begins. */
  async logIn(login: string, password: string, session: boolean): Promise<Door> {
    const answer = await this.send('POST', '/login', { login, password, session });
    return new Door(this.#url, loginAnswer.parse(answer).token);
  }

  /** @throws Refused with the service's own code when it refuses */
  send(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown): Promise<unknown> {
    const content =
      body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    return this.#fetch(`${method} ${path}`, `/api/v1${path}`, { method, ...content }, TIMEOUT_MS);
  }

  /** Sends a prepared message for all agents in; answers its id. */
  async upload(name: string, wav: Uint8Array): Promise<string> {
    const path = `/api/v1/messages?shared=true&name=${encodeURIComponent(name)}`;
    const init = { method: 'POST', body: wav, headers: { 'content-type': 'audio/wav' } };
    return z.object({ id: z.string() }).parse(await this.#fetch('upload', path, init, TIMEOUT_MS)).id;
  }

  /** Everything there is now, or null while the service is away or not connected to Asterisk. */
  async look(): Promise<Picture | null> {
    try {
      await this.#fetch('look', '/health/ready', {}, LOOK_TIMEOUT_MS);
      const [calls, agents] = await Promise.all(
        ['/calls', '/agents'].map((path) => this.#fetch('look', `/api/v1${path}`, {}, LOOK_TIMEOUT_MS)),
      );
      // The service's own shapes, checked by its own tests.
      return { calls: calls as readonly CallView[], agents: agents as readonly AgentView[] };
    } catch {
      return null;
    }
  }

  /** Looks again and again until it is so; bounded. */
  async until(test: (picture: Picture) => boolean, withinMs: number): Promise<void> {
    const deadline = Date.now() + withinMs;
    for (;;) {
      const picture = await this.look();
      if (picture !== null && test(picture)) return;
      if (Date.now() > deadline)
        throw new Error(`not so within ${withinMs} ms; ${picture?.calls.length ?? 'no'} calls`);
      await pause(LOOK_MS);
    }
  }

  async #fetch(what: string, path: string, init: RequestInit, timeoutMs: number): Promise<unknown> {
    const headers = new Headers(init.headers);
    if (this.#token !== null) headers.set('authorization', `Bearer ${this.#token}`);
    const response = await fetch(`${this.#url()}${path}`, { ...init, headers, signal: AbortSignal.timeout(timeoutMs) });
    const answer: unknown = await response.json();
    if (response.ok) return answer;
    const error = errorAnswer.safeParse(answer);
    const { code, message } = error.success ? error.data.error : { code: 'unknown', message: response.statusText };
    throw new Refused(code, `${what}: ${code}: ${message}`);
  }
}
