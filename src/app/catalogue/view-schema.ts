/** The pictures of agents, queues and calls that clients read, as schemas for the API's description. */
import { z } from 'zod';
import { instant } from './schema.js';

const party = z.object({ number: z.string(), name: z.string() });

export const agentView = z
  .object({
    id: z.string(),
    name: z.string(),
    number: z.string(),
    loggedIn: z.boolean(),
    sessionSince: instant.nullable(),
    status: z
      .object({
        id: z.string(),
        since: instant,
        setBy: z.enum(['agent', 'supervisor', 'system']),
        blocking: z.boolean().describe('The agent cannot change it.'),
        receiving: z.boolean().describe('Queues offer calls to the agent.'),
        until: instant.nullable(),
        next: z.string().nullable(),
      })
      .nullable(),
    activity: z.enum(['idle', 'ringing', 'talking']),
    callIds: z.array(z.string()).readonly(),
  })
  .meta({ id: 'Agent', description: 'An agent at this moment.' });

export const queueView = z
  .object({
    id: z.string(),
    name: z.string(),
    waiting: z.number(),
    longestWaitSince: instant.nullable(),
    estimatedWaitMs: z.number().nullable(),
    agentsLoggedIn: z.number(),
    agentsReceiving: z.number(),
    agentsTalking: z.number(),
    today: z.object({
      offered: z.number(),
      answered: z.number(),
      abandoned: z.number(),
      serviceLevel: z.number().nullable().describe('Share answered in time, 0 to 1.'),
      averageWaitMs: z.number().nullable(),
    }),
  })
  .meta({ id: 'Queue', description: 'A queue at this moment.' });

const legView = z.object({
  id: z.string(),
  role: z.enum(['caller', 'agent', 'target', 'coach']),
  party,
  agentId: z.string().nullable(),
  phase: z.enum(['arrived', 'dialling', 'ringing', 'up']),
  muted: z.boolean(),
  since: instant,
});

export const callView = z
  .object({
    id: z.string(),
    direction: z.enum(['inbound', 'outbound', 'internal']),
    phase: z.enum(['queued', 'preparing', 'connecting', 'talking', 'ended']),
    from: party,
    dialled: z.string(),
    queueId: z.string().nullable(),
    startedAt: instant,
    connectedAt: instant.nullable(),
    endedAt: instant.nullable(),
    outcome: z.string().nullable(),
    position: z.number().nullable().describe('Place in line, 1 first.'),
    legs: z.array(legView).readonly(),
  })
  .meta({ id: 'Call', description: 'A call at this moment.' });
