/** One's own past calls, filtered, newest first. */
import { Button, Stack } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Shown } from '../contacts/contact-window.js';
import type { CommandError } from '../link/command-error.js';
import { command, useLink } from '../link/link.js';
import { NothingHere, SkeletonRows } from '../parts/placeholders.js';
import { useSession } from '../session/session.js';
import { CallFilters } from './call-filters.js';
import { type CallRecord, type Filters, filterInput, NO_FILTERS } from './call-record.js';
import { CallRow } from './call-row.js';

const PAGE = 50;
const TYPING_MS = 250;

export function PastCalls({ onShow }: { onShow: (shown: Shown) => void }) {
  const { t } = useTranslation('history');
  const { t: tc } = useTranslation('common');
  const [filters, setFilters] = useState<Filters>(NO_FILTERS);
  const [settled] = useDebouncedValue(filters, TYPING_MS);
  const [opened, setOpened] = useState<string | null>(null);
  const query = usePastCalls(settled);
  return (
    <Stack gap="sm">
      <CallFilters filters={filters} onChange={setFilters} />
      {query.data === undefined && <SkeletonRows height={56} />}
      {query.data?.length === 0 && <NothingHere words={t('none')} hint={t('noneHint')} />}
      <Stack component="ul" gap={6} p={0} m={0} style={{ listStyle: 'none' }} aria-label={t('calls')}>
        {query.data?.map((record) => (
          <CallRow
            key={record.id}
            record={record}
            opened={opened === record.id}
            onToggle={() => setOpened(opened === record.id ? null : record.id)}
            onShow={onShow}
          />
        ))}
      </Stack>
      {query.hasNextPage && (
        <Button variant="subtle" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {tc('showMore')}
        </Button>
      )}
    </Stack>
  );
}

function usePastCalls(filters: Filters) {
  const live = useLink((link) => link.state === 'live');
  const agentId = useSession((state) => state.session?.agentId ?? '');
  const calls = useLink((link) => link.picture.agents.get(agentId)?.callIds.join());
  const query = useInfiniteQuery<
    readonly CallRecord[],
    CommandError,
    readonly CallRecord[],
    readonly unknown[],
    string | null
  >({
    queryKey: ['history.calls', filters, agentId],
    queryFn: ({ pageParam: after }) => {
      const now = Date.now() + useLink.getState().clockOffsetMs;
      const page = { limit: PAGE, ...(after !== null && { after }) };
      return command('history.calls', { ...filterInput(filters, now), agentId, ...page });
    },
    initialPageParam: null,
    getNextPageParam: (page) => (page.length < PAGE ? null : (page.at(-1)?.id ?? null)),
    select: ({ pages }) => pages.flat(),
    placeholderData: (before) => before,
    enabled: live,
    retry: false,
  });
  const { refetch } = query;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a call that has ended is why it is asked anew
  useEffect(() => {
    if (live) void refetch();
  }, [calls, live, refetch]);
  return query;
}
