/** Figures about callbacks in a period: in all, by queue, by agent and by the clients' codes. */
import { z } from 'zod';
import { ATTEMPT_RESULTS } from '../../core/callback/result.js';
import { isRefusal } from '../../core/refusal.js';
import { command } from './command.js';
import { period, since, until } from './history-period.js';
import { DAY_MS, id } from './schema.js';

const delay = z.number().nullable();
const totals = {
  scheduled: z.number().describe('Due in the period, whatever became of them.'),
  open: z.number().describe('Scheduled still, or being called.'),
  done: z.number(),
  doneOnTime: z.number().describe('Done, and first dialled within `onTimeMs` of the time agreed.'),
  failed: z.number(),
  missed: z.number(),
  cancelled: z.number(),
  closed: z.number().describe('The customer called first.'),
  attempts: z.number(),
  results: z.record(z.enum(ATTEMPT_RESULTS), z.number()).describe('Attempts by how they went.'),
  medianDelayMs: delay.describe('From the time agreed to the first attempt; null: none was tried.'),
  p95DelayMs: delay.describe('19 of 20 were not later.'),
};
const group = z.object({ id: z.string().nullable().describe('Null: of none.'), ...totals });

export const callbackStatisticsCommands = [
  command({
    name: 'statistics.callbacks',
    summary: 'What became of the callbacks that were due in a period.',
    tag: 'History',
    rest: { method: 'get', path: '/statistics/callbacks' },
    role: 'supervisor',
    input: z.strictObject({
      since,
      until,
      queueId: id('Only of this queue.').optional(),
      onTimeMs: z.coerce.number().int().min(0).max(DAY_MS).default(60_000).describe('So late is still on time.'),
    }),
    output: z
      .object({
        ...totals,
        byQueue: z.array(group).readonly(),
        byAgent: z.array(group).readonly().describe('By whose they are, or by whose phone rang first at last.'),
        byClientCode: z.array(group).readonly(),
      })
      .meta({ id: 'CallbackStatistics', description: 'Figures about callbacks.' }),
    async handler({ application }, { queueId, onTimeMs, ...asked }) {
      const range = period(application, asked);
      if (isRefusal(range)) return range;
      return await application.callbacks.statistics({ ...range, queueId: queueId ?? null, onTimeMs });
    },
  }),
];
