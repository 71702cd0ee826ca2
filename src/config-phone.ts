/** Settings of phones in agents' browsers. */
import { z } from 'zod';
import type { BrowserPhoneSettings } from './app/browser-phone/operations.js';

/** What Ringmaster decides itself. */
const OURS = new Set(['type', 'auth', 'aors']);

const words = (text: string) => text.split(/\s+/).filter((word) => word !== '');

/** `key=value key=value` */
const endpoint = z.string().transform((text, context): Readonly<Record<string, string>> => {
  const pairs = words(text).map((word) => /^([a-z0-9_]{1,60})=(\S{1,200})$/.exec(word));
  const fields = pairs.flatMap((pair) => (pair?.[1] && pair[2] ? [[pair[1], pair[2]] as const] : []));
  if (fields.length === pairs.length && !fields.some(([key]) => OURS.has(key))) return Object.fromEntries(fields);
  context.addIssue({
    code: 'custom',
    message: 'must be like "media_address=192.0.2.10 language=ru", without auth and aors',
  });
  return z.NEVER;
});

const iceServers = z
  .string()
  .transform(words)
  .refine(
    (urls) =>
      urls.every((url) => /^(?:stun|stuns|turn|turns):[A-Za-z0-9.[\]:-]{1,200}(?:\?transport=(?:udp|tcp))?$/.test(url)),
    {
      error: 'must be like "stun:stun.example:3478 turn:turn.example:3478"',
    },
  );

export const phoneSettingsSchema = {
  PHONE_URL: z
    .string()
    .refine((value) => /^wss?:\/\/[^\s;,'"]{1,300}$/.test(value) && URL.canParse(value), {
      error: 'must be a URL like wss://pbx.example:8089/ws',
    })
    .optional(),
  PHONE_ICE_SERVERS: iceServers.optional(),
  PHONE_TURN_USERNAME: z.string().max(200, 'is too long').optional(),
  PHONE_TURN_PASSWORD: z.string().max(200, 'is too long').optional(),
  PHONE_ENDPOINT: endpoint.optional(),
};

type PhoneConfig = z.output<z.ZodObject<typeof phoneSettingsSchema>>;

export function phoneSettings(config: PhoneConfig): BrowserPhoneSettings {
  const { PHONE_URL, PHONE_ICE_SERVERS, PHONE_TURN_USERNAME: username, PHONE_TURN_PASSWORD: credential } = config;
  const account = username === undefined || credential === undefined ? {} : { username, credential };
  const iceServers = (PHONE_ICE_SERVERS ?? []).map((url) =>
    url.startsWith('turn') ? { urls: [url], ...account } : { urls: [url] },
  );
  return { url: PHONE_URL ?? null, iceServers };
}
