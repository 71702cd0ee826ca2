/** The window of prepared messages; what is in it comes when it is wanted. */
import { Modal, Skeleton } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { focusOpener } from '../parts/opener.js';

const MessagesList = lazy(() => import('./messages-list.js'));

export function MessagesWindow({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('common');
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      onExitTransitionEnd={focusOpener}
      title={t('messages')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Suspense fallback={<Skeleton h={320} />}>
        <MessagesList />
      </Suspense>
    </Modal>
  );
}
