/** What is shown in place of a list: grey rows while it loads (of its height, so that nothing jumps), and words where there is nothing. */
import { Center, Skeleton, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

export function SkeletonRows({ rows = 6, height = 52 }: { rows?: number; height?: number }) {
  const { t } = useTranslation('common');
  return (
    <Stack gap={6} role="status" aria-label={t('loading')}>
      {NAMES.slice(0, rows).map((name) => (
        <Skeleton key={name} height={height} radius="md" />
      ))}
    </Stack>
  );
}

export function NothingHere({ words, hint, children }: { words: string; hint?: string; children?: ReactNode }) {
  return (
    <Center mih={160} p="md">
      <Stack align="center" gap="xs" maw={360}>
        <Text fw={600} ta="center">
          {words}
        </Text>
        {hint !== undefined && (
          <Text size="sm" c="dimmed" ta="center">
            {hint}
          </Text>
        )}
        {children}
      </Stack>
    </Center>
  );
}
