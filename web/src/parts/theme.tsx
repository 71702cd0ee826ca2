/** How Mantine's parts look and behave here. */
import { createTheme } from '@mantine/core';
import type { ComponentPropsWithRef, MouseEvent } from 'react';

interface ButtonProps extends ComponentPropsWithRef<'button'> {
  readonly 'data-loading'?: boolean;
}

/** While its command is under way a button does nothing, but keeps the focus: one that is disabled would lose it. */
function drawn({ disabled, onClick, ...props }: ButtonProps) {
  const busy = props['data-loading'] === true;
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (busy) event.preventDefault();
    else onClick?.(event);
  };
  const given = props['aria-disabled'];
  return <button {...props} disabled={disabled === true && !busy} aria-disabled={busy || given} onClick={press} />;
}

export const theme = createTheme({
  primaryColor: 'indigo',
  // Links on white, and what is written on filled buttons, can be read by everybody (WCAG 1.4.3).
  primaryShade: 7,
  defaultRadius: 'md',
  cursorType: 'pointer',
  autoContrast: true,
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { renderRoot: drawn } },
    ActionIcon: { defaultProps: { renderRoot: drawn } },
  },
});
