/** Calls, lines and targets as commands name them. */
import { z } from 'zod';
import type { CallTarget } from '../call-target.js';
import type { PickUpTarget } from '../pick-up.js';
import { dialable, id } from './schema.js';

export const callId = id('Call.');

export const lineId = id(
  'Line of the call; left out: the one that the agent takes part in, else the one put on hold last.',
)
  .optional()
  .transform((value) => value ?? null);

export const oneCall = z.strictObject({ callId });

export const oneLine = z.strictObject({ callId, lineId });

/** Whom an agent wants to reach. */
export const target = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('number'), number: dialable('Number, inside or outside.') }),
    z.strictObject({ kind: z.literal('agent'), agentId: id('Agent.') }),
    z.strictObject({ kind: z.literal('queue'), queueId: id('Queue.') }),
    z
      .strictObject({ kind: z.literal('scenario'), scenarioId: id('Scenario, as it is published.') })
      .describe('For a transfer: the party is led through it.'),
  ])
  .meta({ id: 'Target', description: 'Whom a call, a consult or a transfer is meant for.' });

export function targetOf(to: z.output<typeof target>): CallTarget {
  switch (to.kind) {
    case 'number':
      return { number: to.number };
    case 'agent':
      return { agentId: to.agentId };
    case 'queue':
      return { queueId: to.queueId };
    case 'scenario':
      return { scenarioId: to.scenarioId };
  }
}

/** What is picked up. */
export const pickUpTarget = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('number'), number: dialable('Number of an agent or of a queue.') }),
    z.strictObject({ kind: z.literal('agent'), agentId: id('Agent whose phone rings.') }),
    z.strictObject({ kind: z.literal('queue'), queueId: id('Queue whose call rings.') }),
    z.strictObject({ kind: z.literal('call'), callId: id('Call that rings.') }),
  ])
  .meta({ id: 'PickUpTarget', description: 'Which ringing call is picked up; left out: any that the agent may take.' });

export function pickUpTargetOf(from: z.output<typeof pickUpTarget> | undefined): PickUpTarget {
  if (from === undefined) return null;
  return from.kind === 'call' ? { callId: from.callId } : targetOf(from);
}
