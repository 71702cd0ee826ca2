/** The address book: searched as one types, with a form beside it and, for supervisors, what was removed lately. */
import { ActionIcon, Box, Button, Group, Select, Stack, Text, TextInput, VisuallyHidden } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../parts/icons.js';
import { NothingHere, SkeletonRows } from '../parts/placeholders.js';
import { useSession } from '../session/session.js';
import { ContactRow } from './contact-row.js';
import { ContactWindow, type Shown } from './contact-window.js';
import { RemovedContacts } from './removed-contacts.js';
import { useContacts, useGroups } from './use-contacts.js';
import { useRemoval } from './use-removal.js';

const TYPING_MS = 200;

export default function ContactsTab() {
  const [shown, setShown] = useState<'all' | 'removed'>('all');
  if (shown === 'removed') return <RemovedContacts onBack={() => setShown('all')} />;
  return <AllContacts onRemoved={() => setShown('removed')} />;
}

function AllContacts({ onRemoved }: { onRemoved: () => void }) {
  const { t } = useTranslation('contacts');
  const role = useSession((state) => state.session?.role);
  const [typed, setTyped] = useState('');
  const [groupId, setGroupId] = useState('');
  const [shown, setShown] = useState<Shown>(null);
  const list = useRef<HTMLDivElement>(null);
  return (
    <Stack gap="sm">
      <Group gap="xs" wrap="wrap">
        <TextInput
          style={{ flex: '1 1 200px' }}
          type="search"
          aria-label={t('search')}
          placeholder={t('search')}
          leftSection={<Icon name="search" size={18} />}
          maxLength={200}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown') moveTo(event, rowsOf(list.current)[0]);
            if (event.key === 'Escape') setTyped('');
          }}
        />
        <GroupSelect value={groupId} onChange={setGroupId} />
        <Button leftSection={<Icon name="plus" size={18} />} onClick={() => setShown({ what: 'form', contact: {} })}>
          {t('add')}
        </Button>
        {role !== 'agent' && (
          <ActionIcon
            variant="default"
            size={36}
            aria-label={t('recentlyRemoved')}
            title={t('recentlyRemoved')}
            onClick={onRemoved}
          >
            <Icon name="remove" size={18} />
          </ActionIcon>
        )}
      </Group>
      <Box ref={list} onKeyDown={(event) => betweenRows(event, list.current)}>
        <Found typed={typed.trim()} groupId={groupId} onShow={setShown} />
      </Box>
      <ContactWindow shown={shown} onShow={setShown} />
    </Stack>
  );
}

function Found({ typed, groupId, onShow }: { typed: string; groupId: string; onShow: (shown: Shown) => void }) {
  const { t } = useTranslation('contacts');
  const { t: tc } = useTranslation('common');
  const [text] = useDebouncedValue(typed, TYPING_MS);
  const [opened, setOpened] = useState<string | null>(null);
  const query = useContacts({ text, groupId });
  const remove = useRemoval();
  if (query.data === undefined) return <SkeletonRows />;
  const { contacts, more } = query.data;
  if (contacts.length === 0) {
    return text === '' ? (
      <NothingHere words={t('none')} hint={t('noneHint')} />
    ) : (
      <NothingHere words={t('notFound', { text })} hint={t('notFoundHint')} />
    );
  }
  return (
    <Stack gap={6}>
      <VisuallyHidden role="status">{t('found', { count: contacts.length })}</VisuallyHidden>
      <Stack component="ul" gap={6} p={0} m={0} style={{ listStyle: 'none' }} aria-label={t('title')}>
        {contacts.map((contact) => (
          <ContactRow
            key={contact.id}
            contact={contact}
            opened={opened === contact.id}
            onToggle={() => setOpened(opened === contact.id ? null : contact.id)}
            onEdit={() => onShow({ what: 'form', contact })}
            onCallback={() => onShow({ what: 'callback', contact })}
            onRemove={() => void remove(contact)}
          />
        ))}
      </Stack>
      {query.hasNextPage && (
        <Button variant="subtle" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {tc('showMore')}
        </Button>
      )}
      {more && !query.hasNextPage && (
        <Text size="sm" c="dimmed" ta="center">
          {t('refine')}
        </Text>
      )}
    </Stack>
  );
}

function GroupSelect({ value, onChange }: { value: string; onChange: (groupId: string) => void }) {
  const { t } = useTranslation('contacts');
  const groups = useGroups();
  if (groups.length === 0) return null;
  return (
    <Select
      w={150}
      aria-label={t('group')}
      allowDeselect={false}
      data={[{ value: '', label: t('allGroups') }, ...groups.map(({ id, name }) => ({ value: id, label: name }))]}
      value={value}
      onChange={(groupId) => onChange(groupId ?? '')}
    />
  );
}

function rowsOf(list: HTMLElement | null): readonly HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
}

function moveTo(event: KeyboardEvent, row: HTMLElement | undefined): void {
  if (row === undefined) return;
  event.preventDefault();
  row.focus();
}

/** Up and down go from contact to contact. */
function betweenRows(event: KeyboardEvent, list: HTMLElement | null): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  const rows = rowsOf(list);
  const { activeElement } = document;
  const at = activeElement instanceof HTMLElement ? rows.indexOf(activeElement) : -1;
  if (step !== 0 && at >= 0) moveTo(event, rows[at + step]);
}
