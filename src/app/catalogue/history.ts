/** Past calls and statistics. An agent reads only the own ones. */
import { z } from 'zod';
import type { AgentId } from '../../core/call/state.js';
import { isRefusal, type Refusal, refuse } from '../../core/refusal.js';
import type { Application, Viewer } from '../application.js';
import type { HistoryFilter } from '../ports.js';
import { type CommandContext, command, seesAll } from './command.js';
import { DAY_MS, id, instant, instantInput } from './schema.js';

const tag = 'History';
const LONGEST_PERIOD_MS = 366 * DAY_MS;

const since = instantInput
  .optional()
  .describe('Start, milliseconds since 1970 UTC; a day before the end if left out. At most 366 days before the end.');
const until = instantInput.optional().describe('End (not included), milliseconds since 1970 UTC; now if left out.');
const agentId = id('Only of this agent.').optional();

const callRecord = z
  .object({
    id: z.string(),
    direction: z.string(),
    fromNumber: z.string(),
    fromName: z.string(),
    dialled: z.string(),
    queueId: z.string().nullable(),
    agentId: z.string().nullable(),
    startedAt: instant,
    connectedAt: instant.nullable(),
    endedAt: instant.nullable(),
    outcome: z.string().nullable(),
    waitedMs: z.number().nullable(),
    talkedMs: z.number().nullable(),
  })
  .meta({ id: 'CallRecord', description: 'A call as history keeps it.' });

const sessionRecord = z
  .object({ id: z.string(), agentId: z.string(), since: instant, until: instant.nullable() })
  .meta({ id: 'SessionRecord', description: 'A stretch of time an agent was logged in; `until` null: still is.' });

const statusRecord = z
  .object({
    agentId: z.string(),
    statusId: z.string(),
    since: instant,
    until: instant.nullable(),
    setBy: z.string(),
    byAgentId: z.string().nullable().describe('The supervisor who forced it.'),
  })
  .meta({ id: 'StatusRecord', description: 'A stretch of time an agent was in a status.' });

const queueTotals = z
  .object({
    queueId: z.string(),
    offered: z.number(),
    answered: z.number(),
    abandoned: z.number(),
    answeredWithinServiceLevel: z.number(),
    waitedMs: z.number().describe('Sum over answered calls.'),
    talkedMs: z.number(),
  })
  .meta({ id: 'QueueTotals' });

const agentTotals = z
  .object({
    agentId: z.string(),
    sessions: z.number(),
    loggedInMs: z.number(),
    statusMs: z.record(z.string(), z.number()).describe('Milliseconds in each status.'),
    answered: z.number(),
    missed: z.number(),
    talkedMs: z.number(),
  })
  .meta({ id: 'AgentTotals' });

interface Period {
  readonly since: number;
  readonly until: number;
}

function period(application: Application, asked: { since?: number | undefined; until?: number | undefined }) {
  const until = asked.until ?? application.now();
  const since = asked.since ?? Math.max(0, until - DAY_MS);
  if (since > until) return refuse('invalidInput', 'The period ends before it starts.', { fields: ['since', 'until'] });
  if (until - since > LONGEST_PERIOD_MS) {
    return refuse('invalidInput', 'The period is longer than 366 days.', { fields: ['since', 'until'] });
  }
  return { since, until } satisfies Period;
}

/** Whose figures are read: an agent's own always, anyone's (null: everyone's) for a supervisor. */
function subject(viewer: Viewer, asked: AgentId | undefined): { readonly agentId: AgentId | null } | Refusal {
  if (seesAll(viewer)) return { agentId: asked ?? null };
  if (asked === undefined || asked === viewer.agentId) return { agentId: viewer.agentId };
  return refuse('forbidden', 'An agent may read only the own history.');
}

const listing = z.strictObject({
  since,
  until,
  agentId,
  limit: z.int().min(1).max(1000).default(100).describe('How many at most, 1 to 1000.'),
});

function filterOf({ viewer, application }: CommandContext, input: z.output<typeof listing>): HistoryFilter | Refusal {
  const range = period(application, input);
  if (isRefusal(range)) return range;
  const whose = subject(viewer, input.agentId);
  return isRefusal(whose) ? whose : { ...range, ...whose, limit: input.limit };
}

export const historyCommands = [
  command({
    name: 'history.calls',
    summary: 'Past calls, newest first; to read on, ask again with `until` set to the last start.',
    tag,
    rest: { method: 'get', path: '/history/calls' },
    role: 'agent',
    input: listing,
    output: z.array(callRecord).readonly(),
    async handler(context, input) {
      const filter = filterOf(context, input);
      return isRefusal(filter) ? filter : context.application.history.calls(filter);
    },
  }),
  command({
    name: 'history.sessions',
    summary: 'When agents were logged in, newest first.',
    tag,
    rest: { method: 'get', path: '/history/sessions' },
    role: 'agent',
    input: listing,
    output: z.array(sessionRecord).readonly(),
    async handler(context, input) {
      const filter = filterOf(context, input);
      return isRefusal(filter) ? filter : context.application.history.sessions(filter);
    },
  }),
  command({
    name: 'history.statuses',
    summary: 'Which statuses agents were in, from when to when, and who set them; newest first.',
    tag,
    rest: { method: 'get', path: '/history/statuses' },
    role: 'agent',
    input: listing,
    output: z.array(statusRecord).readonly(),
    async handler(context, input) {
      const filter = filterOf(context, input);
      return isRefusal(filter) ? filter : context.application.history.statuses(filter);
    },
  }),
  command({
    name: 'statistics.queues',
    summary: 'Totals of each queue in a period; for an agent, of the queues the agent serves.',
    tag,
    rest: { method: 'get', path: '/statistics/queues' },
    role: 'agent',
    input: z.strictObject({ since, until }),
    output: z.array(queueTotals).readonly(),
    async handler({ viewer, application }, input) {
      const range = period(application, input);
      if (isRefusal(range)) return range;
      const totals = await application.history.queueTotals(range.since, range.until);
      if (seesAll(viewer)) return totals;
      const members = application.configuration().members;
      const own = new Set(members.filter((each) => each.agentId === viewer.agentId).map((each) => each.queueId));
      return totals.filter((each) => own.has(each.queueId));
    },
  }),
  command({
    name: 'statistics.agents',
    summary: 'Totals of each agent in a period; for an agent, the own ones.',
    tag,
    rest: { method: 'get', path: '/statistics/agents' },
    role: 'agent',
    input: z.strictObject({ since, until, agentId }),
    output: z.array(agentTotals).readonly(),
    async handler({ viewer, application }, input) {
      const range = period(application, input);
      if (isRefusal(range)) return range;
      const whose = subject(viewer, input.agentId);
      if (isRefusal(whose)) return whose;
      return application.history.agentTotals(range.since, range.until, whose.agentId);
    },
  }),
];
