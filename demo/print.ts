/** What the demonstration prints: plain lines, and events with the time they happened. */

export function say(text = ''): void {
  process.stdout.write(`${text}\n`);
}

const two = (value: number): string => String(value).padStart(2, '0');

/** Local time of day, to the millisecond. */
export function clock(at: Date = new Date()): string {
  const ms = String(at.getMilliseconds()).padStart(3, '0');
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}.${ms}`;
}

/** Something happened. */
export function tell(text: string): void {
  say(`${clock()}  ${text}`);
}

/** Something was looked at and found right. */
export function checked(text: string): void {
  say(`${clock()}  ✓ ${text}`);
}
