/**
 * In-call options: what a key, or a sequence of keys, pressed during a call does. Keys are configured in sets: of the whole centre, of a
 * queue, of a team, of an agent, and of a queue's customers.
 */

/** What a key does. `number` null: it is typed on the phone, while the other party waits on hold. */
export type Option =
  /** Nothing, although a less specific set gives the key a meaning. */
  | { readonly kind: 'none' }
  /** Puts the line on hold; pressed again it takes it up. */
  | { readonly kind: 'hold' }
  | { readonly kind: 'swap' }
  | { readonly kind: 'hangUp' }
  | { readonly kind: 'complete' }
  | { readonly kind: 'conference' }
  | { readonly kind: 'consult'; readonly number: string | null }
  | { readonly kind: 'transfer'; readonly number: string | null }
  /** toggle: starts, and pressed again stops. */
  | { readonly kind: 'record'; readonly action: 'start' | 'stop' | 'pause' | 'resume' | 'toggle' }
  | { readonly kind: 'leaveMessage'; readonly messageId: string }
  | { readonly kind: 'tag'; readonly tag: string }
  /** The agent is released, and the other party led through the scenario. */
  | { readonly kind: 'scenario'; readonly scenarioId: string }
  /** Calls a trainer, whom the agent alone hears; pressed again lets the trainer go. `trainerId` null: the one set for the agent. */
  | { readonly kind: 'coach'; readonly trainerId: string | null }
  /** The agent's other phones ring, to take the conversation over; pressed again they ring no longer. */
  | { readonly kind: 'device' }
  /** The other party's number becomes a contact with this agent as its personal manager. */
  | { readonly kind: 'manager' }
  | { readonly kind: 'contactGroup'; readonly groupId: string }
  /** Further calls from the number are rejected; `now`: this one is ended as well. */
  | { readonly kind: 'blacklist'; readonly when: 'now' | 'after' }
  | { readonly kind: 'sms'; readonly templateId: string }
  /** The other party is called back in so many minutes, by an agent of the queue; null: by this agent. */
  | {
      readonly kind: 'callback';
      readonly inMinutes: number;
      readonly queueId: string | null;
      readonly priority: 'high' | 'medium' | 'low';
    };

export type OptionKind = Option['kind'];

/** A sequence of keys and what it does. */
export interface Key {
  /** `0`–`9`, `*` and `#`. */
  readonly sequence: string;
  readonly option: Option;
  /** Of the centre's keys: more specific sets may not give it another meaning. */
  readonly reserved: boolean;
}

/** Whose legs may press: those of agents, or the customers of a queue. */
export type KeyScope = 'centre' | 'queue' | 'team' | 'agent' | 'customer';

/** The keys of one owner. */
export interface KeySet {
  readonly scope: KeyScope;
  /** A queue's id, a team's, an agent's, for `customer` a queue's id, and `centre` for the centre. */
  readonly ownerId: string;
  /** How long the next key of a sequence is waited for; null: as in the less specific set. */
  readonly betweenDigitsMs: number | null;
  readonly keys: readonly Key[];
}

/** The one owner of the centre's keys. */
export const CENTRE_OWNER = 'centre';

/** What a leg may press: keys by which one sequence has one meaning. */
export interface KeyTable {
  readonly betweenDigitsMs: number;
  readonly keys: readonly Key[];
}

/** Where no set says how long the next key is waited for. */
export const BETWEEN_DIGITS_MS = 1_500;

/** Nothing can be pressed. */
export const NO_KEYS: KeyTable = { betweenDigitsMs: BETWEEN_DIGITS_MS, keys: [] };

/** The number belonging to it is typed after it. */
export function asksForNumber(option: Option): boolean {
  return 'number' in option && option.number === null;
}
