/** Contacts, groups and tags as commands take and answer them. */
import { z } from 'zod';
import { CONTACT_LIMITS as MOST } from '../contacts/contact.js';
import { id, instant, isPlainText, list } from './schema.js';

/** One line of text that may be left empty. */
function line(max: number, what: string) {
  return z
    .string()
    .max(max)
    .refine(isPlainText, { error: 'must be one line without control characters' })
    .describe(`${what} At most ${max} characters, no control characters.`);
}

/** Empty when left out. */
function optionalLine(max: number, what: string) {
  return line(max, what).default('');
}

const note = z
  .string()
  .max(MOST.note)
  .refine((value) => isPlainText(value.replace(/[\r\n\t]/g, ' ')), { error: 'must be plain text' })
  .default('')
  .describe(`Anything else; several lines. At most ${MOST.note} characters.`);

/** A telephone number as people write it; kept as E.164 where it is a valid number. */
export const writtenNumber = z
  .string()
  .min(1)
  .max(60)
  .refine(isPlainText, { error: 'must be one line without control characters' })
  .describe('A telephone number as people write it, 1 to 60 characters.');

const numberLabel = z
  .string()
  .max(MOST.label)
  .refine((label) => isPlainText(label) && !/[:|]/.test(label), { error: 'must be one line without `:` and `|`' })
  .default('')
  .describe(`What the number is for, e.g. \`work\`. At most ${MOST.label} characters, without \`:\` and \`|\`.`);

/** A name that every JavaScript object has would be lost on the way. */
const customName = z
  .string()
  .min(1)
  .max(MOST.customName)
  .refine((name) => isPlainText(name) && name === name.trim() && !(name in {}), {
    error: 'must be one line, without spaces around it, and no reserved word',
  });

const custom = z
  .record(customName, line(MOST.customValue, 'Value.'))
  .refine((fields) => Object.keys(fields).length <= MOST.customFields, { error: 'has too many fields' })
  .default({})
  .describe(`Fields of the centre's own, by name. At most ${MOST.customFields}.`);

export const contactId = id('Contact.');
export const groupId = id('Group.');

export const contactFields = {
  name: optionalLine(MOST.name, 'Name.'),
  company: optionalLine(MOST.company, 'Company.'),
  email: optionalLine(MOST.email, 'E-mail address.'),
  note,
  clientCode: optionalLine(MOST.clientCode, 'Code of the client elsewhere, e.g. in a CRM.'),
  custom,
  numbers: list(z.strictObject({ number: writtenNumber, label: numberLabel }), MOST.numbers, 'Numbers.').default([]),
  groupIds: list(id('Group.'), MOST.groups, 'Groups.').default([]),
  managerId: id('Personal manager: the agent who is asked first when the contact calls.').nullable().default(null),
};

export const contactView = z
  .object({
    id: z.string(),
    name: z.string(),
    company: z.string(),
    email: z.string(),
    note: z.string(),
    clientCode: z.string(),
    custom: z.record(z.string(), z.string()),
    numbers: z.array(z.object({ number: z.string(), label: z.string() })).readonly(),
    groupIds: z.array(z.string()).readonly(),
    managerId: z.string().nullable(),
    version: z.number().describe('Counts the changes; give it with the next one, so that nothing is overwritten.'),
    createdAt: instant,
    updatedAt: instant,
    removedAt: instant.nullable(),
  })
  .meta({ id: 'Contact', description: 'Somebody in the address book.' });

export const contactPage = z
  .object({
    contacts: z.array(contactView).readonly(),
    more: z.boolean().describe('There are more than these.'),
  })
  .meta({ id: 'ContactPage' });

export const group = z
  .strictObject({
    id: groupId,
    name: z
      .string()
      .min(1)
      .max(80)
      .refine((name) => isPlainText(name) && !name.includes('|'), { error: 'must be one line without `|`' })
      .describe('Name, unique. 1 to 80 characters, without `|`.'),
  })
  .meta({ id: 'ContactGroup', description: 'A group of contacts.' });
