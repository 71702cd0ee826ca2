/** The tab "queues". */
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export default function QueuesTab() {
  const { t } = useTranslation('queues');
  return <Text>{t('title')}</Text>;
}
