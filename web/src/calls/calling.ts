/** What is said of calls that ring, outside the page: the window's title. Pure. */
export interface Calling {
  readonly key: string;
  /** Who, for the title. */
  readonly title: string;
  /** Through which queue and the like. */
  readonly body: string;
}

export const PLAIN_TITLE = 'Ringmaster';

export function titleFor(calling: readonly Calling[]): string {
  const [first] = calling;
  if (first === undefined) return PLAIN_TITLE;
  return `(${calling.length}) ☎ ${first.title} — ${PLAIN_TITLE}`;
}
