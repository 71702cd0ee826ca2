/** What past calls are looked for by: period and number in sight, the rest on demand. */
import { Button, Group, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAnswer } from '../link/use-command.js';
import { Icon } from '../parts/icons.js';
import { type Filters, filtersSet } from './call-record.js';
import { en } from './words.js';

interface Props {
  readonly filters: Filters;
  readonly onChange: (filters: Filters) => void;
}

const PERIODS = ['today', 'yesterday', 'week', 'month', 'year'] as const;
const DIRECTIONS = ['inbound', 'outbound', 'internal'] as const;
const OUTCOMES = Object.keys(en.outcome) as readonly (keyof typeof en.outcome)[];

export function CallFilters({ filters, onChange }: Props) {
  const { t } = useTranslation('history');
  const [opened, setOpened] = useState(false);
  const more = useId();
  const count = filtersSet(filters);
  return (
    <Stack gap="xs">
      <Group gap="xs" wrap="nowrap">
        <Select
          w={120}
          style={{ flexShrink: 0 }}
          aria-label={t('period')}
          allowDeselect={false}
          data={PERIODS.map((value) => ({ value, label: t(value) }))}
          value={filters.period}
          onChange={(period) => period !== null && onChange({ ...filters, period })}
        />
        <TextInput
          style={{ flex: 1, minWidth: 0 }}
          type="search"
          inputMode="tel"
          aria-label={t('number')}
          title={t('number')}
          placeholder={t('numberShort')}
          maxLength={40}
          value={filters.number}
          onChange={(event) => onChange({ ...filters, number: event.currentTarget.value })}
        />
        <Button
          variant={count > 0 ? 'light' : 'default'}
          style={{ flexShrink: 0 }}
          px="sm"
          leftSection={<Icon name="settings" size={16} />}
          aria-expanded={opened}
          aria-controls={opened ? more : undefined}
          onClick={() => setOpened(!opened)}
        >
          {count > 0 ? t('filtersSet', { count }) : t('filters')}
        </Button>
      </Group>
      {opened && <MoreFilters id={more} filters={filters} onChange={onChange} />}
    </Stack>
  );
}

interface Tag {
  readonly id: string;
  readonly name: string;
}

function MoreFilters({ id, filters, onChange }: Props & { id: string }) {
  const { t } = useTranslation('history');
  const { data: tags = [] } = useAnswer<readonly Tag[]>('tags.list', {}, { staleMs: 60_000 });
  return (
    <SimpleGrid id={id} cols={{ base: 1, xs: 3 }} spacing="xs">
      <Select
        aria-label={t('direction')}
        allowDeselect={false}
        data={[{ value: '', label: t('anyDirection') }, ...DIRECTIONS.map((value) => ({ value, label: t(value) }))]}
        value={filters.direction}
        onChange={(direction) => onChange({ ...filters, direction: direction ?? '' })}
      />
      <Select
        aria-label={t('outcomeName')}
        allowDeselect={false}
        data={[
          { value: '', label: t('anyOutcome') },
          ...OUTCOMES.map((value) => ({ value, label: t(`outcome.${value}`) })),
        ]}
        value={filters.outcome}
        onChange={(outcome) => onChange({ ...filters, outcome: outcome ?? '' })}
      />
      <Select
        aria-label={t('tag')}
        allowDeselect={false}
        searchable
        data={[{ value: '', label: t('anyTag') }, ...tags.map(({ name }) => ({ value: name, label: name }))]}
        value={filters.tag}
        onChange={(tag) => onChange({ ...filters, tag: tag ?? '' })}
      />
    </SimpleGrid>
  );
}
