/** Prepared voice messages: seeing, renaming and removing them. Uploading and listening are HTTP's own: they carry files. */
import { z } from 'zod';
import { isRefusal } from '../../core/refusal.js';
import type { VoiceMessage } from '../messages/store.js';
import { command } from './command.js';
import { removedResult } from './destination-schema.js';
import { id, instant, nothing, text } from './schema.js';

const tag = 'Messages';

export const messageName = text(80, "Name, unique among the owner's messages.");
export const messageId = id('Message.');

export const messageView = z
  .object({
    id: z.string(),
    agentId: z.string().nullable().describe('Whose it is; null: for all agents.'),
    name: z.string(),
    durationMs: z.number(),
    bytes: z.number(),
    createdAt: instant,
    state: z.enum(['ready', 'recording']).describe('`recording`: still being made; it cannot be played yet.'),
  })
  .meta({ id: 'VoiceMessage', description: 'A prepared voice message.' });

/** Without the file's name, which is no client's business. */
export function viewOfMessage({ sound: _sound, ...view }: VoiceMessage): z.output<typeof messageView> {
  return view;
}

export const messageCommands = [
  command({
    name: 'message.list',
    summary: 'The own prepared messages and those for all, by name.',
    tag,
    rest: { method: 'get', path: '/messages' },
    role: 'agent',
    input: nothing,
    output: z.array(messageView).readonly(),
    handler: async ({ viewer, messages }) => (await messages.list(viewer)).map(viewOfMessage),
  }),
  command({
    name: 'message.record',
    summary: "Rings the agent's phone; what is said after the tone, until the key # or the hang-up, is the message.",
    tag,
    rest: { method: 'post', path: '/messages/record' },
    role: 'agent',
    input: z.strictObject({ name: messageName }),
    output: messageView,
    async handler({ viewer, application }, input) {
      const message = await application.calls.dictate(viewer.agentId, input.name);
      return isRefusal(message) ? message : viewOfMessage(message);
    },
  }),
  command({
    name: 'message.rename',
    summary: 'Gives a message another name; one for all is renamed by supervisors.',
    tag,
    rest: { method: 'put', path: '/messages/{messageId}' },
    role: 'agent',
    input: z.strictObject({ messageId, name: messageName }),
    output: messageView,
    async handler({ viewer, messages }, input) {
      const renamed = await messages.rename(viewer, input.messageId, input.name);
      return isRefusal(renamed) ? renamed : viewOfMessage(renamed);
    },
  }),
  command({
    name: 'message.remove',
    summary: 'Removes a message for good; one for all is removed by supervisors.',
    tag,
    rest: { method: 'delete', path: '/messages/{messageId}' },
    role: 'agent',
    input: z.strictObject({ messageId }),
    output: removedResult,
    handler: ({ viewer, messages }, input) => messages.remove(viewer, input.messageId),
  }),
];
