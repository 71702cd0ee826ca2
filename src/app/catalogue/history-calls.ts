/** Past calls: searching them, and one in full. An agent reads those in which the agent took part. */
import { z } from 'zod';
import type { CallOutcome } from '../../core/call/state.js';
import { isRefusal, refuse } from '../../core/refusal.js';
import { causeName } from '../history/cause.js';
import { type LegRecord, legsOf, tookPart } from '../history/legs.js';
import { tagsOf } from '../history/tags.js';
import { HAPPENINGS, timelineOf } from '../history/timeline.js';
import { type CommandContext, command, seesAll } from './command.js';
import { filterOf, listing } from './history-period.js';
import { mayListen, recordingView, viewOf } from './recordings.js';
import { DAY_MS, id, instant, milliseconds, text } from './schema.js';

const tag = 'History';

const OUTCOMES = [
  'answered',
  'abandoned',
  'blocked',
  'busy',
  'rejected',
  'noAnswer',
  'unavailable',
  'unknownNumber',
  'cancelled',
  'fallback',
  'scenario',
  'turnedAway',
  'lost',
] as const satisfies readonly CallOutcome[];

const MOST_RECORDINGS = 1000;

const recordFields = {
  id: z.string(),
  direction: z.string(),
  fromNumber: z.string(),
  fromName: z.string(),
  dialled: z.string(),
  queueId: z.string().nullable().describe('The queue it was last in.'),
  agentId: z.string().nullable().describe('The agent who first spoke with, or made, the call.'),
  startedAt: instant,
  connectedAt: instant.nullable(),
  endedAt: instant.nullable(),
  outcome: z.string().nullable(),
  waitedMs: z.number().nullable(),
  talkedMs: z.number().nullable(),
  rating: z.number().nullable().describe('How satisfied the caller was, 1 to 5; null: not asked, or no answer.'),
};
const callRecord = z.object(recordFields).meta({ id: 'CallRecord', description: 'A call as history keeps it.' });

const party = z.object({ number: z.string(), name: z.string() });

const legRecord = z
  .object({
    id: z.string(),
    role: z.enum(['caller', 'agent', 'target', 'coach']),
    agentId: z.string().nullable(),
    ...party.shape,
    startedAt: instant,
    answeredAt: instant.nullable().describe('Null: it never took part in a conversation.'),
    leftAt: instant.nullable().describe('Null: it is still there.'),
    cause: z
      .object({ q850: z.number().describe('0: nothing was said.'), name: z.string() })
      .nullable()
      .describe('Why it was hung up; null while it is there, or when it went on in another call.'),
  })
  .meta({ id: 'LegRecord', description: "One party's part in a call." });

const happening = z
  .object({
    at: instant,
    what: z.enum(HAPPENINGS),
    agentId: z.string().nullable(),
    party: party.nullable(),
    legId: z.string().nullable(),
    lineId: z.string().nullable(),
    queueId: z.string().nullable(),
    detail: z
      .string()
      .nullable()
      .describe("An outcome, a hang-up cause's name, a tag, a recording's id, another call's or line's id."),
  })
  .meta({ id: 'Happening', description: 'Something that happened in a call.' });

const callDetails = z
  .object({
    ...recordFields,
    legs: z.array(legRecord).readonly(),
    timeline: z.array(happening).readonly().describe('In the order in which it happened.'),
    tags: z.array(z.object({ tag: z.string(), agentId: z.string().nullable(), at: instant })).readonly(),
    recordings: z
      .array(recordingView)
      .readonly()
      .describe('Oldest first: those that the viewer may listen to, or might have, had they not been removed.'),
  })
  .meta({ id: 'CallDetails', description: 'A call in full.' });

/** What calls are searched by: also the export's. */
export const callSearch = listing.extend({
  agentId: id('Only calls in which this agent spoke, or which this agent made.').optional(),
  number: z
    .string()
    .regex(/^[0-9*#+]{1,33}$/)
    .refine((value) => value !== '*', { error: 'must begin with a character of the number' })
    .optional()
    .describe(
      'Who called, what was dialled, or anyone who was rung, written as in the listing; 1 to 33 of digits, `*`, `#`, `+`. A final `*` stands for anything further.',
    ),
  queueId: id('Only calls that were last in this queue.').optional(),
  direction: z.enum(['inbound', 'outbound', 'internal']).optional(),
  outcome: z.enum(OUTCOMES).optional(),
  tag: text(40, 'Only calls with this tag, as it was set.').optional(),
  minTalkedMs: milliseconds(0, DAY_MS, 'Only calls with so much conversation.').optional(),
  after: id('Only calls behind this one in the listing: the id of the last call already read.').optional(),
});

export const callHistoryCommands = [
  command({
    name: 'history.calls',
    summary: 'Past calls, newest first; to read on, ask again with `after` set to the id of the last one.',
    tag,
    rest: { method: 'get', path: '/history/calls' },
    role: 'agent',
    input: callSearch,
    output: z.array(callRecord).readonly(),
    async handler(context, input) {
      const filter = filterOf(context, input);
      return isRefusal(filter) ? filter : context.application.history.calls({ ...input, ...filter });
    },
  }),
  command({
    name: 'history.call',
    summary: 'One call in full: its legs with times and hang-up causes, what happened in it, tags and recordings.',
    tag,
    rest: { method: 'get', path: '/history/calls/{callId}' },
    role: 'agent',
    input: z.strictObject({ callId: id('The call.') }),
    output: callDetails,
    async handler(context, { callId }) {
      const { viewer, application } = context;
      const call = await application.history.call(callId);
      if (call === null) return refuse('notFound', 'No such call.');
      const { record, events } = call;
      const legs = legsOf(events);
      const own = record.agentId === viewer.agentId || tookPart(legs, viewer.agentId);
      if (!own && !seesAll(viewer)) return refuse('notFound', 'No such call.');
      return {
        ...record,
        legs: [...legs.values()].map(told),
        timeline: timelineOf(events),
        tags: tagsOf(events),
        recordings: await recordingsOf(context, callId),
      };
    },
  }),
];

function told({ cause, ...leg }: LegRecord) {
  return { ...leg, cause: cause === null ? null : { q850: cause, name: causeName(cause) } };
}

/** An agent is shown recordings of the own conversations only: others may have been made in the call without the agent. */
async function recordingsOf(context: CommandContext, callId: string) {
  if (mayListen(context) !== null) return [];
  const { viewer, application } = context;
  const agentId = seesAll(viewer) ? null : viewer.agentId;
  const until = application.now() + 1;
  const found = await application.recordings.list({ since: 0, until, agentId, callId, limit: MOST_RECORDINGS });
  return found.map(viewOf).reverse();
}
