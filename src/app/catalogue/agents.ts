/** Commands about agents: session, status, wrap-up, and looking at them. */
import { z } from 'zod';
import { refuse } from '../../core/refusal.js';
import { command, seesAll } from './command.js';
import { inTeam, teamId } from './history-period.js';
import { id, nothing } from './schema.js';
import { agentView } from './view-schema.js';

const tag = 'Agents';
const statusId = id('Status.');

export const agentCommands = [
  command({
    name: 'me.get',
    summary: 'Who is logged in here, with which role.',
    tag,
    rest: { method: 'get', path: '/me' },
    role: 'agent',
    input: nothing,
    output: z.object({
      role: z.enum(['agent', 'supervisor', 'administrator']),
      agent: agentView,
    }),
    handler({ viewer, application }) {
      const agent = application.views.agent(viewer.agentId);
      return agent === null ? refuse('notFound', 'There is no such agent.') : { role: viewer.role, agent };
    },
  }),
  command({
    name: 'agent.logIn',
    summary: "Starts the agent's session; the first status follows the centre's settings.",
    tag,
    rest: { method: 'post', path: '/me/session' },
    role: 'agent',
    input: nothing,
    output: agentView,
    handler: ({ viewer, application }) => application.agents.logIn(viewer.agentId),
  }),
  command({
    name: 'agent.logOut',
    summary: "Ends the agent's session, but not this login. Refused during a call.",
    tag,
    rest: { method: 'delete', path: '/me/session' },
    role: 'agent',
    input: nothing,
    output: agentView,
    handler: ({ viewer, application }) => application.agents.logOut(viewer.agentId),
  }),
  command({
    name: 'agent.setStatus',
    summary: 'Changes the own status to one that agents may choose.',
    tag,
    rest: { method: 'put', path: '/me/status' },
    role: 'agent',
    input: z.strictObject({ statusId }),
    output: agentView,
    handler: ({ viewer, application }, input) => application.agents.setStatus(viewer.agentId, input.statusId),
  }),
  command({
    name: 'agent.endWrapUp',
    summary: 'Ends the own wrap-up before its time is over.',
    tag,
    rest: { method: 'post', path: '/me/wrap-up/end' },
    role: 'agent',
    input: nothing,
    output: agentView,
    handler: ({ viewer, application }) => application.agents.endWrapUp(viewer.agentId),
  }),
  command({
    name: 'agent.setPin',
    summary: "Sets the own PIN for logging in at a phone; a supervisor may set anybody's. Null: no login at phones.",
    tag,
    rest: { method: 'put', path: '/agents/{agentId}/pin' },
    role: 'agent',
    input: z.strictObject({
      agentId: id('Agent.'),
      pin: z
        .string()
        .regex(/^[0-9]{4,12}$/)
        .nullable()
        .describe('4 to 12 digits.'),
    }),
    output: z.object({ saved: z.literal(true) }),
    async handler({ viewer, application, logins }, { agentId, pin }) {
      const mine = agentId === viewer.agentId;
      if ((!mine && !seesAll(viewer)) || application.views.agent(agentId) === null)
        return refuse('notFound', 'There is no such agent.');
      await logins.setPin(agentId, pin);
      return { saved: true } as const;
    },
  }),
  command({
    name: 'agent.forceStatus',
    summary: 'Sets the status of an agent; a blocking one cannot be changed by the agent.',
    tag,
    rest: { method: 'put', path: '/agents/{agentId}/status' },
    role: 'supervisor',
    input: z.strictObject({ agentId: id('Agent.'), statusId, blocking: z.boolean().default(false) }),
    output: agentView,
    handler: ({ viewer, application }, input) =>
      application.agents.forceStatus(viewer.agentId, input.agentId, input.statusId, input.blocking),
  }),
  command({
    name: 'agent.list',
    summary: 'The agents this login may see: all for a supervisor, or those of a team; oneself for an agent.',
    tag,
    rest: { method: 'get', path: '/agents' },
    role: 'agent',
    input: z.strictObject({ teamId }),
    output: z.array(agentView).readonly(),
    handler({ viewer, application }, input) {
      const isMeant = inTeam(application, input.teamId);
      return application.views.snapshot(viewer).agents.filter((agent) => isMeant(agent.id));
    },
  }),
  command({
    name: 'agent.get',
    summary: 'One agent; for an agent only oneself.',
    tag,
    rest: { method: 'get', path: '/agents/{agentId}' },
    role: 'agent',
    input: z.strictObject({ agentId: id('Agent.') }),
    output: agentView,
    handler({ viewer, application }, { agentId }) {
      const visible = seesAll(viewer) || agentId === viewer.agentId;
      const agent = visible ? application.views.agent(agentId) : null;
      return agent ?? refuse('notFound', 'There is no such agent.');
    },
  }),
];
