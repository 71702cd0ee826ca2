/**
 * From what is to what should be: the ordered steps that Asterisk must take. The one place where the order of media operations is
 * decided. Steps of one leg are carried out in the order given; so are the steps of one plan, unless a leg must first appear.
 */
import { coach } from './plan-coaching.js';
import { detect, display, record } from './plan-extras.js';
import { silence } from './plan-silence.js';
import type { LegId } from './state.js';
import { type Actual, type ActualLeg, type ActualStage, mayHear, type Step } from './step.js';
import type { Topology, WantedLeg } from './topology.js';

export type * from './step.js';
export { NOTHING_YET } from './step.js';

/**
 * Phones are rung first (that is what the caller waits for), then conversations are made, then those who wait are given something
 * to hear, then those who must go are released, and last what is empty is closed. Displays come before what is heard: a phone that
 * calls in is told whom it reaches with the very message (180) that says that it rings there, and not again before the answer.
 */
export function plan(actual: Actual, wanted: Topology): readonly Step[] {
  return [
    ...ringPhones(actual, wanted),
    ...makeConversations(actual, wanted),
    ...coach(actual, wanted),
    ...display(actual, wanted),
    ...comfort(actual, wanted),
    ...detect(actual, wanted),
    ...record(actual, wanted),
    ...release(actual, wanted),
    ...closeEmpty(actual, wanted),
  ];
}

function ringPhones(actual: Actual, wanted: Topology): Step[] {
  const steps: Step[] = [];
  for (const leg of wanted.legs.values()) {
    if (leg.dialling === null) continue;
    const { address, shows, autoAnswer, limitMs } = leg.dialling;
    const now = actual.legs.get(leg.id);
    if (now === undefined && !leg.answered) {
      const { id: legId, role, agentId } = leg;
      steps.push({ type: 'create', legId, callId: wanted.callId, role, agentId, address, shows, autoAnswer });
    }
    const early = now === undefined ? !leg.answered : now.stage === 'creating';
    // Not waiting for the leg saves a round trip; Asterisk refuses (409) where it was too early.
    if (early || now?.stage === 'created') steps.push({ type: 'dial', legId: leg.id, limitMs, early });
  }
  return steps;
}

function makeConversations(actual: Actual, wanted: Topology): Step[] {
  const steps: Step[] = [];
  const joining = new Map<string, LegId[]>();
  for (const leg of wanted.legs.values()) {
    const now = actual.legs.get(leg.id);
    if (leg.hears.kind !== 'conversation' || now === undefined || !mayHear(now)) continue;
    const { conversationId } = leg.hears;
    steps.push(...silence(leg.id, now));
    if (now.stage === 'arrived') steps.push({ type: 'answer', legId: leg.id });
    if (now.conversationId === conversationId) continue;
    joining.set(conversationId, [...(joining.get(conversationId) ?? []), leg.id]);
  }
  for (const [conversationId, legIds] of joining) {
    if (!actual.conversations.has(conversationId)) {
      const mode = wanted.conversations.get(conversationId)?.mode === 'conference' ? 'conference' : 'pair';
      steps.unshift({ type: 'open', conversationId, callId: wanted.callId, mode });
    }
    steps.push({ type: 'join', conversationId, legIds });
  }
  for (const leg of wanted.legs.values()) {
    const now = actual.legs.get(leg.id);
    if (leg.hears.kind !== 'conversation' || now === undefined || !mayHear(now)) continue;
    if (leg.muted !== now.muted) steps.push({ type: 'mute', legId: leg.id, muted: leg.muted });
  }
  return steps;
}

function comfort(actual: Actual, wanted: Topology): Step[] {
  const preparing = isPreparing(actual, wanted);
  return [...wanted.legs.values()].flatMap((leg) => {
    const now = actual.legs.get(leg.id);
    if (now === undefined || !mayHear(now) || isTalk(leg)) return [];
    return preparing && now.stage === 'arrived' ? [] : comfortOf(leg, now);
  });
}

function isTalk({ hears }: WantedLeg): boolean {
  return hears.kind === 'conversation' || hears.kind === 'coaching';
}

/**
 * A phone is about to be dialled. Asterisk does one request after another, so answering a new caller and starting music would stand
 * before `dial`; for these few milliseconds the caller's own network still lets the caller hear ringing.
 */
function isPreparing(actual: Actual, wanted: Topology): boolean {
  return [...wanted.legs.values()].some(
    ({ id, dialling, answered }) =>
      dialling !== null && !answered && NOT_THERE_YET.has(actual.legs.get(id)?.stage ?? 'creating'),
  );
}

const NOT_THERE_YET: ReadonlySet<ActualStage> = new Set(['creating', 'dialledEarly', 'awaited']);

function comfortOf(leg: WantedLeg, found: ActualLeg): Step[] {
  const { hears, id: legId } = leg;
  const steps: Step[] = [];
  if (found.conversationId !== null) steps.push({ type: 'part', conversationId: found.conversationId, legId });
  const answering = leg.answered && found.stage === 'arrived';
  if (answering) steps.push({ type: 'answer', legId });
  // Answering ends the ringing that the phone was told of before.
  const now: ActualLeg = answering ? { ...found, stage: 'up', ringing: false } : found;
  switch (hears.kind) {
    case 'music':
      if (now.announcementId !== null)
        steps.push({ type: 'stopAnnouncement', legId, announcementId: now.announcementId });
      if (now.music !== hears.music) steps.push({ type: 'startMusic', legId, music: hears.music });
      break;
    case 'announcement':
      if (now.announcementId === hears.announcement.id) break;
      steps.push(...silence(legId, now));
      steps.push({ type: 'announce', legId, announcement: hears.announcement, language: hears.language });
      break;
    case 'ringing':
      if (now.ringing) break;
      steps.push(...silence(legId, now), { type: 'ring', legId });
      break;
    case 'nothing':
      steps.push(...silence(legId, now));
      break;
    case 'conversation':
    case 'coaching':
      break;
  }
  return steps;
}

function release(actual: Actual, wanted: Topology): Step[] {
  const steps: Step[] = [];
  for (const [legId, now] of actual.legs) {
    if (now.releasing || wanted.legs.has(legId)) continue;
    steps.push({ type: 'release', legId, reason: wanted.leaving.get(legId) ?? 'normal' });
  }
  return steps;
}

function closeEmpty(actual: Actual, wanted: Topology): Step[] {
  return [...actual.conversations.keys()]
    .filter((id) => !wanted.conversations.has(id))
    .map((conversationId) => ({ type: 'close', conversationId }));
}
