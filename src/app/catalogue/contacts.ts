/** The address book: every agent searches, adds and changes contacts; groups, removing and restoring are supervisors' matters. */
import { z } from 'zod';
import { isRefusal, refuse } from '../../core/refusal.js';
import { command } from './command.js';
import { contactFields, contactId, contactPage, contactView, group, groupId, writtenNumber } from './contact-schema.js';
import { removedResult } from './destination-schema.js';
import { id, nothing, text } from './schema.js';

const tag = 'Contacts';
const NO_CONTACT = refuse('notFound', 'There is no such contact.');

const limit = z.int().min(1).max(200).default(50).describe('How many at most, 1 to 200.');

const readingCommands = [
  command({
    name: 'contacts.search',
    summary:
      'Searches as somebody types: words of any field from their beginning, numbers by any part; without text, by name.',
    tag,
    rest: { method: 'get', path: '/contacts' },
    role: 'agent',
    input: z.strictObject({
      text: z.string().max(200).default('').describe('What is typed; all words must be found. At most 200 characters.'),
      groupId: groupId.optional(),
      after: id('Without text: only contacts behind this one, by name.').optional(),
      limit,
    }),
    output: contactPage,
    handler: ({ application }, input) =>
      application.addressBook.contacts.search({
        text: input.text,
        groupId: input.groupId ?? null,
        after: input.after ?? null,
        limit: input.limit,
      }),
  }),
  command({
    name: 'contacts.get',
    summary: 'One contact.',
    tag,
    rest: { method: 'get', path: '/contacts/{contactId}' },
    role: 'agent',
    input: z.strictObject({ contactId }),
    output: contactView,
    handler: ({ application }, input) => application.addressBook.contacts.get(input.contactId),
  }),
  command({
    name: 'contacts.ofNumber',
    summary: 'Whose number it is, however it is written.',
    tag,
    rest: { method: 'get', path: '/contacts/of-number/{number}' },
    role: 'agent',
    input: z.strictObject({ number: writtenNumber }),
    output: contactView,
    handler: ({ application }, input) => application.addressBook.contacts.ofNumber(input.number),
  }),
];

const writingCommands = [
  command({
    name: 'contacts.add',
    summary: 'Adds a contact. A number that another contact has is refused with `numberTaken`, which says whose it is.',
    tag,
    rest: { method: 'post', path: '/contacts' },
    role: 'agent',
    input: z.strictObject(contactFields),
    output: contactView,
    handler: ({ viewer, application }, input) => application.addressBook.contacts.add(viewer.agentId, input),
  }),
  command({
    name: 'contacts.save',
    summary:
      'Replaces a contact; what is left out becomes empty. With `version` it is refused when somebody has changed it since.',
    tag,
    rest: { method: 'put', path: '/contacts/{contactId}' },
    role: 'agent',
    input: z.strictObject({
      contactId,
      ...contactFields,
      version: z.int().min(1).optional().describe('The version that was read; left out: the last one who writes wins.'),
    }),
    output: contactView,
    handler: ({ viewer, application }, { contactId: changed, version, ...fields }) =>
      application.addressBook.contacts.save(viewer.agentId, changed, fields, version ?? null),
  }),
  command({
    name: 'contacts.assignManager',
    summary:
      'Saves the number as a contact where it is none yet, and gives it a personal manager: the agent who asks, or another.',
    tag,
    rest: { method: 'put', path: '/contacts/of-number/{number}/manager' },
    role: 'agent',
    input: z.strictObject({
      number: writtenNumber,
      managerId: id('The manager; the agent who asks if left out, nobody if null.').nullable().optional(),
      name: text(200, 'Name, where the contact has none.').optional(),
    }),
    output: contactView,
    handler: ({ viewer, application }, { number, managerId = viewer.agentId, name }) =>
      application.addressBook.contacts.note(viewer.agentId, number, { managerId, name }),
  }),
  command({
    name: 'contacts.addToGroup',
    summary: 'Saves the number as a contact where it is none yet, and puts it into a group.',
    tag,
    rest: { method: 'put', path: '/contacts/of-number/{number}/groups/{groupId}' },
    role: 'agent',
    input: z.strictObject({
      number: writtenNumber,
      groupId,
      name: text(200, 'Name, where the contact has none.').optional(),
    }),
    output: contactView,
    handler: ({ viewer, application }, { number, ...more }) =>
      application.addressBook.contacts.note(viewer.agentId, number, more),
  }),
  command({
    name: 'contacts.takeBack',
    summary:
      'Undoes what the same agent has done with `contacts.assignManager` or `contacts.addToGroup`; what has changed since stays. A contact that was new is removed, unless it was changed.',
    tag,
    rest: { method: 'post', path: '/contacts/{contactId}/take-back' },
    role: 'agent',
    input: z.strictObject({
      contactId,
      version: z.int().min(1).describe('The version that the contact got by what is to be undone.'),
    }),
    output: z.object({ contact: contactView.nullable().describe('Null: it was new, and is removed.') }),
    async handler({ viewer, application }, { contactId: noted, version }) {
      const left = await application.addressBook.contacts.takeBack(viewer.agentId, noted, version);
      return isRefusal(left) ? left : { contact: left === 'removed' ? null : left };
    },
  }),
];

