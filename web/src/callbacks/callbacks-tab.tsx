/** The tab of callbacks: those ahead and those that are over, own ones and those of the own queues. */
import { Button, Group, Modal, SegmentedControl, Stack } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Callback } from '../../../src/core/callback/callback.js';
import { NothingHere, SkeletonRows } from '../parts/placeholders.js';
import { CallbackForm } from './callback-form.js';
import { CallbackRow } from './callback-row.js';
import { useOpenCallbacks, usePastCallbacks } from './use-callbacks.js';

type Form = 'new' | Callback | null;

export default function CallbacksTab() {
  const { t } = useTranslation('callbacks');
  const { t: tc } = useTranslation('common');
  const [shown, setShown] = useState<'open' | 'past'>('open');
  const [form, setForm] = useState<Form>(null);
  const narrow = useMediaQuery('(max-width: 600px)', window.innerWidth <= 600);
  const List = shown === 'open' ? OpenList : PastList;
  return (
    <Stack gap="sm">
      <Group justify="space-between" gap="xs">
        <SegmentedControl
          aria-label={t('title')}
          data={(['open', 'past'] as const).map((value) => ({ value, label: t(value) }))}
          value={shown}
          onChange={(value) => setShown(value === 'past' ? 'past' : 'open')}
        />
        <Button onClick={() => setForm('new')}>{t('newOne')}</Button>
      </Group>
      <List onNew={() => setForm('new')} onEdit={setForm} />
      <Modal
        opened={form !== null}
        onClose={() => setForm(null)}
        fullScreen={narrow}
        title={t(form === 'new' ? 'newOne' : 'editOne')}
        closeButtonProps={{ 'aria-label': tc('close') }}
      >
        {form !== null && <CallbackForm {...(form !== 'new' && { callback: form })} onDone={() => setForm(null)} />}
      </Modal>
    </Stack>
  );
}

interface ListProps {
  readonly onNew: () => void;
  readonly onEdit: (callback: Callback) => void;
}

function OpenList({ onNew, onEdit }: ListProps) {
  const { t } = useTranslation('callbacks');
  const listed = useOpenCallbacks();
  if (listed.loading) return <SkeletonRows height={72} />;
  if (listed.callbacks.length === 0) {
    return (
      <NothingHere words={t('noneOpen')} hint={t('noneOpenHint')}>
        <Button variant="light" onClick={onNew}>
          {t('newOne')}
        </Button>
      </NothingHere>
    );
  }
  return <Rows {...listed} moreWords={t('moreOpen')} onEdit={onEdit} />;
}

function PastList({ onEdit }: ListProps) {
  const { t } = useTranslation('callbacks');
  const listed = usePastCallbacks();
  if (listed.loading) return <SkeletonRows height={72} />;
  return (
    <>
      {listed.callbacks.length === 0 && <NothingHere words={t('nonePast')} />}
      <Rows {...listed} moreWords={t('more')} onEdit={onEdit} />
    </>
  );
}

interface RowsProps extends Omit<ReturnType<typeof useOpenCallbacks>, 'loading'> {
  readonly moreWords: string;
  readonly onEdit: (callback: Callback) => void;
}

function Rows({ callbacks, more, loadingMore, moreWords, onEdit }: RowsProps) {
  const { t } = useTranslation('callbacks');
  return (
    <Stack gap="xs">
      <Stack component="ul" gap={6} p={0} m={0} style={{ listStyle: 'none' }} aria-label={t('title')}>
        {callbacks.map((callback) => (
          <CallbackRow key={callback.id} callback={callback} onEdit={onEdit} />
        ))}
      </Stack>
      {more !== null && (
        <Button variant="subtle" loading={loadingMore} onClick={more}>
          {moreWords}
        </Button>
      )}
    </Stack>
  );
}
