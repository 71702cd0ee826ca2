/** Voicemail: what callers have left for queues and agents. Listening is HTTP's own: it carries a file. */
import { z } from 'zod';
import { isRefusal } from '../../core/refusal.js';
import type { VoicemailRecord } from '../scenarios/voicemail-store.js';
import { command } from './command.js';
import { removedResult } from './destination-schema.js';
import { id, instant, instantInput } from './schema.js';

const tag = 'Voicemail';

export const voicemailId = id('Message.');

const view = z
  .object({
    id: z.string(),
    queueId: z.string().nullable().describe('The queue it was left for.'),
    agentId: z.string().nullable().describe('The agent it was left for.'),
    callId: z.string(),
    fromNumber: z.string(),
    fromName: z.string(),
    createdAt: instant,
    durationMs: z.number(),
    heardAt: instant.nullable().describe('When it was marked as heard; null: new.'),
    heardBy: z.string().nullable(),
  })
  .meta({ id: 'Voicemail', description: 'A message that a caller has left.' });

/** Without the file's name, which is no client's business. */
function viewOf({ to, from, sound: _sound, ...rest }: VoicemailRecord): z.output<typeof view> {
  return {
    ...rest,
    queueId: to.kind === 'queue' ? to.queueId : null,
    agentId: to.kind === 'agent' ? to.agentId : null,
    fromNumber: from.number,
    fromName: from.name,
  };
}

export const voicemailCommands = [
  command({
    name: 'voicemail.list',
    summary: 'Messages that callers left for the agent and the queues it serves, newest first; supervisors see all.',
    tag,
    rest: { method: 'get', path: '/voicemail' },
    role: 'agent',
    input: z.strictObject({
      onlyNew: z.enum(['true', 'false']).default('false').describe('true: those not yet marked as heard.'),
      since: instantInput.default(0).describe('Milliseconds since 1970, UTC.'),
      until: instantInput.optional().describe('Not included. Left out: now.'),
      limit: z.int().min(1).max(500).default(100),
    }),
    output: z.array(view).readonly(),
    async handler({ viewer, application }, { onlyNew, until, ...rest }) {
      // What is left in this very millisecond is listed too.
      const filter = { ...rest, onlyNew: onlyNew === 'true', until: until ?? application.now() + 1 };
      return (await application.voicemail.list(viewer, filter)).map(viewOf);
    },
  }),
  command({
    name: 'voicemail.mark',
    summary: 'Marks a message as heard, or as new again.',
    tag,
    rest: { method: 'put', path: '/voicemail/{voicemailId}' },
    role: 'agent',
    input: z.strictObject({ voicemailId, heard: z.boolean() }),
    output: view,
    async handler({ viewer, application }, input) {
      const marked = await application.voicemail.mark(viewer, input.voicemailId, input.heard);
      return isRefusal(marked) ? marked : viewOf(marked);
    },
  }),
  command({
    name: 'voicemail.remove',
    summary: 'Removes a message for good.',
    tag,
    rest: { method: 'delete', path: '/voicemail/{voicemailId}' },
    role: 'agent',
    input: z.strictObject({ voicemailId }),
    output: removedResult,
    handler: ({ viewer, application }, input) => application.voicemail.remove(viewer, input.voicemailId),
  }),
];
