/** Figures about the callbacks of a period, read page by page: a year of them need not be in memory whole. */
import type { Instant, QueueId } from '../../core/call/state.js';
import {
  type CallbackFigures,
  type CallbackTotals,
  figuresOf,
  type GroupTotals,
  totalsBy,
  totalsOf,
} from '../../core/callback/totals.js';
import type { CallbackStore } from './store.js';

export interface StatisticsQuery {
  readonly since: Instant;
  readonly until: Instant;
  readonly queueId: QueueId | null;
  readonly onTimeMs: number;
}

export interface CallbackStatistics extends CallbackTotals {
  readonly byQueue: readonly GroupTotals[];
  readonly byAgent: readonly GroupTotals[];
  readonly byClientCode: readonly GroupTotals[];
}

const PAGE = 500;

export async function statisticsOf(
  store: Pick<CallbackStore, 'page'>,
  { since, until, queueId, onTimeMs }: StatisticsQuery,
): Promise<CallbackStatistics> {
  const figures: CallbackFigures[] = [];
  let after = { dueAt: since, id: '' };
  for (;;) {
    const page = await store.page(after, until, PAGE);
    for (const each of page) if (queueId === null || each.queueId === queueId) figures.push(figuresOf(each));
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) break;
    after = last;
  }
  return {
    ...totalsOf(figures, onTimeMs),
    byQueue: totalsBy('queueId', figures, onTimeMs),
    byAgent: totalsBy('agentId', figures, onTimeMs),
    byClientCode: totalsBy('clientCode', figures, onTimeMs),
  };
}
