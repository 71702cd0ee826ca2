/** What happened in a call, one line each, with the time to the second. */
import { Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Happening } from '../../../src/app/history/timeline.js';
import { useLink } from '../link/link.js';
import { useColleague } from '../parts/colleagues.js';
import { telephone } from '../parts/telephone.js';
import { when } from '../parts/when.js';
import { language } from '../words/i18n.js';
import { en } from './words.js';

export type { Happening };

export function Timeline({ happenings }: { happenings: readonly Happening[] }) {
  const { t } = useTranslation('history');
  return (
    <div>
      <Text size="xs" c="dimmed" mb={2}>
        {t('timeline')}
      </Text>
      <Stack component="ol" gap={2} p={0} m={0} style={{ listStyle: 'none' }} aria-label={t('timeline')}>
        {happenings.map((happening, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what has happened keeps its place
          <OneHappening key={index} happening={happening} />
        ))}
      </Stack>
    </div>
  );
}

function OneHappening({ happening: { at, what, agentId, party, queueId, detail } }: { happening: Happening }) {
  const { t } = useTranslation('history');
  const agent = useColleague(agentId)?.name;
  const queue = useLink((link) => link.picture.queues.get(queueId ?? '')?.name);
  const who = agent ?? (party === null ? agentId : party.name || telephone(party.number));
  const to = what === 'transferred' && party !== null ? `→ ${party.name || telephone(party.number)}` : undefined;
  const parts = [who, to, queue, useDetail(what, detail)].filter(
    (part) => part !== undefined && part !== null && part !== '',
  );
  return (
    <Group component="li" gap="xs" wrap="nowrap" align="baseline">
      <Text size="xs" c="dimmed" style={{ flexShrink: 0, fontVariantNumeric: 'tabular-nums' }}>
        {when(at, 'seconds', language())}
      </Text>
      <Text size="sm">
        {t(`what.${what}`)}
        {parts.length > 0 && (
          <Text span size="sm" c="dimmed">
            {' '}
            {parts.join(' · ')}
          </Text>
        )}
      </Text>
    </Group>
  );
}

/** Words of people only: ids and codes are left out. */
function useDetail(what: Happening['what'], detail: string | null): string | null {
  const { t } = useTranslation('history');
  if (detail === null) return null;
  if (what === 'tagged' || what === 'untagged' || what === 'rated' || what === 'parked') return detail;
  if (what === 'ended' && isKey(en.outcome, detail)) return t(`outcome.${detail}`);
  if (what === 'started') return telephone(detail);
  return isKey(en.detail, detail) ? t(`detail.${detail}`) : null;
}

function isKey<T extends object>(words: T, key: string): key is Extract<keyof T, string> {
  return Object.hasOwn(words, key);
}
