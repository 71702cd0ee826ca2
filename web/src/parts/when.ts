/** Times and dates as people read them: in the desktop's language, in the browser's time zone unless another is named. Pure. */
import type { Language } from '../words/shape.js';

const STYLES = {
  time: { hour: '2-digit', minute: '2-digit' },
  seconds: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
  day: { weekday: 'short', day: 'numeric', month: 'short' },
  dayAndTime: { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
  date: { day: 'numeric', month: 'long', year: 'numeric' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** Making one takes a thousand times as long as using it. */
const made = new Map<string, Intl.DateTimeFormat>();

export function when(at: number, style: keyof typeof STYLES, language: Language, zone?: string): string {
  const key = `${language} ${style} ${zone ?? ''}`;
  let format = made.get(key);
  if (format === undefined) {
    const locale = language === 'en' ? 'en-GB' : 'ru';
    format = new Intl.DateTimeFormat(locale, { ...STYLES[style], ...(zone === undefined ? {} : { timeZone: zone }) });
    made.set(key, format);
  }
  return format.format(at);
}

/** Today only the time, else the day too. */
export function shortWhen(at: number, now: number, language: Language): string {
  const isToday = when(at, 'date', language) === when(now, 'date', language);
  return when(at, isToday ? 'time' : 'dayAndTime', language);
}

/** The zone of this computer. */
export function ownZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
