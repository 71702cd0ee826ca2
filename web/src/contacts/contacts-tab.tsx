/** The tab "contacts". */
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export default function ContactsTab() {
  const { t } = useTranslation('contacts');
  return <Text>{t('title')}</Text>;
}
