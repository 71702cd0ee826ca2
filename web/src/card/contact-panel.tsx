/** The contact whose number it is, or a way to make one. */
import { Button, Group, Skeleton, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Contact } from '../../../src/app/contacts/contact.js';
import { contactTitle } from '../contacts/contact-fields.js';
import { ContactDetails } from '../contacts/contact-row.js';
import type { Shown } from '../contacts/contact-window.js';
import { useAnswer } from '../link/use-command.js';
import { Icon } from '../parts/icons.js';
import { Panel } from '../parts/panel.js';
import { refusalWords } from '../words/refusals.js';

interface Props {
  readonly number: string;
  readonly name: string;
  readonly onShow: (shown: Shown) => void;
}

export function ContactPanel({ number, name, onShow }: Props) {
  const { t } = useTranslation('card');
  const { data, error } = useAnswer<Contact>('contacts.ofNumber', { number }, { staleMs: 0 });
  const known = error === null ? data : undefined;
  const asked = known ?? { name, numbers: [{ number, label: '' }], clientCode: '' };
  const aside = (
    <Group gap={6} wrap="nowrap">
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<Icon name="clock" size={16} />}
        onClick={() => onShow({ what: 'callback', contact: { ...asked, numbers: [{ number, label: '' }] } })}
      >
        {t('callback')}
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<Icon name={known === undefined ? 'plus' : 'edit'} size={16} />}
        onClick={() => onShow({ what: 'form', contact: asked })}
      >
        {t(known === undefined ? 'add' : 'edit')}
      </Button>
    </Group>
  );
  return (
    <Panel title={known === undefined ? t('contact') : contactTitle(known)} aside={aside}>
      {known !== undefined && <ContactDetails contact={known} />}
      {data === undefined && error === null && <Skeleton height={60} />}
      {error !== null && (
        <Text size="sm" c="dimmed">
          {error.code === 'notFound' ? t('unknown') : refusalWords(error)}
        </Text>
      )}
    </Panel>
  );
}
