/** Who is the trainer of an agent, of a team, or of the agents in calls of a queue: a supervisor may configure it. */
import { z } from 'zod';
import { isRefusal, refuse } from '../../core/refusal.js';
import { command } from './command.js';
import { removedResult } from './destination-schema.js';
import { id, nothing } from './schema.js';

const tag = 'Configuration';
const of = z
  .enum(['agent', 'team', 'queue'])
  .describe("Whose trainer it is. The agent's comes before the team's, and that before the queue's.");
const whose = { of, id: id('Agent, team or queue.') };

const trainer = z
  .strictObject({ ...whose, trainerId: id('Agent who is called as a trainer.') })
  .meta({ id: 'TrainerSettings', description: 'Who is rung when an agent calls the trainer.' });

export const trainerConfigurationCommands = [
  command({
    name: 'configuration.trainers.list',
    summary: 'The trainers of agents, teams and queues.',
    tag,
    rest: { method: 'get', path: '/configuration/trainers' },
    role: 'supervisor',
    input: nothing,
    output: z.array(trainer).readonly(),
    handler: ({ application }) => application.configuration().trainers,
  }),
  command({
    name: 'configuration.trainers.save',
    summary: 'Sets the trainer of an agent, a team or a queue.',
    tag,
    rest: { method: 'put', path: '/configuration/trainers/{of}/{id}' },
    role: 'supervisor',
    input: trainer,
    output: trainer,
    async handler({ application }, saved) {
      const result = await application.configure((store) => store.saveTrainer(saved));
      return isRefusal(result) ? result : saved;
    },
  }),
  command({
    name: 'configuration.trainers.remove',
    summary: 'The agent, the team or the queue has no trainer any more.',
    tag,
    rest: { method: 'delete', path: '/configuration/trainers/{of}/{id}' },
    role: 'supervisor',
    input: z.strictObject(whose),
    output: removedResult,
    async handler({ application }, input) {
      const removed = await application.configure((store) => store.removeTrainer(input.of, input.id));
      if (isRefusal(removed)) return removed;
      return removed ? ({ removed: true } as const) : refuse('notFound', 'No trainer is set there.');
    },
  }),
];
