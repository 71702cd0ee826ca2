/** A part of the desktop that cannot be drawn: it alone says so, and can be drawn again; the calls beside it go on. */
import { Alert, Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { loadAgain, useVersion } from '../version/newer-version.js';

interface Props {
  readonly children: ReactNode;
}

interface State {
  readonly failed: boolean;
}

export class FaultBoundary extends Component<Props, State> {
  override state: State = { failed: false };

  static getDerivedStateFromError(): State {
    return { failed: true };
  }

  override render(): ReactNode {
    return this.state.failed ? <Failed again={() => this.setState({ failed: false })} /> : this.props.children;
  }
}

function Failed({ again }: { again: () => void }) {
  const { t } = useTranslation('common');
  // What could not be loaded is not asked for again by drawing it again.
  const outdated = useVersion((state) => state.outdated);
  return (
    <Alert color="red" variant="light" role="alert" title={t(outdated === null ? 'faultTitle' : 'partMissing')}>
      {t('faultHint')}
      <Button
        size="xs"
        variant="light"
        color="red"
        mt="xs"
        display="block"
        onClick={outdated === null ? again : loadAgain}
      >
        {t(outdated === null ? 'retry' : 'loadAgain')}
      </Button>
    </Alert>
  );
}
