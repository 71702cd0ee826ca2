/** The sound of a recording. Everything else about recordings is a command. */
import { Router } from 'express';
import { z } from 'zod';
import type { Application } from '../app/application.js';
import { invalidInput } from '../app/catalogue/error.js';
import { mayListen, recordingId } from '../app/catalogue/recordings.js';
import type { Login } from '../app/login.js';
import type { RecordingRecord } from '../app/recordings/store.js';
import { isRefusal } from '../core/refusal.js';
import { sendRefusal } from './answer.js';
import { authenticated, queryText } from './rest.js';
import { type SoundParts, sendSound } from './sound.js';

export interface RecordingRouterParts extends SoundParts {
  readonly login: Login;
  readonly application: Application;
}

export const recordingAudioPath = z.strictObject({ recordingId });
export const recordingAudioQuery = z.strictObject({
  download: z.enum(['0', '1']).default('0').describe('1: to be saved as a file.'),
});

/** GET and HEAD; mounted where the commands are. */
export function recordingRouter(parts: RecordingRouterParts): Router {
  const { login, application } = parts;
  const router = Router({ caseSensitive: true });
  router.get('/recordings/:recordingId/audio', async (request, response) => {
    const known = await authenticated(login, request, response);
    if (known === null) return;
    const path = recordingAudioPath.safeParse(request.params);
    if (!path.success) return sendRefusal(response, invalidInput(path.error.issues));
    const query = recordingAudioQuery.safeParse(Object.fromEntries(new URLSearchParams(queryText(request))));
    if (!query.success) return sendRefusal(response, invalidInput(query.error.issues));
    const found =
      mayListen({ viewer: known.viewer, application }) ??
      (await application.recordings.playable(known.viewer, path.data.recordingId));
    if (isRefusal(found)) return sendRefusal(response, found);
    const downloadAs = query.data.download === '1' ? fileName(found) : null;
    await sendSound(parts, request, response, { name: found.name, tag: found.id, downloadAs });
  });
  return router;
}

/** When it began, and which: no numbers or names, which would end up in logs of browsers and proxies. */
function fileName({ id, startedAt }: RecordingRecord): string {
  const began = new Date(startedAt).toISOString().slice(0, 19).replaceAll(':', '-');
  return `recording-${began}-${id.replaceAll(/[^A-Za-z0-9_.-]/g, '_')}.wav`;
}
