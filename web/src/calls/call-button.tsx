/**
 * A button of a line: a drawing above a word, of one size whatever it says, so that nothing moves. It says why it cannot be pressed, and
 * its shortcut; it can be reached by keyboard all the same. Under way it shows so at once.
 */
import { Loader, Tooltip, UnstyledButton } from '@mantine/core';
import type { ComponentPropsWithoutRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon, type IconName } from '../parts/icons.js';
import type { Reason } from './possible.js';

interface Props extends Omit<ComponentPropsWithoutRef<'button'>, 'onClick' | 'disabled'> {
  readonly icon: IconName;
  readonly label: string;
  /** Where the word on the button is shorter than its name. */
  readonly name?: string;
  readonly reason?: Reason | null;
  readonly pressed?: boolean;
  readonly busy?: boolean;
  readonly look?: 'plain' | 'danger' | 'good' | 'recording';
  readonly shortcut?: string | undefined;
  readonly onPress?: () => void;
}

export function CallButton(props: Props) {
  const {
    icon,
    label,
    name = label,
    reason = null,
    pressed,
    busy = false,
    look = 'plain',
    shortcut,
    onPress,
    ...rest
  } = props;
  const { t } = useTranslation('calls');
  const why = reason === null ? null : t(`why.${reason}`);
  const hint = why ?? (shortcut === undefined ? (name === label ? null : name) : `${name} (${shortcut})`);
  return (
    <Tooltip
      label={hint}
      disabled={hint === null}
      multiline
      maw={260}
      events={{ hover: true, focus: true, touch: true }}
    >
      <UnstyledButton
        {...rest}
        className="call-button"
        data-look={look}
        data-pressed={pressed === true || undefined}
        aria-label={name}
        aria-pressed={pressed}
        aria-busy={busy || undefined}
        aria-disabled={reason !== null || undefined}
        aria-description={why ?? undefined}
        aria-keyshortcuts={shortcut}
        onClick={() => reason === null && onPress?.()}
      >
        <span className="call-button-icon">
          {busy ? <Loader size={18} color="currentColor" /> : <Icon name={icon} />}
        </span>
        <span className="call-button-word" aria-hidden="true">
          {label}
        </span>
      </UnstyledButton>
    </Tooltip>
  );
}
