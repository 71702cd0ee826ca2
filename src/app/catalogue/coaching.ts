/** Commands about trainers in calls: calling one, listening to agents, whispering, barging in. */
import { z } from 'zod';
import { command } from './command.js';
import { callId } from './line-schema.js';
import { id } from './schema.js';
import { callView } from './view-schema.js';

const tag = 'Coaching';
const post = (path: string) => ({ method: 'post', path: `/calls/{callId}${path}` }) as const;
const mode = z
  .enum(['listen', 'whisper', 'barge'])
  .describe('listen: nobody hears the trainer; whisper: only the agent does; barge: everybody on the line does.');

export const coachingCommands = [
  command({
    name: 'call.coach',
    summary:
      'Rings a trainer, who then hears all and is heard by the agent alone. Whether anybody comes is seen by the agent only.',
    tag,
    rest: post('/coach'),
    role: 'agent',
    input: z.strictObject({
      callId,
      trainerId: id('Trainer; left out: the one set for the agent, else for the queue of the call.').optional(),
    }),
    output: callView,
    handler: ({ viewer, application }, input) =>
      application.calls.coach(viewer.agentId, input.callId, input.trainerId ?? null),
  }),
  command({
    name: 'call.listen',
    summary: "Rings the supervisor's own phone, to listen to an agent of any call, whisper to the agent, or barge in.",
    tag,
    rest: post('/listen'),
    role: 'supervisor',
    input: z.strictObject({ callId, agentId: id('Agent to listen to.'), mode: mode.default('listen') }),
    output: callView,
    handler: ({ viewer, application }, input) =>
      application.calls.listen(viewer.agentId, input.callId, input.agentId, input.mode),
  }),
  command({
    name: 'call.coachMode',
    summary:
      'Changes who hears the trainer: nobody, the agent, or everybody. For the trainer or supervisor who listens.',
    tag,
    rest: post('/coach-mode'),
    role: 'agent',
    input: z.strictObject({ callId, mode }),
    output: callView,
    handler: ({ viewer, application }, input) => application.calls.coachMode(viewer.agentId, input.callId, input.mode),
  }),
  command({
    name: 'call.stopCoaching',
    summary: 'A trainer leaves the call, or is rung no longer; the conversation goes on.',
    tag,
    rest: post('/stop-coaching'),
    role: 'agent',
    input: z.strictObject({
      callId,
      coachId: id(
        'Trainer; left out: oneself, else the one whom one has called. An agent may name no others, a supervisor any.',
      ).optional(),
    }),
    output: callView,
    handler: ({ viewer, application }, input) =>
      application.calls.stopCoaching(viewer, input.callId, input.coachId ?? null),
  }),
];
