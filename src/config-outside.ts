/** Settings of the connections with other systems: the gateway for short messages, CRM, where requests may go. */
import { z } from 'zod';

const MOST_HEADERS = 20;

const flag = z.enum(['true', 'false'], { error: 'must be true or false' }).transform((value) => value === 'true');
const seconds = z.coerce
  .number({ error: 'must be a number' })
  .int('must be a whole number')
  .min(1, 'must be at least 1')
  .max(120, 'must be at most 120');

/** A URL whose fields in braces are no matter here. */
const webUrl = z.string().refine((value) => /^https?:\/\/[^/{}]/.test(value), {
  error: 'must be a URL like https://sms.example/send',
});

/** `{"Name": "value"}` as a header may have them. */
const headers = z.string().transform((text, context): Readonly<Record<string, string>> => {
  const parsed = z.record(z.string().regex(/^[A-Za-z0-9-]{1,60}$/), z.string().regex(/^[\t\x20-\x7e]{0,2000}$/));
  try {
    const result = parsed.safeParse(JSON.parse(text));
    if (result.success && Object.keys(result.data).length <= MOST_HEADERS) return result.data;
  } catch {
    // Told below, without the text: it holds secrets.
  }
  context.addIssue({ code: 'custom', message: 'must be JSON like {"Content-Type": "application/json"}' });
  return z.NEVER;
});

const pattern = z.string().transform((text, context): RegExp => {
  try {
    return new RegExp(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'must be a regular expression' });
    return z.NEVER;
  }
});

const statusRange = z
  .string()
  .regex(/^[1-5][0-9]{2}(-[1-5][0-9]{2})?$/, 'must be like 200 or 200-299')
  .transform((text): readonly [number, number] => {
    const [least = '', most = least] = text.split('-');
    return [Number(least), Number(most)];
  });

export const outsideSettings = {
  SMS_GATEWAY: z.enum(['smpp', 'http'], { error: 'must be smpp or http' }).optional(),
  SMS_SENDER: z
    .string()
    .regex(/^(\+?[0-9]{1,15}|[A-Za-z0-9 ._-]{1,11})$/, 'must be a number or a name of up to 11 letters')
    .optional(),
  SMS_TRY_MINUTES: z.coerce
    .number({ error: 'must be a number' })
    .int('must be a whole number')
    .min(1, 'must be at least 1')
    .max(1_440, 'must be at most 1440')
    .optional(),
  SMS_KEEP_DAYS: z.coerce
    .number({ error: 'must be a number' })
    .int('must be a whole number')
    .min(1, 'must be at least 1')
    .max(36_500, 'must be at most 36500')
    .optional(),
  SMPP_URL: z
    .string()
    .regex(/^s?smpp:\/\/[^/:@]+(:[0-9]{1,5})?\/?$/, 'must be like smpp://smsc.example:2775, or ssmpp:// for TLS')
    .optional(),
  SMPP_SYSTEM_ID: z.string().max(15, 'has at most 15 characters').optional(),
  SMPP_PASSWORD: z.string().max(64, 'has at most 64 characters').optional(),
  SMPP_SYSTEM_TYPE: z.string().max(12, 'has at most 12 characters').optional(),
  SMPP_RECEIPT_IDS: z.enum(['same', 'decimal'], { error: 'must be same or decimal' }).optional(),
  SMS_HTTP_URL: webUrl.optional(),
  SMS_HTTP_METHOD: z.enum(['GET', 'POST', 'PUT'], { error: 'must be GET, POST or PUT' }).optional(),
  SMS_HTTP_HEADERS: headers.optional(),
  SMS_HTTP_BODY: z.string().max(10_000, 'is too long').optional(),
  SMS_HTTP_SUCCESS: statusRange.optional(),
  SMS_HTTP_SUCCESS_BODY: pattern.optional(),
  SMS_HTTP_ID: z.string().max(200, 'is too long').optional(),
  SMS_HTTP_TIMEOUT_SECONDS: seconds.optional(),
  SMS_HTTP_REPEATABLE: flag.optional(),
  CRM_AUTHORIZATION: z
    .string()
    .regex(/^[\x20-\x7e]{1,2000}$/, 'must be a header value')
    .optional(),
  OUTSIDE_PRIVATE_ADDRESSES: z.enum(['allow', 'refuse'], { error: 'must be allow or refuse' }).optional(),
};

export type OutsideConfig = z.output<z.ZodObject<typeof outsideSettings>>;

/** What the gateway that is chosen cannot do without. */
const NEEDED = { smpp: ['SMPP_URL', 'SMPP_SYSTEM_ID', 'SMPP_PASSWORD'], http: ['SMS_HTTP_URL'] } as const;

export function checkOutside(config: OutsideConfig, context: z.RefinementCtx): void {
  if (config.SMS_GATEWAY === undefined) return;
  for (const key of NEEDED[config.SMS_GATEWAY]) {
    if (config[key] === undefined)
      context.addIssue({ code: 'custom', path: [key], message: `is missing: SMS_GATEWAY is ${config.SMS_GATEWAY}` });
  }
}
