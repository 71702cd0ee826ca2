/** What was recorded. Agents find their own conversations, if the centre lets them listen; supervisors find all. */
import { z } from 'zod';
import { isRefusal, type Refusal, refuse } from '../../core/refusal.js';
import type { RecordingRecord } from '../recordings/store.js';
import { type CommandContext, command, seesAll } from './command.js';
import { removedResult } from './destination-schema.js';
import { id, instant, instantInput } from './schema.js';

const tag = 'Recordings';

export const recordingId = id('Recording.');
const one = z.strictObject({ recordingId });

export const recordingView = z
  .object({
    id: z.string(),
    callId: z.string(),
    conversationId: z.string().describe('Each conversation of a call has recordings of its own.'),
    queueId: z.string().nullable().describe('The queue of the call when it began.'),
    startedAt: instant,
    endedAt: instant.nullable(),
    durationMs: z.number().nullable(),
    outcome: z
      .enum(['recording', 'kept', 'failed', 'lost', 'removed'])
      .describe('Only of one that is `kept` there is something to hear. `removed`: by an administrator, or by age.'),
    parties: z
      .array(z.object({ agentId: z.string().nullable(), number: z.string(), name: z.string() }))
      .readonly()
      .describe('Who took part when it began.'),
  })
  .meta({ id: 'Recording', description: 'The recording of one conversation.' });

/** Without the name of its file. */
export function viewOf({ name: _file, ...record }: RecordingRecord): z.output<typeof recordingView> {
  return record;
}

/** For agents of a centre that keeps recordings to its supervisors. */
export function mayListen({ viewer, application }: Pick<CommandContext, 'viewer' | 'application'>): Refusal | null {
  if (seesAll(viewer) || application.configuration().centre.agentsMayListen) return null;
  return refuse('forbidden', 'Agents do not listen to recordings here.');
}

const listing = z.strictObject({
  since: instantInput.default(0).describe('Began at or after, milliseconds since 1970 UTC.'),
  until: instantInput.optional().describe('Began before (not included); now if left out.'),
  agentId: id('In which this agent took part; an agent finds the own ones only.').optional(),
  number: z
    .string()
    .regex(/^[0-9*#+]{0,31}[0-9#+]\*?$/)
    .optional()
    .describe("A party's number. With a final `*`: numbers that begin so. 1 to 33 characters."),
  queueId: id('Of calls of this queue.').optional(),
  callId: id('Of this call.').optional(),
  after: recordingId
    .optional()
    .describe('To read on: the last recording of the page before. The order is newest first; an unknown one: nothing.'),
  limit: z.int().min(1).max(1000).default(100).describe('How many at most, 1 to 1000.'),
});

export const recordingCommands = [
  command({
    name: 'recording.list',
    summary: 'Recordings, newest first; for an agent, of the own conversations.',
    tag,
    rest: { method: 'get', path: '/recordings' },
    role: 'agent',
    input: listing,
    output: z.array(recordingView).readonly(),
    async handler(context, { agentId: asked, until, ...filter }) {
      const { viewer, application } = context;
      const problem = mayListen(context);
      if (problem !== null) return problem;
      if (!seesAll(viewer) && asked !== undefined && asked !== viewer.agentId)
        return refuse('forbidden', 'An agent may find only the own recordings.');
      const agentId = seesAll(viewer) ? (asked ?? null) : viewer.agentId;
      // Now is not yet over: what begins in this millisecond belongs to it.
      const end = until ?? application.now() + 1;
      const found = await application.recordings.list({ ...filter, until: end, agentId });
      return found.map(viewOf);
    },
  }),
  command({
    name: 'recording.get',
    summary: 'One recording; its sound is at `/recordings/{recordingId}/audio`.',
    tag,
    rest: { method: 'get', path: '/recordings/{recordingId}' },
    role: 'agent',
    input: one,
    output: recordingView,
    async handler(context, input) {
      const problem = mayListen(context);
      if (problem !== null) return problem;
      const found = await context.application.recordings.get(context.viewer, input.recordingId);
      return isRefusal(found) ? found : viewOf(found);
    },
  }),
  command({
    name: 'recording.remove',
    summary: 'Removes the sound of a recording; that there was one stays known. Refused while it is being written.',
    tag,
    rest: { method: 'delete', path: '/recordings/{recordingId}' },
    role: 'administrator',
    input: one,
    output: removedResult,
    handler: ({ application }, input) => application.recordings.remove(input.recordingId),
  }),
];
