/** Addresses of other systems, as an administrator gives them: http or https, without a password in them. */
import { z } from 'zod';
import { fieldsOf } from '../../core/template.js';

const SHAPE = /^https?:\/\/[A-Za-z0-9.[\]:-]{1,255}([/?#][!-~]{0,1500})?$/;

export function webUrl(what: string) {
  return z
    .string()
    .regex(SHAPE)
    .refine((value) => URL.canParse(value), { error: 'is no URL' })
    .describe(`${what} http or https, no user and password in it; at most about 1750 characters.`);
}

/** With fields in braces, but not in the host: nobody but the administrator says where requests go. */
export function webUrlTemplate(what: string, known: readonly string[]) {
  const names = known.map((name) => `\`{${name}}\``).join(', ');
  return z
    .string()
    .regex(SHAPE)
    .refine((value) => URL.canParse(value), { error: 'is no URL' })
    .refine((value) => fieldsOf(value).every((name) => known.includes(name)), {
      error: 'has a field that is not known',
    })
    .describe(`${what} http or https; fields after the host: ${names}. At most about 1750 characters.`);
}
