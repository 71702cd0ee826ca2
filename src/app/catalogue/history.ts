/** Sessions, statuses and statistics of the past. An agent reads only the own ones; calls are in history-calls.ts. */
import { z } from 'zod';
import { isRefusal } from '../../core/refusal.js';
import { command, seesAll } from './command.js';
import { agentId, filterOf, inTeam, listing, period, since, subject, teamId, until } from './history-period.js';
import { instant } from './schema.js';

const tag = 'History';

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
    lost: z.number().describe('Ended because Asterisk was started anew; some of them had been answered.'),
    turnedAway: z
      .number()
      .describe('Not among the offered: sent to the fallback of the PBX at once, because there was too much to do.'),
    answeredWithinServiceLevel: z.number(),
    waitedMs: z.number().describe('Sum over answered calls.'),
    talkedMs: z.number(),
    rated: z.number().describe('Calls whose caller gave a mark.'),
    ratings: z.number().describe('Sum of the marks, 1 to 5 each.'),
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

export const historyCommands = [
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
    summary: 'Totals of each agent, or of each in a team, in a period; for an agent, the own ones.',
    tag,
    rest: { method: 'get', path: '/statistics/agents' },
    role: 'agent',
    input: z.strictObject({ since, until, agentId, teamId }),
    output: z.array(agentTotals).readonly(),
    async handler({ viewer, application }, input) {
      const range = period(application, input);
      if (isRefusal(range)) return range;
      const whose = subject(viewer, input.agentId);
      if (isRefusal(whose)) return whose;
      const isMeant = inTeam(application, input.teamId);
      const totals = await application.history.agentTotals(range.since, range.until, whose.agentId);
      return totals.filter((each) => isMeant(each.agentId));
    },
  }),
];
