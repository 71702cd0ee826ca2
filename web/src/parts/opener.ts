/**
 * Where the focus goes when a dialog is closed: to whatever opened it. An item of a menu is gone by then, and with it the browser would put
 * the focus nowhere: the button of its menu stands for it.
 */
let opener: HTMLElement | null = null;

/** To be called where the dialog is opened. */
export function rememberOpener(): void {
  const active = document.activeElement;
  const menu = active?.closest('[role=menu]') ?? null;
  const button = menu === null ? null : document.getElementById(menu.getAttribute('aria-labelledby') ?? '');
  opener = button ?? (active instanceof HTMLElement ? active : null);
}

/** Once the dialog is gone; whoever has gone on to something else meanwhile stays there. */
export function focusOpener(): void {
  const isNowhere = document.activeElement === null || document.activeElement === document.body;
  if (isNowhere && opener?.isConnected === true) opener.focus();
  opener = null;
}
