/**
 * Colleagues as every agent may see them: who there is, under which number, and whether it is worth ringing now. With whom somebody
 * talks, for how long, or who has set a status is nobody else's business, and is not in it.
 */
import type { AgentId } from '../core/call/state.js';
import { type Refusal, refuse } from '../core/refusal.js';
import type { Application } from './application.js';
import type { LoadedConfiguration } from './configuration-store.js';
import { wordsIn } from './contacts/words.js';
import type { AgentAccount } from './directory.js';
import { accountOf } from './login/accounts.js';
import type { AgentView, ColleagueState, ColleagueView } from './view.js';

export interface ColleagueSearch {
  /** Beginnings of words of the name, or the beginning of the number; empty: everybody. */
  readonly text: string;
  readonly limit: number;
}

type Seen = Pick<Application, 'views' | 'configuration'>;

/** Null for somebody who is gone, or may not log in. The application is asked as a whole: its functions are its own. */
export function colleague(seen: Seen, id: AgentId): ColleagueView | null {
  const account = accountOf(seen.configuration(), id);
  if (account === null || account.disabled) return null;
  const view = seen.views.agent(id);
  return view === null ? null : viewOf(view);
}

/** By id, to tell who somebody was: also one who may not log in any more, and oneself. */
export function colleagueById(seen: Seen, id: AgentId): ColleagueView | Refusal {
  const account = accountOf(seen.configuration(), id);
  if (account === null) return refuse('notFound', 'There is no such agent.');
  const { name, number } = account;
  return colleague(seen, id) ?? { id, name, number, state: 'loggedOut', statusId: null };
}

/** By name. Of 10 000 agents only those shown are looked at. */
export function findColleagues(seen: Seen, asking: AgentId, { text, limit }: ColleagueSearch) {
  const words = wordsIn(text);
  const colleagues: ColleagueView[] = [];
  for (const person of peopleOf(seen.configuration())) {
    if (person.id === asking || !words.every((word) => fits(person, word))) continue;
    const view = colleague(seen, person.id);
    if (view === null) continue;
    if (colleagues.length === limit) return { colleagues, more: true };
    colleagues.push(view);
  }
  return { colleagues, more: false };
}

function viewOf({ id, name, number, status, ...view }: AgentView): ColleagueView {
  return { id, name, number, state: stateOf({ status, ...view }), statusId: status?.id ?? null };
}

function stateOf({ loggedIn, activity, status }: Pick<AgentView, 'loggedIn' | 'activity' | 'status'>): ColleagueState {
  // A call outlasts a session, and rings whoever is logged out, too.
  if (activity !== 'idle') return activity === 'ringing' ? 'ringing' : 'busy';
  if (!loggedIn) return 'loggedOut';
  return status?.receiving === true ? 'free' : 'away';
}

interface Person {
  readonly id: AgentId;
  readonly number: string;
  readonly words: readonly string[];
}

const known = new WeakMap<LoadedConfiguration, readonly Person[]>();

/** Those who may log in, in the order in which they are listed: made once for each configuration in force. */
function peopleOf(configuration: LoadedConfiguration): readonly Person[] {
  const made = known.get(configuration);
  if (made !== undefined) return made;
  const { compare } = new Intl.Collator(['ru', 'en'], { numeric: true });
  const byName = (one: AgentAccount, other: AgentAccount) =>
    compare(one.name, other.name) || (one.id < other.id ? -1 : 1);
  const people = configuration.agents
    .filter(({ disabled }) => !disabled)
    .sort(byName)
    .map(({ id, name, number }) => ({ id, number, words: wordsIn(name) }));
  known.set(configuration, people);
  return people;
}

function fits({ number, words }: Person, asked: string): boolean {
  return number.startsWith(asked) || words.some((word) => word.startsWith(asked));
}
