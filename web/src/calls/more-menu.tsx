/** What is done less often with a line: each with its reason where it cannot be done now. */
import { Menu, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { act } from './acting.js';
import { CallButton } from './call-button.js';
import { openCallbackDialog } from './callback-dialog.js';
import { actKey, press, pressJoin, titleOf } from './line-commands.js';
import { customerOf, type Panel } from './lines.js';
import { GroupItems, MessageItems, TextItems } from './more-lists.js';
import { type Asked, customerWithNumber } from './option-commands.js';
import { type Reason, whyNot, whyNotCoach, whyNotRecord, withLine } from './possible.js';
import { openTargetDialog } from './target-dialog.js';
import { actAndTell } from './telling.js';
import { useMayRecord, useWhyNothing } from './use-circumstances.js';

export interface MoreProps {
  readonly panel: Panel;
  readonly all: readonly Panel[];
}

export function MoreMenu({ panel, all }: MoreProps) {
  const { t } = useTranslation('calls');
  const [opened, setOpened] = useState(false);
  return (
    <Menu opened={opened} onChange={setOpened} position="bottom-end" withinPortal width={260}>
      <Menu.Target>
        <CallButton icon="more" label={t('do.more')} onPress={() => setOpened(!opened)} />
      </Menu.Target>
      <Menu.Dropdown mah="70dvh" style={{ overflow: 'auto' }}>
        <LineItems panel={panel} all={all} />
        <JoinItems panel={panel} all={all} />
        <MessageItems panel={panel} all={all} />
        <Menu.Divider />
        <CustomerItems panel={panel} all={all} />
        <TextItems panel={panel} all={all} />
        <GroupItems panel={panel} all={all} />
      </Menu.Dropdown>
    </Menu>
  );
}

export function Item({ label, why, onPress }: { label: string; why: Reason | null; onPress: () => void }) {
  const { t } = useTranslation('calls');
  return (
    <Menu.Item disabled={why !== null} onClick={onPress}>
      {label}
      {why !== null && (
        <Text span size="xs" display="block">
          {t(`why.${why}`)}
        </Text>
      )}
    </Menu.Item>
  );
}

function LineItems({ panel, all }: MoreProps) {
  const { t } = useTranslation('calls');
  const nothing = useWhyNothing();
  const { callId, lineId, line } = panel;
  const mayRecord = useMayRecord();
  const pause = () => act(actKey(panel, 'record'), 'call.record', { callId, lineId, action: 'pause' });
  const plain = (['park', 'moveToDevice', 'coach'] as const).map((what) => (
    <Item
      key={what}
      label={t(`do.${what}`)}
      why={nothing ?? (what === 'coach' ? whyNotCoach(panel, all, null) : whyNot(what, panel, all))}
      onPress={() => void press(what, panel)}
    />
  ));
  return (
    <>
      <Item
        label={t('do.invite')}
        why={nothing ?? whyNot('invite', panel, all)}
        onPress={() => openTargetDialog('invite', panel.key)}
      />
      {plain}
      {line.recording === 'yes' && (
        <Item
          label={t('do.pauseRecording')}
          why={nothing ?? whyNotRecord(panel, all, mayRecord)}
          onPress={() => void pause()}
        />
      )}
    </>
  );
}

/** With which other line, where more than one could be meant. */
function JoinItems({ panel, all }: MoreProps) {
  const { t } = useTranslation('calls');
  const nothing = useWhyNothing();
  const others = all.filter(({ key }) => key !== panel.key);
  if (others.length < 2) return null;
  return others.map((other) => {
    const joined = withLine(panel, other);
    return (
      <Item
        key={other.key}
        label={t('do.joinWith', { name: titleOf(other) })}
        why={nothing ?? joined.reason}
        onPress={() => void pressJoin('complete', panel, joined)}
      />
    );
  });
}

function CustomerItems({ panel }: MoreProps) {
  const { t } = useTranslation('calls');
  const nothing = useWhyNothing();
  const customer = customerWithNumber(panel);
  const why = nothing ?? (customer === null ? 'noNumber' : null);
  const number = customer?.number ?? '';
  const run = (what: 'manager' | 'blacklist', asked: Asked) => void actAndTell(actKey(panel, what), asked);
  const callback = () => openCallbackDialog({ callId: panel.callId, number, name: customerOf(panel)?.name ?? '' });
  return (
    <>
      <Item label={t('do.callback')} why={null} onPress={callback} />
      <Item
        label={t('do.manager')}
        why={why}
        onPress={() => run('manager', { name: 'contacts.assignManager', input: { ...customer } })}
      />
      <Item
        label={t('do.blacklist')}
        why={why}
        onPress={() => run('blacklist', { name: 'blacklist.add', input: { number } })}
      />
    </>
  );
}
