// What SIP messages an Asterisk of the lab receives and sends, read from its own log: ARI shows neither REFER nor NOTIFY.
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Asterisk } from './asterisk.js';
import { SIP_LOG } from './phones-conf.js';

const LOOK_MS = 20;

/** One SIP message. */
export interface SipMessage {
  readonly received: boolean;
  /** The request line or the status line. */
  readonly firstLine: string;
  /** A header's value; empty when there is none. */
  header(name: string): string;
  readonly body: string;
}

const HEADING = /<--- (Received|Transmitting) SIP (?:request|response) \((\d+) bytes\) [^\n]*--->\n/g;

function message(received: boolean, text: string): SipMessage {
  const [head = '', body = ''] = text.split(/\r\n\r\n(.*)/s);
  const [firstLine = '', ...lines] = head.split('\r\n');
  const headers = new Map(
    lines.map((line): [string, string] => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  return { received, firstLine, header: (name) => headers.get(name.toLowerCase()) ?? '', body };
}

/** The whole messages in a piece of the log (one character per byte), and the rest to put before the next piece. */
export function parseSipLog(text: string): { readonly messages: readonly SipMessage[]; readonly rest: string } {
  const messages: SipMessage[] = [];
  let end = 0;
  for (const heading of text.matchAll(HEADING)) {
    const start = heading.index + heading[0].length;
    const size = Number(heading[2]);
    if (start + size > text.length) return { messages, rest: text.slice(heading.index) };
    messages.push(message(heading[1] === 'Received', text.slice(start, start + size)));
    end = start + size;
  }
  // A heading may be cut in its middle.
  return { messages, rest: text.slice(Math.max(end, text.lastIndexOf('\n') + 1)) };
}

/** Follows the messages of one Asterisk while somebody wants them. */
export class SipLog {
  readonly #asterisk: Asterisk;
  readonly #listeners = new Set<(message: SipMessage) => void>();
  #loggedBy: number | undefined;
  #offset = 0;
  #rest = '';
  #looking = false;

  constructor(asterisk: Asterisk) {
    this.#asterisk = asterisk;
  }

  get #path(): string {
    return join(this.#asterisk.folder, 'log', SIP_LOG);
  }

  /** Calls the listener for every message from now on, until the function returned is called. */
  async follow(listener: (message: SipMessage) => void): Promise<() => void> {
    const { pid } = this.#asterisk;
    if (this.#loggedBy !== pid) await this.#asterisk.cli('pjsip set logger on');
    this.#loggedBy = pid;
    if (!this.#looking) {
      this.#offset = (await stat(this.#path)).size;
      this.#rest = '';
    }
    this.#listeners.add(listener);
    if (!this.#looking) void this.#look();
    return () => this.#listeners.delete(listener);
  }

  /** Nobody follows any more. */
  forget(): void {
    this.#listeners.clear();
  }

  // The log's end is read every few milliseconds; a watch on the file would not say when Asterisk has written a whole message.
  async #look(): Promise<void> {
    this.#looking = true;
    try {
      while (this.#listeners.size > 0) {
        await new Promise((resolve) => setTimeout(resolve, LOOK_MS).unref());
        const { messages, rest } = parseSipLog(this.#rest + (await this.#news()));
        this.#rest = rest;
        for (const message of messages) for (const listener of [...this.#listeners]) listener(message);
      }
    } catch {
      this.#listeners.clear(); // The lab has been stopped, and its folder is gone.
    } finally {
      this.#looking = false;
    }
  }

  async #news(): Promise<string> {
    const { size } = await stat(this.#path);
    if (size <= this.#offset) return '';
    const file = await open(this.#path);
    try {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(size - this.#offset), 0, null, this.#offset);
      this.#offset += bytesRead;
      return buffer.toString('latin1', 0, bytesRead);
    } finally {
      await file.close();
    }
  }
}
