/** Keys for menus of other systems ("press 1"). Sent by the built-in phone; a desk phone has keys of its own. */
import { useTranslation } from 'react-i18next';
import { CallButton } from './call-button.js';
import type { Panel } from './lines.js';

export function DigitsPad({ panel: _panel }: { panel: Panel }) {
  const { t } = useTranslation('calls');
  return <CallButton icon="keypad" label={t('do.keypad')} reason="pressOnDeskPhone" />;
}
