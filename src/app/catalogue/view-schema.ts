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
    mayRecord: z.boolean().describe('May start, pause and stop recordings.'),
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
      lost: z.number().describe('Ended because Asterisk was started anew; some of them had been answered.'),
      turnedAway: z
        .number()
        .describe('Not among the offered: sent to the fallback of the PBX at once, because there was too much to do.'),
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
  answeredBy: z
    .enum(['human', 'machine', 'unsure'])
    .nullable()
    .describe(
      'Whether a person or an answering machine answered, where a rule for outgoing calls asks; null until known.',
    ),
  since: instant,
});

const lineView = z
  .object({
    id: z.string(),
    state: z
      .enum(['active', 'held', 'dialling', 'queued', 'message', 'parked', 'scenario'])
      .describe(
        'active: people talk; held: on hold; dialling: somebody is rung; queued: waits for an agent; scenario: led through one.',
      ),
    members: z
      .array(
        z.object({
          legId: z.string(),
          onHold: z.boolean().describe('This member has put the line on hold.'),
          since: instant,
        }),
      )
      .readonly(),
    ringing: z
      .array(
        z.object({
          offerId: z.string(),
          purpose: z.enum([
            'own',
            'first',
            'queue',
            'consult',
            'transfer',
            'recall',
            'invite',
            'retrieve',
            'coach',
            'device',
          ]),
          party,
          agentId: z.string().nullable(),
          since: instant,
          byAgentId: z.string().nullable().describe('Who asked for it.'),
          picksUp: z.string().nullable().describe('The offer to a colleague that this agent picks up.'),
        }),
      )
      .readonly(),
    calls: party
      .nullable()
      .describe("Whom it calls once the phone that rings is answered: the agent's own phone rings first."),
    originId: z.string().nullable().describe('The line that was put on hold to open this one.'),
    conference: z.boolean(),
    talkingSince: instant.nullable(),
    recording: z.enum(['no', 'yes', 'paused']),
    awaitsAgentId: z.string().nullable().describe('The agent who hung up meanwhile, and is rung again.'),
    parked: z
      .object({ slot: z.string(), byAgentId: z.string(), since: instant, until: instant })
      .nullable()
      .describe('The slot in which it waits to be retrieved, and when its agent is rung again.'),
    scenarioId: z.string().nullable().describe('The scenario in which the party is, or to which it comes back.'),
  })
  .meta({ id: 'Line', description: 'Parties of a call who belong together: what an agent sees as a tab.' });

const coachingView = z
  .object({
    agentId: z.string().describe('Who is listened to.'),
    coachId: z.string(),
    coachName: z.string(),
    byAgentId: z.string().nullable().describe('Who asked for it.'),
    mode: z.enum(['listen', 'whisper', 'barge']),
    state: z.enum(['ringing', 'there', 'failed']),
    outcome: z.string().nullable().describe('Why nobody came: busy, rejected, noAnswer, unavailable …'),
  })
  .meta({ id: 'Coaching', description: 'A trainer, or a supervisor, with an agent of the call.' });

export const callView = z
  .object({
    id: z.string(),
    direction: z.enum(['inbound', 'outbound', 'internal']),
    phase: z.enum(['queued', 'preparing', 'connecting', 'talking', 'ended']),
    from: party,
    dialled: z.string(),
    queueId: z.string().nullable(),
    queueName: z.string().nullable(),
    startedAt: instant,
    connectedAt: instant.nullable(),
    endedAt: instant.nullable(),
    outcome: z.string().nullable(),
    position: z.number().nullable().describe('Place in line, 1 first.'),
    legs: z.array(legView).readonly(),
    lines: z.array(lineView).readonly(),
    coachings: z.array(coachingView).readonly(),
    moves: z
      .array(z.object({ agentId: z.string(), since: instant }))
      .readonly()
      .describe('Agents whose other phones ring, to take the conversation over.'),
    tags: z.array(z.string()).readonly(),
    crm: z.object({
      url: z.string().nullable().describe('The page of the CRM to open for the call; http or https.'),
      lookup: z
        .enum(['off', 'asking', 'done', 'failed'])
        .describe('Whether another system was asked who it is; `card` is its answer.'),
      card: z.array(z.object({ name: z.string(), value: z.string() })).readonly(),
    }),
  })
  .meta({ id: 'Call', description: 'A call at this moment.' });

export const parkedView = z
  .object({
    slot: z.string().describe('The number by which the call is retrieved.'),
    callId: z.string(),
    lineId: z.string(),
    party: party.describe('Who waits.'),
    queueId: z.string().nullable(),
    byAgentId: z.string(),
    since: instant,
    until: instant.describe('Then the agent who parked it is rung again.'),
  })
  .meta({ id: 'ParkedCall', description: 'A call that waits in a parking slot.' });
