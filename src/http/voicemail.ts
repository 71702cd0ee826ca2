/** The sound of a voicemail. Everything else about voicemail is a command. */
import { Router } from 'express';
import { z } from 'zod';
import type { Application } from '../app/application.js';
import { invalidInput } from '../app/catalogue/error.js';
import { voicemailId } from '../app/catalogue/voicemail.js';
import type { Login } from '../app/login.js';
import { isRefusal } from '../core/refusal.js';
import { sendRefusal } from './answer.js';
import { authenticated } from './rest.js';
import { type SoundParts, sendSound } from './sound.js';

export interface VoicemailRouterParts extends SoundParts {
  readonly login: Login;
  readonly application: Application;
}

export const voicemailAudioPath = z.strictObject({ voicemailId });

/** GET and HEAD; mounted where the commands are. */
export function voicemailRouter(parts: VoicemailRouterParts): Router {
  const { login, application } = parts;
  const router = Router({ caseSensitive: true });
  router.get('/voicemail/:voicemailId/audio', async (request, response) => {
    const known = await authenticated(login, request, response);
    if (known === null) return;
    const path = voicemailAudioPath.safeParse(request.params);
    if (!path.success) return sendRefusal(response, invalidInput(path.error.issues));
    const found = await application.voicemail.find(known.viewer, path.data.voicemailId);
    if (isRefusal(found)) sendRefusal(response, found);
    else await sendSound(parts, request, response, { name: found.sound, tag: found.id });
  });
  return router;
}
