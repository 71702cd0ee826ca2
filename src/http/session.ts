/** POST /login and /logout: the two requests that are not commands, because they make and end the token that commands need. */
import { Router } from 'express';
import { rateLimit } from 'express-rate-limit';
import { z } from 'zod';
import { invalidInput } from '../app/catalogue/error.js';
import { isPlainText } from '../app/catalogue/schema.js';
import { agentView } from '../app/catalogue/view-schema.js';
import { type Login, tooManyAttempts } from '../app/login.js';
import { isRefusal } from '../core/refusal.js';
import { sendRefusal } from './answer.js';
import { authenticated } from './rest.js';

export const loginInput = z.strictObject({
  login: z
    .string()
    .min(1)
    .max(128)
    .refine(isPlainText, { error: 'must not contain control characters' })
    .describe('`user`, `user@domain` or `DOMAIN\\user`, 1 to 128 characters.'),
  password: z.string().min(1).max(128).describe('1 to 128 characters.'),
  session: z
    .boolean()
    .default(true)
    .describe("Start the agent's session too; false only to look on, as the live page does."),
});

export const loginOutput = z.object({
  token: z.string().describe('Send it as `Authorization: Bearer …`, and as `auth.token` to Socket.IO.'),
  expiresAt: z.number(),
  role: z.enum(['agent', 'supervisor', 'administrator']),
  agent: agentView.nullable(),
});

export const logoutInput = z.strictObject({
  session: z.boolean().default(true).describe("End the agent's session too, refused during a call."),
});

export const logoutOutput = z.object({ loggedOut: z.literal(true) });

/** Generous, and only failures stay counted: a whole office may log in at nine from behind one address. */
const PER_MINUTE = 300;

export function sessionRouter(login: Login, loginsPerMinute = PER_MINUTE): Router {
  const router = Router({ caseSensitive: true });
  const perAddress = rateLimit({
    windowMs: 60_000,
    limit: loginsPerMinute,
    skipSuccessfulRequests: true,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: (_request, response) => sendRefusal(response, tooManyAttempts(60_000)),
  });
  router.post('/login', perAddress, async (request, response) => {
    const input = loginInput.safeParse(request.body ?? {});
    if (!input.success) {
      sendRefusal(response, invalidInput(input.error.issues));
      return;
    }
    const result = await login.logIn(input.data);
    if (isRefusal(result)) sendRefusal(response, result);
    else response.json(result);
  });
  router.post('/logout', async (request, response) => {
    const known = await authenticated(login, request, response);
    if (known === null) return;
    const input = logoutInput.safeParse(request.body ?? {});
    if (!input.success) {
      sendRefusal(response, invalidInput(input.error.issues));
      return;
    }
    const result = await login.logOut(known, input.data.session);
    if (isRefusal(result)) sendRefusal(response, result);
    else response.json(result);
  });
  return router;
}
