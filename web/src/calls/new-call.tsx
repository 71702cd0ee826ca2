/** The field for a new call, always at the top. What was typed stays until the call has begun. */
import { Button, Group } from '@mantine/core';
import { type RefObject, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { tellProblem } from '../parts/notices.js';
import { act, useUnderWay } from './acting.js';
import { useDraft } from './drafts.js';
import type { Reason } from './possible.js';
import { TargetSearch } from './target-search.js';
import { type Choice, dialled } from './targets.js';
import { useChoices } from './use-choices.js';

const KEY = 'newCall';

export function NewCall({ reason, field }: { reason: Reason | null; field: RefObject<HTMLInputElement | null> }) {
  const { t } = useTranslation('calls');
  const [typed, type] = useDraft(KEY);
  const [marked, mark] = useState<Choice | null>(null);
  const busy = useUnderWay(KEY);
  const choices = useChoices(typed, { queues: false, looking: typed !== '' });
  const call = async (choice: Choice | null) => {
    if (reason !== null) return tellProblem(() => t(`why.${reason}`));
    const number = choice === null ? null : dialled(choice);
    if (number === null) return;
    if ((await act(KEY, 'call.dial', { number })) === null) type('');
  };
  return (
    <Group gap={6} wrap="nowrap" align="flex-start" component="search" pos="relative">
      <div style={{ flex: 1, minWidth: 0 }}>
        <TargetSearch
          ref={field}
          floats
          inTheWay={reason === 'phoneRings'}
          typed={typed}
          onType={type}
          choices={choices}
          onMark={mark}
          onChoose={(choice) => void call(choice)}
          aria-label={t('newCall')}
          placeholder={t('whom')}
          inputMode="text"
        />
      </div>
      <Button
        onClick={() => void call(marked)}
        loading={busy}
        aria-disabled={reason !== null || marked === null || typed === '' || undefined}
        data-disabled={reason !== null || marked === null || typed === ''}
        title={reason === null ? undefined : t(`why.${reason}`)}
      >
        {t('call')}
      </Button>
    </Group>
  );
}
