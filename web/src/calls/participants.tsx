/** Everybody on a line besides the agent: who speaks, who is on hold, who is still rung; each can be muted and removed. */
import { ActionIcon, Group, Text, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Icon } from '../parts/icons.js';
import { telephone } from '../parts/telephone.js';
import { act, useUnderWay } from './acting.js';
import { actKey, nameOf } from './line-commands.js';
import type { Panel, PartyItem } from './lines.js';
import { useWhyNothing } from './use-circumstances.js';

export function Participants({ panel }: { panel: Panel }) {
  const { t } = useTranslation('calls');
  return (
    <ul className="participants" aria-label={t('participants')}>
      {panel.parties.map((each) => (
        <Participant key={each.key} panel={panel} each={each} />
      ))}
    </ul>
  );
}

function Participant({ panel, each }: { panel: Panel; each: PartyItem }) {
  const { t } = useTranslation('calls');
  const { party, legId, rings, onHold, muted } = each;
  const state = rings ? t('rings') : onHold ? t('held') : muted ? t('muted') : '';
  return (
    <li>
      <Group gap="xs" wrap="nowrap" justify="space-between">
        <Text size="sm" truncate title={nameOf(party)}>
          {nameOf(party)}
          <Text span size="xs" c="dimmed">
            {party.name === '' || party.name === party.number ? '' : ` ${telephone(party.number)}`}
            {state === '' ? '' : ` · ${state}`}
          </Text>
        </Text>
        {legId !== null && (
          <Group gap={4} wrap="nowrap">
            {!rings && (
              <PartyButton panel={panel} each={each} legId={legId} what={muted ? 'unmuteParty' : 'muteParty'} />
            )}
            <PartyButton panel={panel} each={each} legId={legId} what="removeParty" />
          </Group>
        )}
      </Group>
    </li>
  );
}

interface PartyButtonProps {
  readonly panel: Panel;
  readonly each: PartyItem;
  readonly legId: string;
  readonly what: 'muteParty' | 'unmuteParty' | 'removeParty';
}

function PartyButton({ panel, each, legId, what }: PartyButtonProps) {
  const { t } = useTranslation('calls');
  const key = actKey(panel, `${what}/${legId}`);
  const busy = useUnderWay(key);
  const nothing = useWhyNothing();
  const label = t(what, { name: nameOf(each.party) });
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant={what === 'unmuteParty' ? 'filled' : 'default'}
        color="yellow"
        size="lg"
        loading={busy}
        disabled={nothing !== null}
        aria-label={label}
        onClick={() => void act(key, `call.${what}`, { callId: panel.callId, legId })}
      >
        <Icon name={what === 'removeParty' ? 'close' : each.muted ? 'microphoneOff' : 'microphone'} size={16} />
      </ActionIcon>
    </Tooltip>
  );
}
