/** What every leg of a call should hear now, and who must be gone: a view of the call's state, computed anew each time. */
import type {
  AgentId,
  Announcement,
  Call,
  CallId,
  Language,
  Leg,
  LegId,
  LegRole,
  Offer,
  Party,
  ReleaseReason,
} from './state.js';
import { ringingOffers } from './state.js';

export type Hears =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'ringing' }
  | { readonly kind: 'music'; readonly music: string }
  | { readonly kind: 'announcement'; readonly announcement: Announcement; readonly language: Language }
  | { readonly kind: 'conversation'; readonly conversationId: string };

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
}

export interface Topology {
  readonly callId: CallId;
  readonly legs: ReadonlyMap<LegId, WantedLeg>;
  readonly leaving: ReadonlyMap<LegId, ReleaseReason>;
  /** Conversations to exist; `conference` from three legs on. */
  readonly conversations: ReadonlyMap<string, 'pair' | 'conference'>;
}

/** Beyond the offer's deadline, so that it only matters when the controller is away. */
const RING_MARGIN_MS = 30_000;

export function topology(call: Call): Topology {
  const legs = new Map<LegId, WantedLeg>();
  const leaving = new Map<LegId, ReleaseReason>();
  const conversations = new Map<string, 'pair' | 'conference'>();
  if (call.phase === 'talking') {
    for (const conversation of call.conversations) {
      conversations.set(conversation.id, conversation.legIds.length > 2 ? 'conference' : 'pair');
    }
  }
  for (const leg of Object.values(call.legs)) {
    if (leg.phase === 'leaving') leaving.set(leg.id, leg.reason);
    else legs.set(leg.id, wanted(call, leg));
  }
  return { callId: call.id, legs, leaving, conversations };
}

function wanted(call: Call, leg: Leg): WantedLeg {
  const { id, role, agentId, muted } = leg;
  const hears = hearing(call, leg);
  const answered = leg.phase === 'up' || hears.kind === 'music' || hears.kind === 'announcement';
  return { id, role, agentId, muted, hears, answered, dialling: dialling(call, leg) };
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

function hearing(call: Call, leg: Leg): Hears {
  if (leg.phase === 'dialling' || leg.phase === 'ringing') return { kind: 'nothing' };
  switch (call.phase) {
    case 'queued':
      if (call.announcement === null) return { kind: 'music', music: call.stay.music };
      return { kind: 'announcement', announcement: call.announcement, language: call.language };
    case 'preparing':
    case 'connecting':
      return { kind: 'ringing' };
    case 'talking': {
      const conversation = call.conversations.find((candidate) => candidate.legIds.includes(leg.id));
      return conversation === undefined
        ? { kind: 'nothing' }
        : { kind: 'conversation', conversationId: conversation.id };
    }
    case 'ended':
      return { kind: 'nothing' };
  }
}
