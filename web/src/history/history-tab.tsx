/** The tab "history". */
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export default function HistoryTab() {
  const { t } = useTranslation('history');
  return <Text>{t('title')}</Text>;
}
