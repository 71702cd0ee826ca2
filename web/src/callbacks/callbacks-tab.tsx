/** The tab "callbacks". */
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export default function CallbacksTab() {
  const { t } = useTranslation('callbacks');
  return <Text>{t('title')}</Text>;
}
