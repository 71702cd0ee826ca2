/**
 * Patterns of numbers: `X` stands for a digit, a final `.` for one or more of anything, every other character for itself.
 * Checked before anything is dialled.
 */

/** What may be dialled at all. */
export const DIALLABLE = /^\+?[0-9*#]{1,32}$/;

export function matchesPattern(pattern: string, number: string): boolean {
  const open = pattern.endsWith('.');
  const fixed = open ? pattern.slice(0, -1) : pattern;
  if (open ? number.length <= fixed.length : number.length !== fixed.length) return false;
  for (let index = 0; index < fixed.length; index += 1) {
    const wanted = fixed[index];
    const digit = number[index] ?? '';
    if (wanted === 'X' ? digit < '0' || digit > '9' : wanted !== digit) return false;
  }
  return true;
}
