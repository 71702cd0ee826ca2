/** The tab's callbacks: pages of the list, kept fresh by what is pushed. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { Callback } from '../../../src/core/callback/callback.js';
import type { CommandError } from '../link/command-error.js';
import { command, onChange, useLink } from '../link/link.js';
import { openOnes, pageAfter, pastOnes } from './callback-list.js';

const PAGE = 100;
const DAY_MS = 86_400_000;
/** The past is read backwards, so many days at a time. */
const PAST_DAYS = 7;

interface Listed {
  readonly callbacks: readonly Callback[];
  readonly loading: boolean;
  readonly loadingMore: boolean;
  /** Null: there are no more. */
  readonly more: (() => void) | null;
}

export function useOpenCallbacks(): Listed {
  const pushed = useLink((link) => link.picture.callbacks);
  const live = useLink((link) => link.state === 'live');
  const query = useInfiniteQuery<readonly Callback[], CommandError, readonly Callback[], readonly string[], number>({
    queryKey: ['callback.list', 'scheduled'],
    queryFn: ({ pageParam }) => command('callback.list', { state: 'scheduled', since: pageParam, limit: PAGE }),
    initialPageParam: 0,
    getNextPageParam: (page, _pages, since) => pageAfter(page, { since, limit: PAGE }),
    select: ({ pages }) => pages.flat(),
    enabled: live,
    retry: false,
  });
  const { refetch } = query;
  useEffect(
    () =>
      onChange((change) => {
        // Taken over by somebody else: it was read before, and is no longer this agent's to see.
        if (change.topic === 'callback' && change.view === null) void refetch();
      }),
    [refetch],
  );
  const callbacks = useMemo(() => openOnes(query.data ?? [], pushed), [query.data, pushed]);
  return listed(query, callbacks);
}

export function usePastCallbacks(): Listed {
  const pushed = useLink((link) => link.picture.callbacks);
  const live = useLink((link) => link.state === 'live');
  const query = useInfiniteQuery<readonly Callback[], CommandError, readonly Callback[], readonly string[], number>({
    queryKey: ['callback.list', 'past'],
    queryFn: ({ pageParam }) => wholePeriod(pageParam),
    initialPageParam: 0,
    getNextPageParam: (_page, pages) => (pages.length < 52 ? pages.length : null),
    select: ({ pages }) => pages.flat(),
    enabled: live,
    retry: false,
  });
  const callbacks = useMemo(() => pastOnes(query.data ?? [], pushed), [query.data, pushed]);
  return listed(query, callbacks);
}

/** The newest period has the future too: what was cancelled before its time. */
async function wholePeriod(periodsAgo: number): Promise<readonly Callback[]> {
  const end = Date.now() + useLink.getState().clockOffsetMs - periodsAgo * PAST_DAYS * DAY_MS;
  const found: Callback[] = [];
  let since: number | null = end - PAST_DAYS * DAY_MS;
  while (since !== null) {
    const asked: { since: number; limit: number } = { since, limit: 500 };
    const until = periodsAgo === 0 ? {} : { until: end };
    const page: readonly Callback[] = await command('callback.list', { ...asked, ...until });
    found.push(...page);
    since = pageAfter(page, asked);
  }
  return found;
}

interface Query {
  readonly isPending: boolean;
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly fetchNextPage: () => Promise<unknown>;
}

function listed(query: Query, callbacks: readonly Callback[]): Listed {
  return {
    callbacks,
    loading: query.isPending && callbacks.length === 0,
    loadingMore: query.isFetchingNextPage,
    more: query.hasNextPage ? () => void query.fetchNextPage() : null,
  };
}
