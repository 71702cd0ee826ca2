/** What the agreed time is on the customer's clock and on one's own, and what a change of clocks makes of it. */
import { Paper, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { when } from '../parts/when.js';
import { language } from '../words/i18n.js';
import { agreedOf, type CallbackFields } from './callback-fields.js';

export function AgreedTimes({ fields }: { fields: CallbackFields }) {
  const { t } = useTranslation('callbacks');
  const agreed = agreedOf(fields);
  return (
    <Paper withBorder px="sm" py={6} mih={60} aria-live="polite">
      {agreed === null ? (
        <Text size="sm" c="dimmed">
          {t('noTime')}
        </Text>
      ) : (
        <>
          <Text size="sm">{t('customersTime', { time: when(agreed.at, 'dayAndTime', language(), fields.zone) })}</Text>
          <Text size="sm">{t('ownTime', { time: when(agreed.at, 'dayAndTime', language()) })}</Text>
          {agreed.clockChange !== 'none' && (
            <Text size="sm" fw={600}>
              {t(agreed.clockChange)}
            </Text>
          )}
        </>
      )}
    </Paper>
  );
}
