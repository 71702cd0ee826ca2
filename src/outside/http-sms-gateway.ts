/**
 * Any SMS provider with an HTTP interface: one request for a message, made of a URL and a body with fields. What the answer has to be
 * like to count as taken is configured; an answer that is none counts as refused.
 */

import type { WebAnswer, WebClient } from '../app/integrations/web-client.js';
import type { OutgoingPart, SmsGateway } from '../app/sms/gateway.js';
import { valueAt } from '../core/json-path.js';
import type { Submission } from '../core/sms/sms.js';
import { filled } from '../core/template.js';

export interface HttpSmsOptions {
  /** Fields `{number}`, `{digits}` (without the `+`), `{text}`, `{id}` and `{sender}` in the URL and in the body. */
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Null: none is sent. */
  readonly body: string | null;
  /** The body is escaped as JSON or as a form, by the content type. */
  readonly sender: string;
  readonly timeoutMs: number;
  /** Least and greatest status that mean taken. */
  readonly success: readonly [number, number];
  /** The answer must match it as well; null: whatever it is. */
  readonly successBody: RegExp | null;
  /** Where in a JSON answer the message's id is; null: nowhere. */
  readonly idPath: string | null;
  /** The provider takes a message with the same `{id}` once only, so that a doubtful attempt may be repeated. */
  readonly repeatable: boolean;
}

const MOST_ANSWER_BYTES = 64 * 1024;
/** Statuses by which a server says that it did not take it now. */
const LATER: ReadonlySet<number> = new Set([408, 425, 429, 503]);
const LONGEST_ID = 100;

export class HttpSmsGateway implements SmsGateway {
  readonly takesWholeTexts = true;
  readonly #options: HttpSmsOptions;
  readonly #web: WebClient;

  constructor(options: HttpSmsOptions, web: WebClient) {
    this.#options = options;
    this.#web = web;
  }

  start(): void {}

  problem(): null {
    return null;
  }

  async stop(): Promise<void> {}

  async submit({ smsId, number, text }: OutgoingPart): Promise<Submission> {
    const { url, method, headers, body, sender, timeoutMs } = this.#options;
    const fields = { id: smsId, number, digits: number.replace('+', ''), text, sender };
    const answer = await this.#web.ask({
      url: filled(url, fields, encodeURIComponent),
      method,
      headers,
      body: body === null ? null : filled(body, fields, escapeFor(headers)),
      timeoutMs,
      mostBytes: MOST_ANSWER_BYTES,
      fresh: true,
    });
    return this.#judged(answer);
  }

  #judged(answer: WebAnswer): Submission {
    const { repeatable, success, successBody } = this.#options;
    if (answer.kind === 'failed') {
      if (!answer.reached || repeatable) return { kind: 'refused', code: `http:${answer.code}`, again: true };
      return { kind: 'unknown' };
    }
    const { status, body } = answer;
    if (status >= success[0] && status <= success[1]) {
      if (successBody === null || successBody.test(body)) return { kind: 'taken', gatewayId: this.#idIn(body) };
      return { kind: 'refused', code: 'http:answer', again: false };
    }
    if (LATER.has(status) || (status >= 500 && repeatable))
      return { kind: 'refused', code: `http:${status}`, again: true };
    // A gateway in between that gave up, or a server that failed while at it.
    return status >= 500 ? { kind: 'unknown' } : { kind: 'refused', code: `http:${status}`, again: false };
  }

  #idIn(body: string): string | null {
    const { idPath } = this.#options;
    if (idPath === null) return null;
    try {
      const value = valueAt(JSON.parse(body), idPath);
      return typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, LONGEST_ID) : null;
    } catch {
      return null;
    }
  }
}

/** A value within a JSON string, within a form, or within XML, by the content type; plain otherwise. */
function escapeFor(headers: Readonly<Record<string, string>>): (value: string) => string {
  const [, type = ''] = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type') ?? [];
  if (/json/i.test(type)) return (value) => JSON.stringify(value).slice(1, -1);
  if (/urlencoded/i.test(type)) return encodeURIComponent;
  if (/xml/i.test(type)) return (value) => value.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
  return (value) => value;
}
