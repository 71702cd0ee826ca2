/** The calls of this agent, a panel each. */
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export function CallsPane() {
  const { t } = useTranslation('calls');
  return <Text>{t('title')}</Text>;
}
