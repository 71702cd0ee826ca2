/** How the picture of what Asterisk has changes: by the steps that are sent, and by what Asterisk tells. */
import { COACHING_MARK } from './coaching.js';
import type { Actual, ActualConversation, ActualLeg, ActualStage, Step } from './plan.js';
import type { LegId } from './state.js';

/** What Asterisk tells about one leg or conversation; only the picture is concerned, not the call. */
export type MediaFact =
  | { readonly type: 'legThere'; readonly legId: LegId; readonly stage: ActualStage }
  | { readonly type: 'dialRefused'; readonly legId: LegId }
  /** Asterisk's answer was lost: it may have been dialled. */
  | { readonly type: 'dialUnsure'; readonly legId: LegId }
  | { readonly type: 'legGone'; readonly legId: LegId }
  | { readonly type: 'joined'; readonly legId: LegId; readonly conversationId: string }
  | { readonly type: 'parted'; readonly legId: LegId; readonly conversationId: string }
  | { readonly type: 'conversationGone'; readonly conversationId: string }
  | { readonly type: 'announcementOver'; readonly legId: LegId; readonly announcementId: string }
  /** The recording of this name has ended, or never began. */
  | { readonly type: 'recordingOver'; readonly name: string }
  | { readonly type: 'muteIs'; readonly legId: LegId; readonly muted: boolean }
  /**
   * What was started is not heard, or nobody knows whether what was stopped is heard still. It names what, so that, told late, it undoes
   * nothing else.
   */
  | { readonly type: 'comfortLost'; readonly legId: LegId; readonly what: 'music' | 'ringing' };

/**
 * A leg may hear music or none: no music class has this name. Music must be stopped before a conversation, or it is heard there, and
 * started where it is wanted; this leads to both.
 */
export const UNKNOWN_MUSIC = '?';

const FRESH: ActualLeg = {
  stage: 'creating',
  ringing: false,
  music: null,
  announcementId: null,
  conversationId: null,
  absorbs: null,
  muted: false,
  detecting: false,
  shows: null,
  releasing: false,
};

function withConversation(
  actual: Actual,
  id: string,
  change: (conversation: ActualConversation) => ActualConversation,
): Actual {
  const conversation = actual.conversations.get(id);
  if (conversation === undefined) return actual;
  return { ...actual, conversations: new Map(actual.conversations).set(id, change(conversation)) };
}

function withLeg(actual: Actual, legId: LegId, change: (leg: ActualLeg) => ActualLeg): Actual {
  const leg = actual.legs.get(legId);
  const changed = leg === undefined ? undefined : change(leg);
  if (changed === undefined || changed === leg) return actual;
  return { ...actual, legs: new Map(actual.legs).set(legId, changed) };
}

/** The picture once the step has been sent: taken as done, corrected by what Asterisk answers. */
export function afterStep(actual: Actual, step: Step): Actual {
  switch (step.type) {
    case 'create':
      return { ...actual, legs: new Map(actual.legs).set(step.legId, { ...FRESH, shows: step.shows }) };
    case 'dial':
      return withLeg(actual, step.legId, (leg) => ({ ...leg, stage: step.early ? 'dialledEarly' : 'dialled' }));
    case 'answer':
      // Answering ends the ringing that the phone was told of before.
      return withLeg(actual, step.legId, (leg) => ({ ...leg, stage: 'up', ringing: false }));
    case 'ring':
      return withLeg(actual, step.legId, (leg) => ({ ...leg, ringing: true }));
    case 'stopRing':
      return withLeg(actual, step.legId, (leg) => ({ ...leg, ringing: false }));
    case 'startMusic':
      return withLeg(actual, step.legId, (leg) => ({
        ...leg,
        music: step.music,
        announcementId: null,
        ringing: false,
      }));
    case 'stopMusic':
      return withLeg(actual, step.legId, (leg) => ({ ...leg, music: null }));
    case 'announce':
      return withLeg(actual, step.legId, (leg) => ({ ...leg, announcementId: step.announcement.id, music: null }));
    case 'stopAnnouncement':
      return withLeg(actual, step.legId, (leg) => ({ ...leg, announcementId: null }));
    case 'mute':
      return withLeg(actual, step.legId, (leg) => ({ ...leg, muted: step.muted }));
    case 'detect':
      return withLeg(actual, step.legId, (leg) => ({ ...leg, detecting: true }));
    case 'show':
      return withLeg(actual, step.legId, (leg) => ({ ...leg, shows: step.party }));
    case 'release':
      return withLeg(actual, step.legId, (leg) => ({ ...leg, releasing: true }));
    default:
      return afterConversationStep(actual, step);
  }
}

type ConversationStep = Extract<
  Step,
  { type: 'open' | 'join' | 'coach' | 'part' | 'close' | 'record' | 'pauseRecording' | 'stopRecording' }
>;

