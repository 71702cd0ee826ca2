/** What a queue has done today (UTC), counted from the events of its calls, so that a wallboard never asks the database. */
import type { CallEvent } from '../call/event.js';
import type { Instant } from '../call/state.js';

const DAY_MS = 86_400_000;
/** Weight of the latest call in the average of talk: it follows the last ten calls or so. */
const LATEST_WEIGHT = 1 / 8;

/** Counted of the calls of a queue in a stretch of time. */
interface Counted {
  readonly offered: number;
  readonly answered: number;
  readonly abandoned: number;
  /** Ended because the phone system was started anew, answered or not: nobody gave up. */
  readonly lost: number;
  /** Not among the offered: sent to the PBX's fallback at once, because there was too much to do. */
  readonly turnedAway: number;
  readonly answeredWithinServiceLevel: number;
  /** Sum over answered calls, ms. */
  readonly waitedMs: number;
}

/** The same from history, with the sum of talk over answered calls, ms. */
export interface QueueSums extends Counted {
  readonly talkedMs: number;
}

export interface QueueCounters extends Counted {
  /** Midnight UTC at which counting began. */
  readonly day: Instant;
  /** Moving average of answered calls' talk, ms; null before the first. Lives through midnight: the first callers of a day are told a wait too. */
  readonly talkMs: number | null;
}

export function newCounters(now: Instant): QueueCounters {
  return {
    day: dayOf(now),
    offered: 0,
    answered: 0,
    abandoned: 0,
    lost: 0,
    turnedAway: 0,
    answeredWithinServiceLevel: 0,
    waitedMs: 0,
    talkMs: null,
  };
}

/** Counters that go on from sums of the present day, when the controller starts in the middle of it. */
export function countersFrom(sums: QueueSums, now: Instant): QueueCounters {
  const { talkedMs, ...counted } = sums;
  return { day: dayOf(now), ...counted, talkMs: sums.answered === 0 ? null : talkedMs / sums.answered };
}

/** The counters as of `now`: zero again if a new day has begun. */
export function countersAt(counters: QueueCounters, now: Instant): QueueCounters {
  // An event that comes a little late, dated before midnight, does not bring yesterday back.
  return dayOf(now) <= counters.day ? counters : { ...newCounters(now), talkMs: counters.talkMs };
}

/** The counters after an event of a call of this queue; the caller picks the queue by the event's `queueId`. */
export function countCallEvent(counters: QueueCounters, event: CallEvent, serviceLevelMs: number): QueueCounters {
  const today = countersAt(counters, event.at);
  switch (event.type) {
    case 'call.queued':
      return { ...today, offered: today.offered + 1 };
    case 'call.connected':
      return {
        ...today,
        answered: today.answered + 1,
        answeredWithinServiceLevel: today.answeredWithinServiceLevel + (event.waitedMs <= serviceLevelMs ? 1 : 0),
        waitedMs: today.waitedMs + event.waitedMs,
      };
    case 'call.ended':
      if (event.outcome === 'abandoned') return { ...today, abandoned: today.abandoned + 1 };
      if (event.outcome === 'lost') return { ...today, lost: today.lost + 1 };
      if (event.outcome === 'turnedAway') return { ...today, turnedAway: today.turnedAway + 1 };
      return event.outcome === 'answered' ? { ...today, talkMs: average(today.talkMs, event.talkedMs) } : today;
    default:
      return today;
  }
}

/** Share of offered calls answered in time, 0 to 1; null before the first. */
export function serviceLevel(counters: QueueCounters): number | null {
  // A call offered before midnight and answered after it would make the share exceed 1.
  return counters.offered === 0 ? null : Math.min(1, counters.answeredWithinServiceLevel / counters.offered);
}

/** Average wait of answered calls, ms; null before the first. */
export function averageWaitMs(counters: QueueCounters): number | null {
  return counters.answered === 0 ? null : Math.round(counters.waitedMs / counters.answered);
}

function average(before: number | null, latest: number): number {
  return before === null ? latest : before + (latest - before) * LATEST_WEIGHT;
}

/** Midnight UTC before the instant. */
export function dayOf(instant: Instant): Instant {
  return Math.floor(instant / DAY_MS) * DAY_MS;
}
