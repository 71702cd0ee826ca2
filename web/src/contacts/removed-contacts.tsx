/** Contacts that were removed lately, to be restored. */
import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Contact } from '../../../src/app/contacts/contact.js';
import { useAnswer } from '../link/use-command.js';
import { NothingHere, SkeletonRows } from '../parts/placeholders.js';
import { telephone } from '../parts/telephone.js';
import { when } from '../parts/when.js';
import { language } from '../words/i18n.js';
import { contactTitle } from './contact-fields.js';
import { useRestoring } from './use-removal.js';

export function RemovedContacts({ onBack }: { onBack: () => void }) {
  const { t } = useTranslation('contacts');
  const { data } = useAnswer<readonly Contact[]>('contacts.removed', { limit: 200 }, { staleMs: 0 });
  const restore = useRestoring();
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Text fw={600} component="h2" size="md" m={0}>
          {t('recentlyRemoved')}
        </Text>
        <Button variant="default" onClick={onBack} data-autofocus>
          {t('back')}
        </Button>
      </Group>
      <Text size="sm" c="dimmed">
        {t('removedHint')}
      </Text>
      {data === undefined && <SkeletonRows rows={3} />}
      {data?.length === 0 && <NothingHere words={t('noneRemoved')} />}
      <Stack component="ul" gap={6} p={0} m={0} style={{ listStyle: 'none' }} aria-label={t('recentlyRemoved')}>
        {data?.map((contact) => (
          <Paper key={contact.id} component="li" withBorder px="xs" py={6}>
            <Group wrap="nowrap" justify="space-between" gap="xs">
              <div style={{ minWidth: 0 }}>
                <Text fw={600} truncate>
                  {contactTitle(contact)}
                </Text>
                <Text size="sm" c="dimmed" truncate>
                  {contact.numbers.map(({ number }) => telephone(number)).join(', ') || '\u00a0'}
                </Text>
                <Text size="xs" c="dimmed" truncate>
                  {t('removedAt', { time: when(contact.removedAt ?? contact.updatedAt, 'dayAndTime', language()) })}
                </Text>
              </div>
              <Button size="compact-sm" variant="light" style={{ flexShrink: 0 }} onClick={() => void restore(contact)}>
                {t('restore')}
              </Button>
            </Group>
          </Paper>
        ))}
      </Stack>
    </Stack>
  );
}
