/** Proved by ear for everybody at once: all hear those, and only those, with whom the calls say they are in a conversation. */
import type { Heard } from '../../lab/tone-analysis.js';
import { topology } from '../../src/core/call/topology.js';
import type { FollowedCalls } from './picture.js';
import type { People, Person } from './random-people.js';

const LISTEN_MS = 500;
/** Audio follows the controller's word a moment later; a conference's sounds pass. */
const TRIES = 4;

/** Does nothing where something changes while it listens: nobody can say then what should have been heard. */
export async function whoHearsWhom(
  calls: FollowedCalls,
  people: People,
  legOf: (person: Person) => string | undefined,
): Promise<void> {
  const since = calls.changes;
  let wrong: readonly string[] = [];
  for (let turn = 0; turn < TRIES; turn += 1) {
    const present = people.present().filter(({ answered }) => answered);
    const heard = await Promise.all(present.map((person) => person.call.hears(LISTEN_MS).catch(() => null)));
    if (calls.changes !== since || present.some(({ call }) => call.over)) return;
    wrong = mistakes(calls, present, heard, legOf);
    if (wrong.length === 0) return;
  }
  throw new Error(`heard otherwise than wanted:\n${wrong.join('\n')}`);
}

function mistakes(
  calls: FollowedCalls,
  present: readonly Person[],
  heard: readonly (Heard | null)[],
  legOf: (person: Person) => string | undefined,
): readonly string[] {
  const wanted = new Map(calls.live.flatMap((call) => [...topology(call).legs]));
  const conversationOf = (person: Person): string | null => {
    const hears = wanted.get(legOf(person) ?? '')?.hears;
    return hears?.kind === 'conversation' ? hears.conversationId : null;
  };
  return present.flatMap((person, index) => {
    const mine = conversationOf(person);
    const what = heard[index];
    // Those whom the PBX's own dial plan has, and phones that are on hold by their own key, hear what they hear.
    if (what == null || legOf(person) === undefined || person.onHold) return [];
    return present.flatMap((other) => {
      if (other === person || present.filter(({ hz }) => hz === other.hz).length > 1) return [];
      const together = mine !== null && conversationOf(other) === mine;
      const audible = together && !other.onHold && wanted.get(legOf(other) ?? '')?.muted === false;
      if (what.hears(other.hz) === audible) return [];
      const told = `${person.line.endpoint} (${legOf(person)}) ${audible ? 'does not hear' : 'hears'} ${other.line.endpoint}`;
      return [`${told} (${legOf(other)}, ${other.hz} Hz): ${what.toString()}`];
    });
  });
}
