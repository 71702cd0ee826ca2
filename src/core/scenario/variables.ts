/** Values that a scenario keeps for a caller. They are stored with the call, so their sizes are bounded. */
import { filled } from '../template.js';

export type Variables = Readonly<Record<string, string>>;

/** Longer values are cut. */
const MOST_VALUE = 200;
/** Of all names and values as JSON: a position has to fit where it is stored, whatever script it is written in. */
const MOST_ALTOGETHER = 1_800;

/** The variable with its new value; an empty one where there is no room for it. */
export function withVariable(variables: Variables, name: string, value: string): Variables {
  const cut = { ...variables, [name]: plain(value).slice(0, MOST_VALUE) };
  if (JSON.stringify(cut).length <= MOST_ALTOGETHER) return cut;
  const { [name]: _none, ...others } = variables;
  const emptied = { ...others, [name]: '' };
  return JSON.stringify(emptied).length <= MOST_ALTOGETHER ? emptied : others;
}

/** What JSON answered, as a value. Lists and objects have none. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** The scenario's own values, and those of the call, which no step can change. */
export function spoken(template: string, variables: Variables, facts: Variables): string {
  return filled(template, { ...variables, ...facts });
}

/** One line. */
function plain(value: string): string {
  return value.replace(/[\p{Cc}\p{Surrogate}]/gu, ' ');
}
