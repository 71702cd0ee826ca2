/** Time zones to choose from, found by their place or by what people call them in the desktop's language. Pure. */
import type { Language } from '../words/shape.js';

export interface ZoneChoice {
  readonly value: string;
  readonly label: string;
}

/** Choices for these zones. Each takes a millisecond or so to make: 400 at once would be felt. */
export function zoneChoices(zones: readonly string[], at: number, language: Language): readonly ZoneChoice[] {
  return zones.map((value) => ({ value, label: zoneLabel(value, at, language) }));
}

/** `Europe/Moscow · Москва · GMT+3`, as the clocks are there at that moment. */
export function zoneLabel(zone: string, at: number, language: Language): string {
  const place = zone.replaceAll('_', ' ');
  const name = namePart(zone, at, language, 'longGeneric').replace(/, стандартное время$| Standard Time$| Time$/, '');
  const offset = namePart(zone, at, language, 'shortOffset');
  return place.endsWith(`/${name}`) || name.startsWith('GMT')
    ? `${place} · ${offset}`
    : `${place} · ${name} · ${offset}`;
}

function namePart(zone: string, at: number, language: Language, style: 'longGeneric' | 'shortOffset'): string {
  const parts = new Intl.DateTimeFormat(language, { timeZone: zone, timeZoneName: style }).formatToParts(at);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
}
