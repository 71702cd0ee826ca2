/** A button that says why it cannot be pressed: disabled for the eye and for screen readers, but still reached by the keyboard. */
import { Button, type ButtonProps, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props extends Omit<ButtonProps, 'disabled' | 'data-disabled'> {
  /** Null: it can be pressed. */
  readonly reason?: string | null;
  readonly label: string;
  readonly icon?: ReactNode;
  readonly pressed?: boolean;
  readonly onPress: () => void;
}

export function ReasonedButton({ reason = null, label, icon, pressed, onPress, ...look }: Props) {
  const button = (
    <Button
      {...look}
      leftSection={icon}
      aria-pressed={pressed}
      aria-disabled={reason !== null || undefined}
      data-disabled={reason !== null}
      onClick={() => reason === null && onPress()}
    >
      {label}
    </Button>
  );
  return (
    <Tooltip label={reason} disabled={reason === null} events={{ hover: true, focus: true, touch: true }}>
      {button}
    </Tooltip>
  );
}
