/** Where a call may be sent by configuration. */
import { z } from 'zod';
import { dialable, id } from './schema.js';

export const destination = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('queue'), queueId: id('Queue.') }),
    z.strictObject({ kind: z.literal('agent'), agentId: id('Agent.') }),
    z.strictObject({ kind: z.literal('number'), number: dialable('Number, inside or outside.') }),
    z.strictObject({ kind: z.literal('scenario'), scenarioId: id('Published scenario.') }),
    z.strictObject({ kind: z.literal('fallback') }).describe("Back to the PBX's own dial plan."),
    z.strictObject({ kind: z.literal('hangup') }),
  ])
  .meta({ id: 'Destination', description: 'Where a call is sent.' });

/** Answer of every command that removes. */
export const removedResult = z.object({ removed: z.literal(true) });
