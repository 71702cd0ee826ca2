/** What every leg of a call should hear now, and who must be gone: a view of the call's state, computed anew each time. */

import { coachingBy, coachingIdOf, heardBy } from './coaching.js';
import { activeLine, othersOn } from './line.js';
import { isInDoubt } from './machine.js';
import type {
  AgentId,
  Announcement,
  Call,
  CallId,
  Language,
  Leg,
  LegId,
  LegRole,
  Line,
  Offer,
  Party,
  ReleaseReason,
  Script,
} from './state.js';
import { linesOf, ringingOffers } from './state.js';

export type Hears =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'ringing' }
  | { readonly kind: 'music'; readonly music: string }
  | { readonly kind: 'announcement'; readonly announcement: Announcement; readonly language: Language }
  | { readonly kind: 'conversation'; readonly conversationId: string }
  /** All that the agent's leg hears and says; `conversationId` names the place where the trainer hears it, for every pairing another. */
  | { readonly kind: 'coaching'; readonly conversationId: string; readonly agentLegId: LegId };

/** What dialling a leg needs; null for a leg that called in. */
export interface Dialling {
  readonly address: string;
  readonly shows: Party;
  readonly autoAnswer: boolean;
  /** How long the phone system itself lets it ring, ms: a safety net behind the offer's own deadline. */
  readonly limitMs: number;
}

export interface WantedLeg {
  readonly id: LegId;
  readonly role: LegRole;
  readonly agentId: AgentId | null;
  readonly dialling: Dialling | null;
  /** A leg that called in is to be answered. */
  readonly answered: boolean;
  readonly hears: Hears;
  readonly muted: boolean;
  /** It is to be found out who answered. */
  readonly inDoubt: boolean;
  /** Whom an agent's phone shows as the other party; null leaves its display as it is. */
  readonly shows: Party | null;
}

export interface WantedConversation {
  /** coaching: a trainer with what an agent hears and says, beside the agent's conversation. */
  readonly mode: 'pair' | 'conference' | 'coaching';
  readonly recording: { readonly name: string; readonly paused: boolean } | null;
}

export interface Topology {
  readonly callId: CallId;
  readonly legs: ReadonlyMap<LegId, WantedLeg>;
  readonly leaving: ReadonlyMap<LegId, ReleaseReason>;
  /** Conversations to exist; `conference` from three legs on. */
  readonly conversations: ReadonlyMap<string, WantedConversation>;
}

/** Beyond the offer's deadline, so that it only matters when the controller is away. */
const RING_MARGIN_MS = 30_000;

export function topology(call: Call): Topology {
  const legs = new Map<LegId, WantedLeg>();
  const leaving = new Map<LegId, ReleaseReason>();
  const conversations = new Map<string, WantedConversation>();
  for (const { conversation } of linesOf(call)) {
    if (conversation !== null) {
      conversations.set(conversation.id, { mode: conversation.mode, recording: conversation.recording });
    }
  }
  for (const leg of Object.values(call.legs)) {
    if (leg.phase === 'leaving') leaving.set(leg.id, leg.reason);
    else legs.set(leg.id, wanted(call, leg));
  }
  for (const { hears } of legs.values()) {
    if (hears.kind === 'coaching') conversations.set(hears.conversationId, { mode: 'coaching', recording: null });
  }
  return { callId: call.id, legs, leaving, conversations };
}

function wanted(call: Call, leg: Leg): WantedLeg {
  const { id, role, agentId } = leg;
  const isRung = leg.phase === 'dialling' || leg.phase === 'ringing';
  const line = isRung ? null : activeLine(call, id);
  const coaching = coachingBy(call, id);
  const muted = leg.muted || coaching?.mode === 'listen';
  const hears = coaching === null || coaching.mode === 'barge' ? hearing(call, line, id) : coached(call, coaching);
  const answered = leg.phase === 'up' || hears.kind === 'music' || hears.kind === 'announcement';
  const shows = agentId === null || line === null ? null : otherParty(call, line, id);
  return { id, role, agentId, muted, hears, answered, shows, inDoubt: isInDoubt(leg), dialling: dialling(call, leg) };
}

/** A phone shows one name: that of the one other party, or how many there are, with the number of the customer among them. */
function otherParty(call: Call, line: Line, legId: LegId): Party | null {
  const others = othersOn(line, legId).flatMap((id) => call.legs[id] ?? []);
  const [first = null] = others;
  if (first === null) return line.offers[0]?.party ?? null;
  if (others.length === 1) return first.party;
  const { number } = (others.find(({ agentId }) => agentId === null) ?? first).party;
  return { number, name: `Conference (${others.length + 1})` };
}

function dialling(call: Call, leg: Leg): Dialling | null {
  if (leg.address === null) return null;
  const offer = ringingOffers(call).find((candidate) => candidate.legIds.includes(leg.id));
  return {
    address: leg.address,
    shows: offer?.shows ?? call.from,
    autoAnswer: offer?.autoAnswer ?? false,
    limitMs: limit(offer),
  };
}

function limit(offer: Offer | undefined): number {
  return offer === undefined ? RING_MARGIN_MS : offer.deadlineAt - offer.offeredAt + RING_MARGIN_MS;
}

function inScript({ answered, music }: Script): Hears {
  if (!answered) return { kind: 'ringing' };
  return music === null ? { kind: 'nothing' } : { kind: 'music', music };
}

type There = NonNullable<ReturnType<typeof coachingBy>>;

/** Music while the agent talks to nobody. */
function coached(call: Call, coaching: There): Hears {
  const heard = heardBy(call, coaching);
  if (heard === null) return { kind: 'music', music: call.holdMusic };
  const { agentLegId, conversationId } = heard;
  return { kind: 'coaching', conversationId: coachingIdOf(conversationId, coaching, agentLegId), agentLegId };
}

/** Who has put all lines on hold hears nothing; who takes part in one hears the others, or what there is to hear until they come. */
function hearing(call: Call, line: Line | null, legId: LegId): Hears {
  if (line === null) return { kind: 'nothing' };
  const { conversation, announcement, stay } = line;
  if (conversation?.legIds.includes(legId)) return { kind: 'conversation', conversationId: conversation.id };
  if (announcement !== null) return { kind: 'announcement', announcement, language: call.language };
  if (stay !== null) return { kind: 'music', music: stay.music };
  if (line.parked !== null) return { kind: 'music', music: call.holdMusic };
  if (line.script?.active === true) return inScript(line.script);
  const rings = line.offers.some(({ purpose }) => purpose !== 'recall');
  if (rings || (line.members.length === 1 && line.orphan === null)) return { kind: 'ringing' };
  return { kind: 'music', music: call.holdMusic };
}
