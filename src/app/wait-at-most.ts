/** Waits for something, but not for ever. */

/** Resolves when the work is over, however it ended, or when the time is. */
export async function waitAtMost(ms: number, work: Promise<unknown>): Promise<void> {
  let limit: NodeJS.Timeout | undefined;
  const enough = new Promise<void>((resolve) => {
    limit = setTimeout(resolve, ms);
  });
  await Promise.race([work.catch(() => undefined), enough]);
  clearTimeout(limit);
}
