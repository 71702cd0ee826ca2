/** One contact of the list: who, and a button to call; opened, everything that is known, and what can be done with it. */
import { ActionIcon, Badge, Box, Button, Group, Paper, Stack, Text, UnstyledButton } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Contact } from '../../../src/app/contacts/contact.js';
import { CallButton } from '../parts/call-button.js';
import { useColleague } from '../parts/colleagues.js';
import { Icon } from '../parts/icons.js';
import { telephone } from '../parts/telephone.js';
import { useSession } from '../session/session.js';
import { contactTitle } from './contact-fields.js';
import { useGroups } from './use-contacts.js';

interface Props {
  readonly contact: Contact;
  readonly opened: boolean;
  readonly onToggle: () => void;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
  readonly onCallback: () => void;
}

export function ContactRow({ contact, opened, onToggle, ...actions }: Props) {
  const details = useId();
  const [first] = contact.numbers;
  const title = contactTitle(contact);
  const parts = [contact.name === '' ? '' : contact.company, first === undefined ? '' : telephone(first.number)];
  const under = parts.filter((part) => part !== '').join(' · ');
  return (
    <Paper component="li" withBorder px="xs" py={6}>
      <Group wrap="nowrap" gap="xs">
        <UnstyledButton
          data-row
          style={{ flex: 1, minWidth: 0 }}
          aria-expanded={opened}
          aria-controls={opened ? details : undefined}
          onClick={onToggle}
        >
          <Text fw={600} truncate title={title}>
            {title === first?.number ? telephone(title) : title}
          </Text>
          <Text size="sm" c="dimmed" truncate title={under}>
            {under || '\u00a0'}
          </Text>
        </UnstyledButton>
        {first !== undefined && <CallButton number={first.number} name={title} />}
      </Group>
      {opened && (
        <Box id={details} mt={6}>
          <ContactDetails contact={contact} />
          <ContactActions {...actions} contact={contact} />
        </Box>
      )}
    </Paper>
  );
}

export function ContactDetails({ contact }: { contact: Contact }) {
  const { t } = useTranslation('contacts');
  const groups = useGroups();
  const manager = useColleague(contact.managerId)?.name ?? contact.managerId;
  const title = contactTitle(contact);
  const values: readonly (readonly [string, string])[] = [
    [t('company'), contact.company],
    [t('email'), contact.email],
    [t('clientCode'), contact.clientCode],
    [t('manager'), manager ?? ''],
    ...Object.entries(contact.custom),
    [t('note'), contact.note],
  ];
  return (
    <Stack gap={6}>
      <Group gap={6}>
        {contact.numbers.map(({ number, label }) => (
          <Group key={number} gap={4} wrap="nowrap">
            <CallButton number={number} name={title} withNumber />
            {label !== '' && (
              <Text size="xs" c="dimmed">
                {label}
              </Text>
            )}
          </Group>
        ))}
      </Group>
      {contact.groupIds.length > 0 && (
        <Group gap={4}>
          {contact.groupIds.map((id) => (
            <Badge key={id} variant="light" tt="none">
              {groups.find((group) => group.id === id)?.name ?? id}
            </Badge>
          ))}
        </Group>
      )}
      <dl className="values">
        {values
          .filter(([, value]) => value !== '')
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </Stack>
  );
}

function ContactActions({ contact, onEdit, onRemove, onCallback }: Omit<Props, 'opened' | 'onToggle'>) {
  const { t } = useTranslation('contacts');
  const { t: tc } = useTranslation('common');
  const role = useSession((state) => state.session?.role);
  return (
    <Group gap={6} mt={6}>
      <Button size="compact-sm" variant="default" leftSection={<Icon name="edit" size={16} />} onClick={onEdit}>
        {t('edit')}
      </Button>
      {contact.numbers.length > 0 && (
        <Button size="compact-sm" variant="default" leftSection={<Icon name="clock" size={16} />} onClick={onCallback}>
          {t('callback')}
        </Button>
      )}
      {role !== 'agent' && (
        <ActionIcon
          variant="subtle"
          color="red"
          aria-label={`${tc('remove')}: ${contactTitle(contact)}`}
          onClick={onRemove}
        >
          <Icon name="remove" size={18} />
        </ActionIcon>
      )}
    </Group>
  );
}
