/** Whether the built-in phone is on, and the way to its settings. */
export function PhoneIndicator() {
  return null;
}
