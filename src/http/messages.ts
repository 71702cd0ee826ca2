/** The two requests about prepared messages that carry a file: sending one in, and listening to it. The rest are commands. */
import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import { z } from 'zod';
import type { MessageOperations } from '../app/application.js';
import { invalidInput } from '../app/catalogue/error.js';
import { messageId, messageName, viewOfMessage } from '../app/catalogue/messages.js';
import type { Login } from '../app/login.js';
import { MOST_UPLOAD_BYTES, MOST_UPLOADS_AT_ONCE } from '../app/messages/limits.js';
import { uploadTooLarge } from '../app/messages/messages.js';
import { isRefusal, type Refusal, refuse } from '../core/refusal.js';
import { sendRefusal } from './answer.js';
import { authenticated, queryText } from './rest.js';
import { type SoundParts, sendSound } from './sound.js';

export interface MessageRouterParts extends SoundParts {
  readonly login: Login;
  readonly messages: MessageOperations;
}

export const uploadQuery = z.strictObject({
  name: messageName,
  shared: z.enum(['true', 'false']).default('false').describe('For all agents; needs the role supervisor.'),
});

export const audioPath = z.strictObject({ messageId });

/** What browsers and tools call a WAV file. */
const WAV_TYPES = ['audio/wav', 'audio/x-wav', 'audio/wave', 'audio/vnd.wave'];

const rawBody = express.raw({ limit: MOST_UPLOAD_BYTES, type: () => true, inflate: false });

/** Comes before the reading of JSON: the body is the file itself. */
export function messageRouter(parts: MessageRouterParts): Router {
  const { login, messages } = parts;
  const router = Router({ caseSensitive: true });
  router.post('/messages', uploadHandler(parts));
  router.get('/messages/:messageId/audio', async (request, response) => {
    const known = await authenticated(login, request, response);
    if (known === null) return;
    const asked = audioPath.safeParse(request.params);
    if (!asked.success) return sendRefusal(response, invalidInput(asked.error.issues));
    const message = await messages.find(known.viewer, asked.data.messageId);
    if (isRefusal(message)) sendRefusal(response, message);
    else await sendSound(parts, request, response, { name: message.sound, tag: message.id });
  });
  return router;
}

/** Everything that can be said without the body is said before it is read. */
function uploadHandler({ login, messages }: MessageRouterParts): RequestHandler {
  let underWay = 0;
  return async (request, response) => {
    const known = await authenticated(login, request, response);
    if (known === null) return;
    const asked = askedUpload(request);
    if (isRefusal(asked)) return sendRefusal(response, asked);
    if (underWay >= MOST_UPLOADS_AT_ONCE) return sendRefusal(response, tooManyAtOnce());
    underWay += 1;
    try {
      const wav = await fileOf(request, response);
      const uploaded = isRefusal(wav) ? wav : await messages.upload(known.viewer, { ...asked, wav });
      if (isRefusal(uploaded)) sendRefusal(response, uploaded);
      else response.status(201).json(viewOfMessage(uploaded));
    } finally {
      underWay -= 1;
    }
  };
}

function askedUpload(request: Request): { readonly name: string; readonly shared: boolean } | Refusal {
  const type = (request.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (!WAV_TYPES.includes(type)) return refuse('audioInvalid', 'Send a WAV file, with the content type audio/wav.');
  const fields = [...new URLSearchParams(queryText(request))];
  const query = uploadQuery.safeParse(Object.fromEntries(fields));
  if (!query.success) return invalidInput(query.error.issues);
  // `fromEntries` keeps the last of a name.
  if (new Set(fields.map(([name]) => name)).size < fields.length) {
    return refuse('invalidInput', 'A field is given twice.');
  }
  return { name: query.data.name, shared: query.data.shared === 'true' };
}

/** The body as it came. */
async function fileOf(request: Request, response: Response): Promise<Uint8Array | Refusal> {
  try {
    await new Promise<void>((resolve, reject) => {
      rawBody(request, response, (error?: unknown) => (error === undefined ? resolve() : reject(error)));
    });
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'status' in error && error.status === 413)
      return uploadTooLarge();
    throw error;
  }
  const body: unknown = request.body;
  return body instanceof Uint8Array ? body : refuse('audioInvalid', 'There is no file in the request.');
}

function tooManyAtOnce(): Refusal {
  return refuse('tooManyAttempts', 'Several files are being uploaded: try again in a moment.', {
    retryAfterSeconds: 5,
  });
}
