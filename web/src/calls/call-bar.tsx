/** The running call while another tab is open in a narrow window: who, for how long, and the way back. At the foot: nothing above it moves. */
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Duration } from '../parts/duration.js';
import { Icon } from '../parts/icons.js';
import { useCoachings } from './coaching-panel.js';
import { titleOf } from './line-commands.js';
import { type Panel, presentOf } from './lines.js';

interface Props {
  readonly panels: readonly Panel[];
  readonly onBack: () => void;
}

export function CallBar({ panels, onBack }: Props) {
  const { t } = useTranslation('calls');
  const trains = useCoachings().length > 0;
  const present = presentOf(panels);
  if (present === null && !trains) return null;
  const back = () => {
    onBack();
    // The bar goes with the tab that was open: what it led to has the focus next.
    document.getElementById('main')?.focus();
  };
  return (
    <button type="button" className="call-bar" data-state={present?.state ?? 'active'} onClick={back}>
      <span className="only-heard">{t('bar.back')}</span>
      <Icon name={present?.state === 'held' ? 'hold' : 'phone'} size={18} />
      <Text span size="sm" fw={600} truncate className="call-bar-who">
        {present === null ? t('bar.trains') : titleOf(present)}
      </Text>
      {present !== null && (
        <Text span size="sm">
          {t(`state.${present.state}`)} <Duration since={present.heldSince ?? present.since} />
        </Text>
      )}
      {panels.length > 1 && (
        <Text span size="sm" c="dimmed">
          {t('bar.more', { count: panels.length - 1 })}
        </Text>
      )}
      <Icon name="transfer" size={18} />
    </button>
  );
}
