/** How long a caller is likely to wait. */

/**
 * With every agent busy, one becomes free every handling time ÷ agents on average, and the caller needs as many of these as the
 * place in line says.
 */
export function estimatedWaitMs(wait: {
  /** Place in line, 1 is next. */
  readonly position: number;
  /** Average talk and wrap-up of a call, ms; null before the first. */
  readonly handlingMs: number | null;
  /** Agents who serve the queue: those receiving calls, in calls, or in wrap-up after one. */
  readonly agents: number;
}): number | null {
  const { position, handlingMs, agents } = wait;
  if (handlingMs === null || agents < 1 || position < 1) return null;
  return Math.round((position * handlingMs) / agents);
}
