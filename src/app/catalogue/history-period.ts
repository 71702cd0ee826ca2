/** What every question about the past has in common: the period it is about, and whose past it is. */
import { z } from 'zod';
import type { AgentId } from '../../core/call/state.js';
import { isRefusal, type Refusal, refuse } from '../../core/refusal.js';
import type { Application, Viewer } from '../application.js';
import type { TeamId } from '../directory.js';
import type { HistoryFilter } from '../history/filter.js';
import { type CommandContext, seesAll } from './command.js';
import { DAY_MS, id, instantInput } from './schema.js';

const LONGEST_PERIOD_MS = 366 * DAY_MS;

export const since = instantInput
  .optional()
  .describe('Start, milliseconds since 1970 UTC; a day before the end if left out. At most 366 days before the end.');
export const until = instantInput
  .optional()
  .describe('End (not included), milliseconds since 1970 UTC; now if left out.');
export const agentId = id('Only of this agent.').optional();
export const teamId = id('Only of agents who are in this team now.').optional();

/** Is the agent in the team that is asked for? */
export function inTeam(application: Application, asked: TeamId | undefined): (id: AgentId) => boolean {
  if (asked === undefined) return () => true;
  const agents = application.configuration().agents.filter((agent) => agent.teamId === asked);
  const members = new Set(agents.map((agent) => agent.id));
  return (id) => members.has(id);
}

/** The input of everything that is listed. */
export const listing = z.strictObject({
  since,
  until,
  agentId,
  limit: z.int().min(1).max(1000).default(100).describe('How many at most, 1 to 1000.'),
});

interface Period {
  readonly since: number;
  readonly until: number;
}

export function period(
  application: Application,
  asked: { since?: number | undefined; until?: number | undefined },
): Period | Refusal {
  const until = asked.until ?? application.now();
  const since = asked.since ?? Math.max(0, until - DAY_MS);
  if (since > until) return refuse('invalidInput', 'The period ends before it starts.', { fields: ['since', 'until'] });
  if (until - since > LONGEST_PERIOD_MS) {
    return refuse('invalidInput', 'The period is longer than 366 days.', { fields: ['since', 'until'] });
  }
  return { since, until };
}

/** Whose figures are read: an agent's own always, anyone's (null: everyone's) for a supervisor. */
export function subject(viewer: Viewer, asked: AgentId | undefined): { readonly agentId: AgentId | null } | Refusal {
  if (seesAll(viewer)) return { agentId: asked ?? null };
  if (asked === undefined || asked === viewer.agentId) return { agentId: viewer.agentId };
  return refuse('forbidden', 'An agent may read only the own history.');
}

export function filterOf(
  { viewer, application }: Pick<CommandContext, 'viewer' | 'application'>,
  input: z.output<typeof listing>,
): HistoryFilter | Refusal {
  const range = period(application, input);
  if (isRefusal(range)) return range;
  const whose = subject(viewer, input.agentId);
  return isRefusal(whose) ? whose : { ...range, ...whose, limit: input.limit };
}
