/**
 * Keys for menus of other systems ("press 1"). The service sends them to the other party, whatever phone the agent has; they are no
 * keys of that phone, so none of them is an in-call option.
 */
import { Popover, Text, UnstyledButton } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { act } from './acting.js';
import { CallButton } from './call-button.js';
import { inTurn } from './digits-in-turn.js';
import { actKey } from './line-commands.js';
import type { Panel } from './lines.js';
import { whyNot } from './possible.js';
import { useWhyNothing } from './use-circumstances.js';

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];
const SHOWN = 16;

export function DigitsPad({ panel }: { panel: Panel }) {
  const { t } = useTranslation('calls');
  const [opened, setOpened] = useState(false);
  const nothing = useWhyNothing();
  const reason = nothing ?? whyNot('hold', panel, [panel]) ?? (panel.heldSince === null ? null : 'isHeld');
  return (
    <Popover
      opened={opened && reason === null}
      onChange={setOpened}
      position="bottom"
      withinPortal
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <CallButton
          icon="keypad"
          label={t('do.keypad')}
          reason={reason}
          aria-haspopup="dialog"
          onPress={() => setOpened(!opened)}
        />
      </Popover.Target>
      <Popover.Dropdown>
        <Pad panel={panel} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Pad({ panel }: { panel: Panel }) {
  const { t } = useTranslation('calls');
  const [sent, setSent] = useState('');
  const { callId } = panel;
  const key = actKey(panel, 'digits');
  const [send] = useState(() => inTurn((digits) => act(key, 'call.sendDigits', { callId, digits })));
  const press = (digit: string) => {
    send(digit);
    setSent((before) => (before + digit).slice(-SHOWN));
  };
  const onKeyDown = ({ key: pressed, ctrlKey, altKey, metaKey }: KeyboardEvent) => {
    if (!ctrlKey && !altKey && !metaKey && DIGITS.includes(pressed)) press(pressed);
  };
  return (
    // Digits typed on the keyboard are sent as well.
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys inside are buttons
    <div onKeyDown={onKeyDown}>
      <Text className="digits-sent" role="status" aria-label={t('keysSent')}>
        {sent === '' ? ' ' : sent}
      </Text>
      <div className="digits">
        {DIGITS.map((digit) => (
          <UnstyledButton key={digit} className="call-button digit" onClick={() => press(digit)}>
            {digit}
          </UnstyledButton>
        ))}
      </div>
    </div>
  );
}
