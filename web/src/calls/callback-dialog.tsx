/** A callback agreed during a call: the form of callbacks, filled with the customer of the call. It outlives the call. */
import { Modal, Skeleton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { create } from 'zustand';
import { FaultBoundary } from '../parts/fault-boundary.js';
import { focusOpener, rememberOpener } from '../parts/opener.js';

/** With its time zones it is half as large as the calls themselves: it comes when it is wanted. */
const CallbackForm = lazy(async () => ({ default: (await import('../callbacks/callback-form.js')).CallbackForm }));

interface About {
  readonly callId: string;
  readonly number: string;
  readonly name: string;
}

const useAbout = create<{ readonly about: About | null }>(() => ({ about: null }));

export function openCallbackDialog(about: About): void {
  rememberOpener();
  useAbout.setState({ about });
}

export function CallbackDialog() {
  const { t } = useTranslation('calls');
  const { t: tc } = useTranslation('common');
  const about = useAbout((state) => state.about);
  const narrow = useMediaQuery('(max-width: 600px)', window.innerWidth <= 600);
  const close = () => useAbout.setState({ about: null });
  return (
    <Modal
      opened={about !== null}
      onClose={close}
      onExitTransitionEnd={focusOpener}
      fullScreen={narrow}
      title={t('do.callback')}
      closeButtonProps={{ 'aria-label': tc('close') }}
    >
      {about !== null && (
        <FaultBoundary>
          <Suspense fallback={<Skeleton height={560} />}>
            <CallbackForm {...about} onDone={close} />
          </Suspense>
        </FaultBoundary>
      )}
    </Modal>
  );
}