function afterConversationStep(actual: Actual, step: ConversationStep): Actual {
  switch (step.type) {
    case 'open':
      return { ...actual, conversations: conversationOpened(actual, step.conversationId, step.mode) };
    case 'join':
      return step.legIds.reduce(
        (picture, legId) =>
          withLeg(picture, legId, (leg) => ({
            ...leg,
            conversationId: step.conversationId,
            absorbs: step.absorbs === true,
          })),
        actual,
      );
    case 'coach':
      return withLeg(
        { ...actual, conversations: conversationOpened(actual, step.conversationId, 'coaching') },
        step.legId,
        (leg) => ({ ...leg, conversationId: step.conversationId }),
      );
    case 'part':
      return withLeg(actual, step.legId, (leg) => ({ ...leg, conversationId: null }));
    case 'close':
      return withoutConversation(actual, step.conversationId);
    case 'record':
      return withConversation(actual, step.conversationId, (each) => ({
        ...each,
        recording: step.name,
        paused: false,
      }));
    case 'pauseRecording':
      return withConversation(actual, step.conversationId, (each) => ({ ...each, paused: step.paused }));
    case 'stopRecording':
      return withConversation(actual, step.conversationId, (each) => ({ ...each, recording: null }));
  }
}

/** Trainers of the conversation may have been put there before this leg was, and not hear it: they are put there anew. */
function parted(actual: Actual, { legId, conversationId }: Extract<MediaFact, { type: 'parted' }>): Actual {
  const legs = new Map(actual.legs);
  for (const [id, leg] of legs) {
    const place = leg.conversationId ?? '';
    if (id === legId || place.startsWith(`${conversationId}${COACHING_MARK}`))
      legs.set(id, { ...leg, conversationId: null });
  }
  return { ...actual, legs };
}

function conversationOpened(actual: Actual, conversationId: string, mode: ActualConversation['mode']) {
  return new Map(actual.conversations).set(conversationId, { mode, recording: null, paused: false });
}

function withoutConversation(actual: Actual, conversationId: string): Actual {
  const conversations = new Map(actual.conversations);
  conversations.delete(conversationId);
  const legs = new Map(actual.legs);
  for (const [id, leg] of legs)
    if (leg.conversationId === conversationId) legs.set(id, { ...leg, conversationId: null });
  return { legs, conversations };
}

const KEPT: ReadonlySet<ActualStage> = new Set(['dialled', 'maybeDialled', 'rings', 'up']);

/** "There" says nothing new of a leg that has been dialled meanwhile. */
function stageAfter(leg: ActualLeg, told: ActualStage): ActualStage {
  if (told !== 'created') return told;
  if (leg.stage === 'dialledEarly') return 'dialled';
  return KEPT.has(leg.stage) ? leg.stage : 'created';
}

export function afterFact(actual: Actual, fact: MediaFact): Actual {
  switch (fact.type) {
    case 'legThere': {
      const leg = actual.legs.get(fact.legId) ?? FRESH;
      return { ...actual, legs: new Map(actual.legs).set(fact.legId, { ...leg, stage: stageAfter(leg, fact.stage) }) };
    }
    case 'dialRefused':
      return withLeg(actual, fact.legId, (leg) => ({
        ...leg,
        stage: leg.stage === 'dialledEarly' ? 'awaited' : 'created',
      }));
    case 'dialUnsure':
      return withLeg(actual, fact.legId, (leg) =>
        leg.stage === 'dialledEarly' || leg.stage === 'dialled' ? { ...leg, stage: 'maybeDialled' } : leg,
      );
    case 'legGone': {
      if (!actual.legs.has(fact.legId)) return actual;
      const legs = new Map(actual.legs);
      legs.delete(fact.legId);
      return { ...actual, legs };
    }
    case 'joined':
      // As a rule we have put it there.
      return withLeg(actual, fact.legId, (leg) =>
        leg.conversationId === fact.conversationId ? leg : { ...leg, conversationId: fact.conversationId },
      );
    case 'parted':
      // A late "left" of the former conversation must not undo a join that has been sent since.
      return actual.legs.get(fact.legId)?.conversationId === fact.conversationId ? parted(actual, fact) : actual;
    case 'conversationGone':
      return actual.conversations.has(fact.conversationId) ? withoutConversation(actual, fact.conversationId) : actual;
    case 'announcementOver':
      return withLeg(actual, fact.legId, (leg) =>
        leg.announcementId === fact.announcementId ? { ...leg, announcementId: null } : leg,
      );
    case 'recordingOver':
      return [...actual.conversations].reduce(
        (picture, [id, { recording }]) =>
          recording === fact.name ? withConversation(picture, id, (each) => ({ ...each, recording: null })) : picture,
        actual,
      );
    case 'muteIs':
      return withLeg(actual, fact.legId, (leg) => ({ ...leg, muted: fact.muted }));
    case 'comfortLost':
      // Told late, it may be about a former start: music that was started since does sound.
      return withLeg(actual, fact.legId, (leg) =>
        fact.what === 'music' ? { ...leg, music: UNKNOWN_MUSIC } : { ...leg, ringing: false },
      );
  }
}
