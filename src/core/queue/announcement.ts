/**
 * What a waiting caller is told, from the sounds that Asterisk ships in English and in Russian (every `queue-*` name used here
 * exists in both), in the order that Asterisk's own queue says them. Asterisk says the numbers itself, in the channel's language.
 */
import type { Language, SoundItem } from '../call/state.js';

/** Above this the exact place means nothing; and Asterisk ships no Russian sounds for the hundreds. */
const SAID_EXACTLY = 99;
/** An estimate beyond this is left out. */
const LONGEST_MINUTES = 60;

/** Place and estimated wait, then thanks; empty when there is nothing to say. */
export function queueAnnouncement(say: {
  readonly language: Language;
  /** Null: do not say. */
  readonly position: number | null;
  /** Null: do not say, or not known. */
  readonly estimatedWaitMs: number | null;
}): readonly SoundItem[] {
  const items = [
    ...(say.position === null ? [] : positionItems(say.position)),
    ...(say.estimatedWaitMs === null ? [] : waitItems(say.language, say.estimatedWaitMs)),
  ];
  return items.length === 0 ? [] : [...items, sound('queue-thankyou')];
}

function positionItems(position: number): readonly SoundItem[] {
  if (position < 1) return [];
  if (position === 1) return [sound('queue-youarenext')];
  if (position > SAID_EXACTLY) return [sound('queue-quantity1'), number(SAID_EXACTLY), sound('queue-quantity2')];
  return [sound('queue-thereare'), number(position), sound('queue-callswaiting')];
}

function waitItems(language: Language, waitMs: number): readonly SoundItem[] {
  const minutes = Math.round(waitMs / 60_000);
  if (minutes > LONGEST_MINUTES) return [];
  if (language === 'ru') return russianWait(minutes);
  if (waitMs < 60_000) return [sound('queue-holdtime'), sound('queue-less-than'), number(1), sound('queue-minute')];
  return [sound('queue-holdtime'), number(minutes), sound(minutes === 1 ? 'queue-minute' : 'queue-minutes')];
}

/**
 * Russian has three forms after a number (1 минута, 2 минуты, 5 минут) and Asterisk says numbers in the masculine, but ships
 * only two forms and few feminine numbers. So only numbers that take "минут" are said; others become "less than" the next five.
 */
function russianWait(minutes: number): readonly SoundItem[] {
  const last = minutes % 10;
  const teen = minutes >= 11 && minutes <= 14;
  if (minutes > 0 && (teen || last === 0 || last >= 5)) {
    return [sound('queue-holdtime'), number(minutes), sound('queue-minutes')];
  }
  const below = Math.floor(minutes / 5) * 5 + 5;
  return [sound('queue-holdtime'), sound('queue-less-than'), number(below), sound('queue-minutes')];
}

function sound(name: string): SoundItem {
  return { kind: 'sound', name };
}

function number(value: number): SoundItem {
  return { kind: 'number', value };
}
