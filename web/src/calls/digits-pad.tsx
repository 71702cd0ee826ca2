/** Keys for menus of other systems ("press 1"). Sent by the built-in phone; a desk phone has keys of its own. */
import { Popover, Text, UnstyledButton } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { phone } from '../phone/browser-phone.js';
import { usePhone } from '../phone/phone-store.js';
import { CallButton } from './call-button.js';
import type { Panel } from './lines.js';
import { digitsHere } from './own-phone.js';
import { whyNot } from './possible.js';

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];
const SHOWN = 16;

export function DigitsPad({ panel }: { panel: Panel }) {
  const { t } = useTranslation('calls');
  const [opened, setOpened] = useState(false);
  const here = digitsHere(usePhone(), panel.call, panel.ownLegId);
  const reason = whyNot('hold', panel, [panel]) ?? (panel.heldSince === null ? here.reason : 'isHeld');
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
      <Popover.Dropdown>{here.reason === null && <Pad phoneCallId={here.phoneCallId} />}</Popover.Dropdown>
    </Popover>
  );
}

function Pad({ phoneCallId }: { phoneCallId: string }) {
  const { t } = useTranslation('calls');
  const [sent, setSent] = useState('');
  const send = (digit: string) => {
    phone.sendDigits(phoneCallId, digit);
    setSent((before) => (before + digit).slice(-SHOWN));
  };
  const onKeyDown = ({ key, ctrlKey, altKey, metaKey }: KeyboardEvent) => {
    if (!ctrlKey && !altKey && !metaKey && DIGITS.includes(key)) send(key);
  };
  return (
    // Digits typed on the keyboard are sent as well.
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys inside are buttons
    <div onKeyDown={onKeyDown}>
      <Text className="digits-sent" aria-live="polite" aria-label={t('keysSent')}>
        {sent === '' ? ' ' : sent}
      </Text>
      <div className="digits">
        {DIGITS.map((digit) => (
          <UnstyledButton key={digit} className="call-button digit" onClick={() => send(digit)}>
            {digit}
          </UnstyledButton>
        ))}
      </div>
    </div>
  );
}
