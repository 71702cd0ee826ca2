/** The REST API as any client uses it: the demonstration has no other way in. */
import { z } from 'zod';

const TIMEOUT_MS = 10_000;
const loginAnswer = z.object({ token: z.string() });
const errorAnswer = z.object({ error: z.object({ message: z.string() }) });

export type Method = 'GET' | 'POST' | 'PUT';

export class Api {
  readonly #url: string;
  readonly token: string | null;

  constructor(url: string, token: string | null = null) {
    this.#url = url;
    this.token = token;
  }

  /** With `session` an agent's working day begins; without, somebody only looks on. */
  async logIn(login: string, password: string, session: boolean): Promise<Api> {
    const answer = await this.send('POST', '/login', { login, password, session });
    return new Api(this.#url, loginAnswer.parse(answer).token);
  }

  /** @throws with the service's own sentence when it refuses. */
  async send(method: Method, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${this.#url}/api/v1${path}`, {
      method,
      headers: this.token === null ? {} : { authorization: `Bearer ${this.token}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const answer: unknown = await response.json();
    if (response.ok) return answer;
    const error = errorAnswer.safeParse(answer);
    throw new Error(`${method} ${path}: ${error.success ? error.data.error.message : response.statusText}`);
  }
}
