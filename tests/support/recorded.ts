/** Recordings and messages as a logged-in agent gets them over HTTP. */
import { parseWav } from '../../lab/tone.js';
import { Heard } from '../../lab/tone-analysis.js';
import { hashPassword } from '../../src/app/login/password.js';
import type { RecordingRecord } from '../../src/app/recordings/store.js';
import type { TestCentre } from './centre.js';
import { account } from './configuration.js';

type Account = Parameters<typeof account>[1];
export type ListedRecording = Omit<RecordingRecord, 'name'>;

/** One login, and its requests. */
export class Browser {
  readonly #url: string;
  readonly token: string;

  private constructor(url: string, token: string) {
    this.#url = url;
    this.token = token;
  }

  /** The account as it usually is, but for `more`, logs in with a password of its own. */
  static async ofAgent(centre: TestCentre, number: string, more: Account = {}): Promise<Browser> {
    const hash = await hashPassword(`secret-${number}`);
    await centre.configure((store) => store.saveAgent(account(number, more), hash));
    return Browser.logIn(centre, `agent${number}`, `secret-${number}`);
  }

  static async logIn(centre: TestCentre, login: string, password: string): Promise<Browser> {
    const url = `${centre.service.url}/api/v1`;
    const response = await fetch(`${url}/login`, {
      method: 'POST',
      body: JSON.stringify({ login, password, session: false }),
    });
    const { token } = (await response.json()) as { token?: string };
    if (token === undefined) throw new Error(`${login} cannot log in: ${response.status}`);
    return new Browser(url, token);
  }

  request(method: string, path: string, body?: string | Uint8Array<ArrayBuffer>, type?: string): Promise<Response> {
    const headers = { authorization: `Bearer ${this.token}`, ...(type === undefined ? {} : { 'content-type': type }) };
    return fetch(`${this.#url}${path}`, { method, headers, ...(body === undefined ? {} : { body }) });
  }

  /** The status and the JSON of the answer. */
  async json<T>(method: string, path: string, body?: object): Promise<{ readonly status: number; readonly body: T }> {
    const response = await this.request(method, path, body === undefined ? undefined : JSON.stringify(body));
    return { status: response.status, body: (await response.json()) as T };
  }

  /** Of a call, oldest first. */
  async recordings(query: string): Promise<readonly ListedRecording[]> {
    const { status, body } = await this.json<readonly ListedRecording[]>('GET', `/recordings?${query}`);
    if (status !== 200) throw new Error(`GET /recordings: ${status} ${JSON.stringify(body)}`);
    return body.toReversed();
  }

  /** Of the call, once there are so many and the end of each is known. */
  async segments(callId: string, count: number, timeoutMs = 8_000): Promise<readonly ListedRecording[]> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const found = await this.recordings(`callId=${encodeURIComponent(callId)}`);
      if (found.length === count && found.every(({ outcome }) => outcome !== 'recording')) return found;
      if (Date.now() > deadline) throw new Error(`not ${count} recordings: ${JSON.stringify(found, null, 1)}`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  /** What is in the file. */
  async sound(recordingId: string): Promise<Heard> {
    const response = await this.request('GET', `/recordings/${encodeURIComponent(recordingId)}/audio`);
    if (response.status !== 200) throw new Error(`no sound of ${recordingId}: ${response.status}`);
    return new Heard(parseWav(Buffer.from(await response.arrayBuffer())));
  }
}

/** Who took part: agents by their number, others by theirs. */
export function partiesOf({ parties }: ListedRecording): readonly string[] {
  return parties.map(({ agentId, number }) => agentId ?? number).sort();
}
