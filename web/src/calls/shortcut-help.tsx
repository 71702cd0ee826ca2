/** The list of keys, opened by "?" or by the button under the calls. */
import { Kbd, Modal, Switch, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { SHORTCUTS, type Shortcut } from './shortcut-keys.js';
import { turnShortcuts, useShortcutsOn } from './shortcuts.js';

const ALL = Object.keys(SHORTCUTS) as Shortcut[];

export function ShortcutHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('calls');
  const { t: tc } = useTranslation('common');
  const on = useShortcutsOn((state) => state.on);
  return (
    <Modal opened={opened} onClose={onClose} title={t('keys')} closeButtonProps={{ 'aria-label': tc('close') }}>
      <Switch checked={on} label={t('keysOn')} onChange={(event) => turnShortcuts(event.currentTarget.checked)} />
      <Text size="sm" c="dimmed" my="sm">
        {t('keysHint')}
      </Text>
      <Table>
        <Table.Tbody>
          {ALL.map((shortcut) => (
            <Table.Tr key={shortcut}>
              <Table.Td>{t(`key.${shortcut}`)}</Table.Td>
              <Table.Td ta="end">
                <Kbd>{SHORTCUTS[shortcut]}</Kbd>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