const removingCommands = [
  command({
    name: 'contacts.remove',
    summary: 'Removes a contact; for 30 days it can be restored. Its numbers are free at once.',
    tag,
    rest: { method: 'delete', path: '/contacts/{contactId}' },
    role: 'supervisor',
    input: z.strictObject({ contactId }),
    output: removedResult,
    handler: async ({ viewer, application }, input) =>
      (await application.addressBook.contacts.remove(viewer.agentId, input.contactId))
        ? ({ removed: true } as const)
        : NO_CONTACT,
  }),
  command({
    name: 'contacts.removed',
    summary: 'Contacts that were removed and can be restored, the last removed first.',
    tag,
    rest: { method: 'get', path: '/removed-contacts' },
    role: 'supervisor',
    input: z.strictObject({ limit }),
    output: z.array(contactView).readonly(),
    handler: ({ application }, input) => application.addressBook.contacts.removed(input.limit),
  }),
  command({
    name: 'contacts.restore',
    summary:
      'Brings a removed contact back. Refused with `numberTaken` where another contact has got its number meanwhile.',
    tag,
    rest: { method: 'post', path: '/removed-contacts/{contactId}/restore' },
    role: 'supervisor',
    input: z.strictObject({ contactId }),
    output: contactView,
    handler: ({ viewer, application }, input) =>
      application.addressBook.contacts.restore(viewer.agentId, input.contactId),
  }),
];

const groupCommands = [
  command({
    name: 'contacts.groups.list',
    summary: 'The groups of contacts, by name.',
    tag,
    rest: { method: 'get', path: '/contact-groups' },
    role: 'agent',
    input: nothing,
    output: z.array(group).readonly(),
    handler: ({ application }) => application.addressBook.contacts.groups(),
  }),
  command({
    name: 'contacts.groups.save',
    summary: 'Creates or renames a group.',
    tag,
    rest: { method: 'put', path: '/contact-groups/{id}' },
    role: 'supervisor',
    input: group,
    output: group,
    handler: ({ viewer, application }, saved) => application.addressBook.contacts.saveGroup(viewer.agentId, saved),
  }),
  command({
    name: 'contacts.groups.remove',
    summary: 'Removes a group; its contacts stay.',
    tag,
    rest: { method: 'delete', path: '/contact-groups/{id}' },
    role: 'supervisor',
    input: z.strictObject({ id: groupId }),
    output: removedResult,
    async handler({ viewer, application }, input) {
      const removed = await application.addressBook.contacts.removeGroup(viewer.agentId, input.id);
      if (isRefusal(removed)) return removed;
      return removed ? ({ removed: true } as const) : refuse('notFound', 'There is no such group.');
    },
  }),
];

export const contactCommands = [...readingCommands, ...writingCommands, ...removingCommands, ...groupCommands];
