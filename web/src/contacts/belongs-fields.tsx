/** To which groups a contact belongs, and who is its personal manager. */
import { MultiSelect, Select, SimpleGrid } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useColleague, useColleaguesFor } from '../parts/colleagues.js';
import { useSession } from '../session/session.js';
import type { ContactDraft } from './contact-fields.js';
import { useGroups } from './use-contacts.js';

const TYPING_MS = 200;

interface Props {
  readonly draft: ContactDraft;
  readonly set: (change: Partial<ContactDraft>) => void;
}

export function BelongsFields({ draft, set }: Props) {
  const { t } = useTranslation('contacts');
  const groups = useGroups();
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
      <MultiSelect
        label={t('groups')}
        data={groups.map(({ id, name }) => ({ value: id, label: name }))}
        value={[...draft.groupIds]}
        onChange={(groupIds) => set({ groupIds })}
      />
      <ManagerSelect managerId={draft.managerId} onChange={(managerId) => set({ managerId })} />
    </SimpleGrid>
  );
}

interface ManagerProps {
  readonly managerId: string;
  readonly onChange: (managerId: string) => void;
}

/** Searched by the service where there are more than can be listed. */
function ManagerSelect({ managerId, onChange }: ManagerProps) {
  const { t } = useTranslation('contacts');
  const [typed, setTyped] = useState('');
  const [settled] = useDebouncedValue(typed, TYPING_MS);
  const colleagues = useColleaguesFor(settled);
  const chosen = useColleague(managerId);
  const myId = useSession((state) => state.session?.agentId);
  const managers = [...colleagues.values()].map(({ id, name }) => ({
    value: id,
    label: id === myId ? t('me', { name }) : name,
  }));
  const isListed = managerId === '' || colleagues.has(managerId);
  return (
    <Select
      label={t('manager')}
      description={t('managerHint')}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      searchable
      allowDeselect={false}
      onSearchChange={setTyped}
      data={[
        { value: '', label: t('nobody') },
        ...managers,
        ...(isListed ? [] : [{ value: managerId, label: chosen?.name ?? managerId }]),
      ]}
      value={managerId}
      onChange={(id) => onChange(id ?? '')}
    />
  );
}
