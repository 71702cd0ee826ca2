/**
 * Sound files through ARI, where Asterisk's folder is not shared. Asterisk sends whole files only and says nothing of its disk: parts
 * are cut out of the stream as it passes, headers are put right in passing, and nothing can be put there.
 */
import { Readable } from 'node:stream';
import { type SoundFiles, SoundFilesUnavailable } from '../app/sound-files.js';
import { checkedName } from './sound-name.js';
import { checkedHeader, HEADER_BYTES } from './wav-header.js';

/** Until Asterisk begins to answer. */
const ANSWER_WITHIN_MS = 10_000;

export interface RemoteOptions {
  readonly url: string;
  readonly username: string;
  readonly password: string;
}

interface Incoming {
  readonly bytes: number;
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Stops receiving. */
  readonly end: () => void;
}

export class RemoteSoundFiles implements SoundFiles {
  readonly writable = false;
  readonly #base: string;
  readonly #authorization: string;

  constructor({ url, username, password }: RemoteOptions) {
    this.#base = `${url.replace(/\/+$/, '')}/ari/recordings/stored`;
    this.#authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  }

  async stat(name: string): Promise<{ readonly bytes: number } | null> {
    const incoming = await this.#open(name);
    incoming?.end();
    return incoming === null ? null : { bytes: incoming.bytes };
  }

  async read(name: string, range?: { readonly start: number; readonly end: number }): Promise<Readable | null> {
    const incoming = await this.#open(name);
    if (incoming === null) return null;
    const { start, end } = range ?? { start: 0, end: incoming.bytes - 1 };
    const stream = Readable.from(partOf(incoming, start, end), { objectMode: false });
    // Also when nobody reads on, or at all.
    return stream.once('close', incoming.end);
  }

  write(): Promise<void> {
    return Promise.reject(new Error('Files cannot be put into Asterisk: its recording folder is not shared.'));
  }

  async remove(name: string): Promise<boolean> {
    const { response, end } = await this.#ask('DELETE', encodeURIComponent(checkedName(name)));
    end();
    if (response.ok || response.status === 404) return true;
    throw new SoundFilesUnavailable(`Asterisk answered HTTP ${response.status}.`);
  }

  /** Only looks: the header is put right whenever the file is read. */
  async repair(name: string): Promise<number | null> {
    const incoming = await this.#open(name);
    if (incoming === null) return null;
    let start: Buffer = Buffer.alloc(0);
    for await (const chunk of incoming.chunks) {
      start = Buffer.concat([start, chunk]);
      if (start.length >= HEADER_BYTES) break;
    }
    incoming.end();
    return checkedHeader(start, incoming.bytes)?.durationMs ?? 0;
  }

  freeBytes(): Promise<number | null> {
    return Promise.resolve(null);
  }

  async #open(name: string): Promise<Incoming | null> {
    const { response, end } = await this.#ask('GET', `${encodeURIComponent(checkedName(name))}/file`);
    if (response.status === 404) {
      end();
      return null;
    }
    const length = Number(response.headers.get('content-length') ?? Number.NaN);
    if (!response.ok || response.body === null || !Number.isSafeInteger(length)) {
      end();
      throw new SoundFilesUnavailable(`Asterisk answered HTTP ${response.status}.`);
    }
    return { bytes: length, chunks: response.body, end };
  }

  async #ask(method: 'GET' | 'DELETE', path: string): Promise<{ response: Response; end: () => void }> {
    const abort = new AbortController();
    const limit = setTimeout(() => abort.abort(), ANSWER_WITHIN_MS);
    try {
      const response = await fetch(`${this.#base}/${path}`, {
        method,
        headers: { authorization: this.#authorization },
        signal: abort.signal,
      });
      return { response, end: () => abort.abort() };
    } catch (error) {
      throw new SoundFilesUnavailable('Asterisk does not answer.', { cause: error });
    } finally {
      clearTimeout(limit);
    }
  }
}

/** Bytes `start` to `end`, both included, with the header as it should be; no more is held than the header and one chunk. */
async function* partOf(incoming: Incoming, start: number, end: number) {
  let at = 0;
  for await (const chunk of withRightHeader(incoming)) {
    const part = chunk.subarray(Math.max(0, start - at), Math.max(0, end + 1 - at));
    if (part.length > 0) yield part;
    at += chunk.length;
    if (at > end) return;
  }
}

async function* withRightHeader({ bytes, chunks }: Incoming): AsyncGenerator<Uint8Array> {
  let held: Buffer | null = Buffer.alloc(0);
  for await (const chunk of chunks) {
    if (held === null) {
      yield chunk;
      continue;
    }
    held = Buffer.concat([held, chunk]);
    if (held.length < Math.min(HEADER_BYTES, bytes)) continue;
    yield checkedHeader(held, bytes)?.bytes ?? held;
    held = null;
  }
  if (held !== null && held.length > 0) yield checkedHeader(held, bytes)?.bytes ?? held;
}
