/** Figures of queues and of one's own day, as they are shown. Pure. */
import type { CallView, QueueView } from '../../../src/app/view.js';

/** What `statistics.agents` answers for one agent. */
export interface AgentTotals {
  readonly agentId: string;
  readonly loggedInMs: number;
  readonly statusMs: Readonly<Record<string, number>>;
  readonly answered: number;
  readonly missed: number;
  readonly talkedMs: number;
}

/** A share as whole per cent; null before there is anything to share. */
export function percent(share: number | null, language: string): string | null {
  return share === null ? null : new Intl.NumberFormat(language, { style: 'percent' }).format(share);
}

/** Most waiting first, then by name: what needs hands is on top. */
export function byNeed(queues: Iterable<QueueView>, language: string): readonly QueueView[] {
  return [...queues].sort((one, other) => other.waiting - one.waiting || one.name.localeCompare(other.name, language));
}

/** Callers in line, the first to be answered first, queue by queue. */
export function waitingCalls(calls: Iterable<CallView>): readonly CallView[] {
  return [...calls]
    .filter(({ phase, position }) => phase === 'queued' && position !== null)
    .sort((one, other) => (one.position ?? 0) - (other.position ?? 0) || one.startedAt - other.startedAt);
}

export function averageTalkMs({ talkedMs, answered }: AgentTotals): number | null {
  return answered === 0 ? null : talkedMs / answered;
}

/** Midnight of this day on this computer's clock. */
export function midnightOf(now: number): number {
  return new Date(now).setHours(0, 0, 0, 0);
}
