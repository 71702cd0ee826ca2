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
] as const;

/**
 * logIn: agent number and PIN are asked for; logOut. status: says the code of the present status; setStatus: to `statusId`; endWrapUp.
 * messages: the prepared messages are played, and can be removed; recordMessage: one more. lastRecording: of the own conversations.
 * redial: the number dialled last; returnCall: whoever called last.
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
];

/** Features by which the agent talks or listens for longer, and so has a call; the others are over in a moment, and change the status. */
const TAKES_THE_AGENT: ReadonlySet<Feature> = new Set([
  'messages',
  'recordMessage',
  'lastRecording',
  'redial',
  'returnCall',
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
}

export function featureScript(
  { feature, statusId }: FeatureCode,
  address: string,
  agentId: AgentId | null,
): ScriptStart {
  const asked: FeatureAsked = { address, agentId, statusId };
  return { name: `${FEATURE_SCRIPT}:${feature}`, position: JSON.stringify(asked), music: null };
}

/** The feature that is dialled by this number, or null. */
export function featureDialled(codes: readonly FeatureCode[], dialled: string): FeatureCode | null {
  return codes.find(({ code: number }) => number === dialled) ?? null;
}
