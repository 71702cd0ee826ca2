/** Telephone numbers as they are read aloud: Russian ones in groups, with or without the plus; others as they are. Pure. */

const RUSSIAN = /^(\+?7)([3489]\d{2})(\d{3})(\d{2})(\d{2})$/;

export function telephone(number: string): string {
  return number.replace(RUSSIAN, '$1 $2 $3-$4-$5');
}

/** What may be dialled of what somebody typed or pasted: without spaces, brackets, dashes; null where anything else is in it. */
export function dialableOf(typed: string): string | null {
  const bare = typed.replace(/[\s()\-.\u2010-\u2015\u00a0]/g, '');
  return /^[0-9*#+]{1,32}$/.test(bare) ? bare : null;
}
