/** To which groups a contact belongs, and who is its personal manager. */
import { MultiSelect, Select, SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useColleagues } from '../parts/colleagues.js';
import { useSession } from '../session/session.js';
import type { ContactDraft } from './contact-fields.js';
import { useGroups } from './use-contacts.js';

interface Props {
  readonly draft: ContactDraft;
  readonly set: (change: Partial<ContactDraft>) => void;
}

export function BelongsFields({ draft, set }: Props) {
  const { t } = useTranslation('contacts');
  const groups = useGroups();
  const colleagues = useColleagues();
  const myId = useSession((state) => state.session?.agentId);
  const managers = [...colleagues.values()].map(({ id, name }) => ({
    value: id,
    label: id === myId ? t('me', { name }) : name,
  }));
  const unknown = draft.managerId !== '' && !colleagues.has(draft.managerId);
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
      <MultiSelect
        label={t('groups')}
        data={groups.map(({ id, name }) => ({ value: id, label: name }))}
        value={[...draft.groupIds]}
        onChange={(groupIds) => set({ groupIds })}
      />
      <Select
        label={t('manager')}
        description={t('managerHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        searchable
        allowDeselect={false}
        data={[
          { value: '', label: t('nobody') },
          ...managers,
          ...(unknown ? [{ value: draft.managerId, label: draft.managerId }] : []),
        ]}
        value={draft.managerId}
        onChange={(managerId) => set({ managerId: managerId ?? '' })}
      />
    </SimpleGrid>
  );
}
