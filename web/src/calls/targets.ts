/** Whom a few typed letters or digits mean: a number, colleagues, queues, contacts, in one list. Pure. */
import type { ColleagueState, ColleagueView, QueueView } from '../../../src/app/view.js';
import { dialableOf } from '../parts/telephone.js';

/** As commands name whom a call is for. */
export type Target =
  | { readonly kind: 'number'; readonly number: string }
  | { readonly kind: 'agent'; readonly agentId: string }
  | { readonly kind: 'queue'; readonly queueId: string };

export interface FoundContact {
  readonly id: string;
  readonly name: string;
  readonly company: string;
  readonly numbers: readonly { readonly number: string; readonly label: string }[];
}

export interface Choice {
  readonly key: string;
  readonly kind: 'number' | 'colleague' | 'queue' | 'contact';
  readonly name: string;
  /** Empty for a queue, which is reached by its id. */
  readonly number: string;
  readonly detail: string;
  readonly presence: ColleagueState | null;
  readonly target: Target;
}

export interface Known {
  readonly colleagues: Iterable<ColleagueView>;
  readonly queues: Iterable<QueueView>;
  readonly contacts: readonly FoundContact[];
}

const MOST = { colleague: 8, queue: 5, contact: 8 } as const;

/** The number as it is dialled; null for what is none. */
export function numberIn(typed: string): string | null {
  const number = dialableOf(typed);
  return number === null || number.lastIndexOf('+') > 0 || number === '+' ? null : number;
}

/** Why something that looks like a number is none; null for words and for numbers. */
export function whyNoNumber(typed: string): 'tooLong' | 'plusOnlyFirst' | null {
  const looks = /^[0-9*#+][0-9*#+\s().-]*$/.test(typed.trim());
  if (!looks || numberIn(typed) !== null || typed.trim() === '+') return null;
  return dialableOf(typed) === null ? 'tooLong' : 'plusOnlyFirst';
}

const RANK: Readonly<Record<ColleagueState, number>> = { free: 0, away: 1, ringing: 2, busy: 3, loggedOut: 4 };

/** Every word begins a word of the name, or is part of the number. */
function matches(name: string, number: string, typed: string): boolean {
  const words = name.toLocaleLowerCase().split(/[\s\-,.]+/);
  const asked = typed.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return asked.every(
    (part) => words.some((word) => word.startsWith(part)) || (/^[0-9*#+]+$/.test(part) && number.includes(part)),
  );
}

/**
 * The typed number first, unless it is a colleague's; then those who are free before those who are not. `own` is not offered.
 */
export function choicesFor(typed: string, known: Known, own: string): readonly Choice[] {
  const people = colleagues(typed, known, own);
  const number = typedNumber(typed).filter((each) => people.every((person) => person.number !== each.number));
  return [...number, ...people, ...queues(typed, known), ...contacts(known)];
}

function typedNumber(typed: string): readonly Choice[] {
  const number = numberIn(typed);
  if (number === null) return [];
  const target = { kind: 'number', number } as const;
  return [{ key: 'number', kind: 'number', name: number, number, detail: '', presence: null, target }];
}

function colleagues(typed: string, known: Known, own: string): readonly Choice[] {
  const dialling = numberIn(typed);
  const exact = ({ number }: ColleagueView) => Number(number === dialling);
  return [...known.colleagues]
    .filter(({ id, name, number }) => id !== own && matches(name, number, typed))
    .sort(
      (one, other) =>
        exact(other) - exact(one) || RANK[one.state] - RANK[other.state] || one.name.localeCompare(other.name),
    )
    .slice(0, MOST.colleague)
    .map(({ id, name, number, state }) => ({
      key: `agent/${id}`,
      kind: 'colleague',
      ...{ name, number, detail: '', presence: state },
      target: { kind: 'agent', agentId: id },
    }));
}

function queues(typed: string, known: Known): readonly Choice[] {
  return [...known.queues]
    .filter(({ name }) => matches(name, '', typed))
    .sort((one, other) => one.name.localeCompare(other.name))
    .slice(0, MOST.queue)
    .map(({ id, name }) => ({
      key: `queue/${id}`,
      kind: 'queue',
      ...{ name, number: '', detail: '', presence: null },
      target: { kind: 'queue', queueId: id },
    }));
}

/** Found by the service, in its order; a line for each number. */
function contacts(known: Known): readonly Choice[] {
  return known.contacts
    .flatMap(({ id, name, company, numbers }) =>
      numbers.map(({ number, label }): Choice => {
        const dialled = numberIn(number) ?? number;
        return {
          key: `contact/${id}/${number}`,
          kind: 'contact',
          ...{ name: name === '' ? company : name, number: dialled, presence: null },
          detail: [label, name === '' ? '' : company].filter(Boolean).join(', '),
          target: { kind: 'number', number: dialled },
        };
      }),
    )
    .slice(0, MOST.contact);
}

/** Whom a new call is for: that is dialled by number alone. */
export function dialled({ target, number }: Choice): string | null {
  return target.kind === 'number' ? target.number : number === '' ? null : number;
}
