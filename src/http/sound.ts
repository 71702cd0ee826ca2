/** Sends a sound file, or the one part of it that a player asks for when somebody drags its slider (RFC 9110, 14). */
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import type { Log } from '../app/ports.js';
import { type SoundFiles, SoundFilesUnavailable } from '../app/sound-files.js';
import { refuse } from '../core/refusal.js';
import { sendRefusal } from './answer.js';

interface Part {
  readonly start: number;
  /** Included. */
  readonly end: number;
}

export interface SoundParts {
  readonly files: SoundFiles;
  readonly log: Log;
}

export interface Sound {
  readonly name: string;
  /** Changes when the file does. */
  readonly tag: string;
  /** Under which name a browser is to save it, in plain letters; null or left out: it is to be played. */
  readonly downloadAs?: string | null;
}

/** A file that is not there answers `notFound`. */
export async function sendSound(parts: SoundParts, request: Request, response: Response, sound: Sound): Promise<void> {
  try {
    await send(parts, request, response, sound);
  } catch (error) {
    if (!(error instanceof SoundFilesUnavailable)) throw error;
    response.removeHeader('ETag');
    sendRefusal(response, refuse('phoneSystemUnavailable', 'The PBX does not give its sound files now.'));
  }
}

async function send({ files, log }: SoundParts, request: Request, response: Response, sound: Sound): Promise<void> {
  const file = await files.stat(sound.name);
  if (file === null) return noFile(response);
  const part = partAsked(request, sound.tag, file.bytes);
  response.set({ 'Accept-Ranges': 'bytes', ETag: `"${sound.tag}"` });
  if (part === 'unsatisfiable') {
    response.set('Content-Range', `bytes */${file.bytes}`);
    return sendRefusal(response, refuse('invalidInput', 'The file ends before this range.'), 416);
  }
  const stream = request.method === 'HEAD' ? null : await files.read(sound.name, part ?? undefined);
  if (stream === null && request.method !== 'HEAD') return noFile(response);
  response.type('audio/wav').set('Content-Length', String(part === null ? file.bytes : part.end - part.start + 1));
  if (sound.downloadAs) response.set('Content-Disposition', `attachment; filename="${sound.downloadAs}"`);
  if (part !== null) response.status(206).set('Content-Range', `bytes ${part.start}-${part.end}/${file.bytes}`);
  if (stream === null) {
    response.end();
    return;
  }
  // The answer has begun: a file or a client that breaks off now can only be cut.
  await pipeline(stream, response).catch((err: unknown) => log.debug({ err }, 'a sound file was not sent to its end'));
}

function noFile(response: Response): void {
  response.removeHeader('ETag');
  sendRefusal(response, refuse('notFound', 'There is no such sound file.'));
}

/** Null: the whole file. So is what is no single range in bytes, and what was asked of a file that has changed since. */
function partAsked(request: Request, tag: string, bytes: number): Part | 'unsatisfiable' | null {
  const unchanged = request.get('if-range');
  if (unchanged !== undefined && unchanged !== `"${tag}"`) return null;
  const range = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(request.get('range') ?? '');
  const [first, last] = [range?.[1] ?? '', range?.[2] ?? ''];
  if (first === '' && last === '') return null;
  if (first === '') return lastBytes(Number(last), bytes);
  const start = Number(first);
  const end = last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1);
  if (last !== '' && Number(last) < start) return null;
  return start >= bytes ? 'unsatisfiable' : { start, end };
}

function lastBytes(count: number, bytes: number): Part | 'unsatisfiable' {
  return count === 0 || bytes === 0 ? 'unsatisfiable' : { start: Math.max(0, bytes - count), end: bytes - 1 };
}
