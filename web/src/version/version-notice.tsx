/** Tells that the page is to be loaded again, with the button for it. It stays until it is done or put off. */
import { Button, CloseButton, Paper, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { loadAgain, putOff, useVersion } from './newer-version.js';

export function VersionNotice() {
  const { t } = useTranslation('common');
  const outdated = useVersion((state) => state.outdated);
  if (outdated === null) return null;
  return (
    <Paper shadow="md" radius="md" p="xs" mb={8} maw={480} withBorder className="version-notice">
      <Text size="sm" style={{ flex: '1 1 300px' }}>
        {t(outdated === 'newer' ? 'newerVersion' : 'partMissing')} {t('loadAgainHint')}
      </Text>
      <Button size="compact-sm" onClick={loadAgain}>
        {t('loadAgain')}
      </Button>
      <CloseButton size="sm" aria-label={t('later')} onClick={putOff} />
    </Paper>
  );
}
