/** What can be dialled on a phone instead of a number, and what an agent dials for it until somebody changes that. */

import type { AgentId, ScriptStart } from '../../core/call/state.js';

export const FEATURES = [
  'logIn',
  'logOut',
  'status',
  'setStatus',
  'endWrapUp',
  'messages',
  'recordMessage',
  'lastRecording',
  'redial',
  'returnCall',
  'callback',
  'pickUp',
  'park',
  'retrieve',
] as const;

/**
 * logIn: agent number and PIN are asked for; logOut. status: says the code of the present status; setStatus: to `statusId`; endWrapUp.
 * messages: the prepared messages are played, and can be removed; recordMessage: one more. lastRecording: of the own conversations.
 * redial: the number dialled last; returnCall: whoever called last;
 * callback: the same, in so many minutes. pickUp: a call that rings a colleague, or the agent or queue whose
 * number is dialled behind the code. park: the line held last; retrieve: the parked call whose slot is dialled behind the code.
 */
export type Feature = (typeof FEATURES)[number];

export interface FeatureCode {
  /** As it is dialled: `[0-9*#]`. */
  readonly code: string;
  readonly feature: Feature;
  /** Only of `setStatus`, where it must be given. */
  readonly statusId: string | null;
}

function code(dialled: string, feature: Feature, statusId: string | null = null): FeatureCode {
  return { code: dialled, feature, statusId };
}

export const DEFAULT_FEATURE_CODES: readonly FeatureCode[] = [
  code('*11', 'logIn'),
  code('*12', 'logOut'),
  code('*20', 'status'),
  code('*21', 'setStatus', 'ready'),
  code('*22', 'setStatus', 'notReady'),
  code('*23', 'setStatus', 'working'),
  code('*29', 'endWrapUp'),
  code('*31', 'messages'),
  code('*32', 'recordMessage'),
  code('*33', 'lastRecording'),
  code('*41', 'redial'),
  code('*42', 'returnCall'),
  code('*43', 'callback'),
  code('*5', 'pickUp'),
  code('*6', 'park'),
  code('*7', 'retrieve'),
];

/** Features by which the agent talks or listens for longer, and so has a call; the others are over in a moment, and change the status. */
const TAKES_THE_AGENT: ReadonlySet<Feature> = new Set([
  'messages',
  'recordMessage',
  'lastRecording',
  'redial',
  'returnCall',
  'callback',
  'pickUp',
  'park',
  'retrieve',
]);

export function takesTheAgent(feature: Feature): boolean {
  return TAKES_THE_AGENT.has(feature);
}

/** Of which kind scripts of feature codes are: `feature:<feature>`. */
export const FEATURE_SCRIPT = 'feature';

/** What the dialogue of a feature code needs to know. */
export interface FeatureAsked {
  /** The endpoint that dialled it. */
  readonly address: string;
  /** Whose phone that is, or null. */
  readonly agentId: AgentId | null;
  readonly statusId: string | null;
  /** The number dialled behind the code, or ''. */
  readonly number: string;
}

export function featureScript(
  { feature, statusId, number }: FeatureDialled,
  address: string,
  agentId: AgentId | null,
): ScriptStart {
  const asked: FeatureAsked = { address, agentId, statusId, number };
  return { name: `${FEATURE_SCRIPT}:${feature}`, position: JSON.stringify(asked), music: null };
}

export type FeatureDialled = Pick<FeatureCode, 'feature' | 'statusId'> & { readonly number: string };

/** Behind these a number may be dialled. */
const WITH_NUMBER: ReadonlySet<Feature> = new Set(['pickUp', 'retrieve']);
const NUMBER = /^[0-9]{1,12}$/;

/** The feature that is dialled, or null: a number that calls somebody. */
export function featureDialled(codes: readonly FeatureCode[], dialled: string): FeatureDialled | null {
  const exact = codes.find(({ code: number }) => number === dialled);
  if (exact !== undefined) return { ...exact, number: '' };
  for (const { code: begins, feature, statusId } of codes) {
    const number = dialled.slice(begins.length);
    if (WITH_NUMBER.has(feature) && dialled.startsWith(begins) && NUMBER.test(number))
      return { feature, statusId, number };
  }
  return null;
}
