/** The tab "card". */
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export default function CardTab() {
  const { t } = useTranslation('card');
  return <Text>{t('title')}</Text>;
}
