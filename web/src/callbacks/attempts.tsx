/** Every attempt at a callback, and who made it. */
import { Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Callback } from '../../../src/core/callback/callback.js';
import { useColleague } from '../parts/colleagues.js';
import { asDuration } from '../parts/duration.js';
import { when } from '../parts/when.js';
import { language } from '../words/i18n.js';

export function Attempts({ callback }: { callback: Callback }) {
  const { t } = useTranslation('callbacks');
  const byCustomer = callback.createdBy === '(customer)';
  const maker = useColleague(byCustomer ? null : callback.createdBy)?.name;
  const name = byCustomer ? t('byCustomer') : (maker ?? callback.createdBy);
  return (
    <Stack gap={2}>
      <Text size="xs" c="dimmed">
        {t('createdBy', { name, time: when(callback.createdAt, 'dayAndTime', language()) })}
        {callback.clientCode !== null && ` · ${t('code')}: ${callback.clientCode}`}
      </Text>
      {callback.attempts.length === 0 ? (
        <Text size="sm">{t('noAttempts')}</Text>
      ) : (
        <Stack component="ol" aria-label={t('attempts')} gap={2} m={0} pl="md">
          {callback.attempts.map(({ callId, startedAt, endedAt, result }) => (
            <li key={callId}>
              <Group gap="xs">
                <Text size="sm">{when(startedAt, 'dayAndTime', language())}</Text>
                <Text size="sm">{result === null ? t('attemptUnderWay') : t(`result.${result}`)}</Text>
                {endedAt !== null && (
                  <Text size="sm" c="dimmed">
                    {asDuration(endedAt - startedAt)}
                  </Text>
                )}
              </Group>
            </li>
          ))}
        </Stack>
      )}
    </Stack>
  );
}
