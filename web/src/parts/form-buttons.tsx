/** The foot of a form: give it up, or send it. */
import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface Props {
  /** What sending it is called. */
  readonly submit: string;
  readonly busy: boolean;
  readonly onCancel: () => void;
}

export function FormButtons({ submit, busy, onCancel }: Props) {
  const { t } = useTranslation('common');
  return (
    <Group justify="flex-end" gap="xs">
      <Button variant="default" onClick={onCancel}>
        {t('cancel')}
      </Button>
      <Button type="submit" loading={busy}>
        {submit}
      </Button>
    </Group>
  );
}
