/** How a call went; one that was answered needs no word. */
import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { en } from './words.js';

export function Outcome({ outcome }: { outcome: string | null }) {
  const { t } = useTranslation('history');
  if (outcome === null || outcome === 'answered') return null;
  const words = isOutcome(outcome) ? t(`outcome.${outcome}`) : outcome;
  return (
    <Badge size="sm" tt="none" variant="light" color="red" style={{ flexShrink: 0 }}>
      {words}
    </Badge>
  );
}

function isOutcome(outcome: string): outcome is keyof typeof en.outcome {
  return outcome in en.outcome;
}
