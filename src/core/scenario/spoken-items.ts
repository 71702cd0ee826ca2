/** A prompt as the items to be played, with what is to be said filled in, from the sounds that Asterisk ships. */
import type { Language, SoundItem } from '../call/state.js';
import type { Position } from './position.js';
import type { Prompt, PromptItem, Scenario } from './scenario.js';
import { spoken } from './variables.js';
import type { LocalTime, World } from './world.js';

/** What Asterisk says as one number. */
const NUMBER = /^-?\d{1,9}$/;
const MOST_DIGITS = 32;

/** Items of a call, or a prepared message, which only the application can find. */
export type Heard = SoundItem | { readonly kind: 'message'; readonly id: string };

export function heardOf(prompt: Prompt, scenario: Scenario, position: Position, world: World): readonly Heard[] {
  return prompt.flatMap((item) => itemsOf(item, scenario, position, world));
}

function itemsOf(item: PromptItem, scenario: Scenario, { variables }: Position, world: World): readonly Heard[] {
  switch (item.kind) {
    case 'sound':
    case 'message':
      return [item];
    case 'number': {
      const value = spoken(item.value, variables, world.facts).trim();
      return NUMBER.test(value) ? [{ kind: 'number', value: Number(value) }] : spelled(value);
    }
    case 'digits':
      return spelled(spoken(item.value, variables, world.facts));
    case 'date':
      return dateItems(scenario.language, world.timeIn(scenario.zone));
    case 'time':
      return timeItems(scenario.language, world.timeIn(scenario.zone));
  }
}

function spelled(value: string): readonly SoundItem[] {
  const digits = value.replace(/[^0-9*#]/g, '').slice(0, MOST_DIGITS);
  return digits === '' ? [] : [{ kind: 'digits', value: digits }];
}

/** "Sunday, November twenty-second"; in Russian the day comes before the month. */
function dateItems(language: Language, { weekday, date }: LocalTime): readonly SoundItem[] {
  const [month, day] = [Number(date.slice(5, 7)), Number(date.slice(8, 10))];
  const monthSound = sound(`digits/mon-${month - 1}`);
  const dayItems = ordinal(day);
  return [
    sound(`digits/day-${weekday % 7}`),
    ...(language === 'ru' ? [...dayItems, monthSound] : [monthSound, ...dayItems]),
  ];
}

/** There are ordinals up to twenty, and of the tens. */
function ordinal(day: number): readonly SoundItem[] {
  if (day <= 20 || day % 10 === 0) return [sound(`digits/h-${day}`)];
  return [sound(`digits/${day - (day % 10)}`), sound(`digits/h-${day % 10}`)];
}

/** By the 24-hour clock. */
function timeItems(language: Language, { minute }: LocalTime): readonly SoundItem[] {
  const [hours, minutes] = [Math.floor(minute / 60), minute % 60];
  if (minutes === 0 && language === 'en') return [number(hours), sound('digits/oclock')];
  const leading = minutes < 10 ? [language === 'en' ? sound('digits/oh') : number(0)] : [];
  return [number(hours), ...leading, number(minutes)];
}

function sound(name: string): SoundItem {
  return { kind: 'sound', name };
}

function number(value: number): SoundItem {
  return { kind: 'number', value };
}
