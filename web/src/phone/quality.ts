/** How good a call sounds, from two looks at the browser's statistics; pure. */
import type { CallQuality } from './phone.js';

/** What is read of `RTCPeerConnection.getStats`. */
export interface Look {
  readonly received: number;
  readonly lost: number;
  readonly jitterMs: number;
  readonly roundTripMs: number | null;
}

/** Null while there is nothing to be heard (on hold, before the answer). */
export function qualityBetween(before: Look, after: Look): CallQuality | null {
  const received = after.received - before.received;
  const lost = Math.max(0, after.lost - before.lost);
  if (received + lost === 0) return null;
  const share = lost / (received + lost);
  const { jitterMs, roundTripMs } = after;
  return { level: levelOf(share, jitterMs, roundTripMs ?? 0), lost: share, jitterMs, roundTripMs };
}

/** Where people begin to notice, and where they begin to complain (after ITU-T G.107 with Opus). */
function levelOf(lost: number, jitterMs: number, roundTripMs: number): CallQuality['level'] {
  if (lost > 0.08 || jitterMs > 80 || roundTripMs > 600) return 'poor';
  return lost > 0.02 || jitterMs > 30 || roundTripMs > 300 ? 'fair' : 'good';
}

/** The audio that comes in; null before there is any. */
export function lookAt(report: Iterable<unknown>): Look | null {
  let look: Look | null = null;
  let roundTripMs: number | null = null;
  for (const entry of report) {
    const stat = typeof entry === 'object' && entry !== null ? entry : {};
    const number = (field: string): number => {
      const value: unknown = Reflect.get(stat, field);
      return typeof value === 'number' ? value : 0;
    };
    const type: unknown = Reflect.get(stat, 'type');
    if (type === 'inbound-rtp') {
      const jitterMs = Math.round(number('jitter') * 1_000);
      look = { received: number('packetsReceived'), lost: number('packetsLost'), jitterMs, roundTripMs: null };
    }
    if (
      type === 'candidate-pair' &&
      Reflect.get(stat, 'nominated') === true &&
      Reflect.has(stat, 'currentRoundTripTime')
    )
      roundTripMs = Math.round(number('currentRoundTripTime') * 1_000);
  }
  return look === null ? null : { ...look, roundTripMs };
}
