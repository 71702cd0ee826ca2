/** The rows of a contact's form that may be several: numbers, and fields of the centre's own. */
import { ActionIcon, Button, Fieldset, Group, Stack, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CONTACT_LIMITS as MOST } from '../../../src/app/contacts/contact.js';
import { Icon } from '../parts/icons.js';
import { type Row, withChange, withRow } from './contact-fields.js';

interface Props {
  readonly rows: readonly Row[];
  readonly problemOf: (field: string) => string | undefined;
  readonly onChange: (rows: readonly Row[]) => void;
}

export function NumberRows({ rows, problemOf, onChange }: Props) {
  const { t } = useTranslation('contacts');
  return (
    <Fieldset legend={<Legend words={t('numbers')} />} variant="unstyled" p={0}>
      <Stack gap={6}>
        {rows.map(({ key, value, label }, index) => (
          <Group key={key} gap={6} wrap="nowrap" align="flex-start">
            <TextInput
              style={{ flex: 2 }}
              aria-label={t('numberN', { n: index + 1 })}
              placeholder={t('number')}
              inputMode="tel"
              maxLength={60}
              value={value}
              error={problemOf(`number-${key}`)}
              onChange={(event) => onChange(withChange(rows, key, { value: event.currentTarget.value }))}
            />
            <TextInput
              style={{ flex: 1 }}
              aria-label={t('labelN', { n: index + 1 })}
              placeholder={t('labelHint')}
              maxLength={MOST.label}
              value={label}
              onChange={(event) => onChange(withChange(rows, key, { label: event.currentTarget.value }))}
            />
            <RemoveRow label={t('removeNumber', { n: index + 1 })} onRemove={() => onChange(without(rows, key))} />
          </Group>
        ))}
        {rows.length < MOST.numbers && <AddRow label={t('addNumber')} onAdd={() => onChange(withRow(rows))} />}
      </Stack>
    </Fieldset>
  );
}

export function CustomRows({ rows, problemOf, onChange }: Props) {
  const { t } = useTranslation('contacts');
  return (
    <Fieldset legend={<Legend words={t('fields')} />} variant="unstyled" p={0}>
      <Stack gap={6}>
        {rows.map(({ key, value, label }, index) => (
          <Group key={key} gap={6} wrap="nowrap" align="flex-start">
            <TextInput
              style={{ flex: 1 }}
              aria-label={t('fieldName', { n: index + 1 })}
              maxLength={MOST.customName}
              value={label}
              error={problemOf(`custom-${key}`)}
              onChange={(event) => onChange(withChange(rows, key, { label: event.currentTarget.value }))}
            />
            <TextInput
              style={{ flex: 2 }}
              aria-label={t('fieldValue', { n: index + 1 })}
              maxLength={MOST.customValue}
              value={value}
              onChange={(event) => onChange(withChange(rows, key, { value: event.currentTarget.value }))}
            />
            <RemoveRow label={t('removeField', { n: index + 1 })} onRemove={() => onChange(without(rows, key))} />
          </Group>
        ))}
        {rows.length < MOST.customFields && <AddRow label={t('addField')} onAdd={() => onChange(withRow(rows))} />}
      </Stack>
    </Fieldset>
  );
}

function Legend({ words }: { words: string }) {
  return (
    <Text span size="sm" fw={600}>
      {words}
    </Text>
  );
}

function AddRow({ label, onAdd }: { label: string; onAdd: () => void }) {
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      leftSection={<Icon name="plus" size={16} />}
      style={{ alignSelf: 'start' }}
      onClick={onAdd}
    >
      {label}
    </Button>
  );
}

function RemoveRow({ label, onRemove }: { label: string; onRemove: () => void }) {
  return (
    <ActionIcon variant="subtle" color="gray" size={36} aria-label={label} onClick={onRemove}>
      <Icon name="remove" size={18} />
    </ActionIcon>
  );
}

function without(rows: readonly Row[], key: number): readonly Row[] {
  return rows.filter((row) => row.key !== key);
}
