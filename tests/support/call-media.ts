/** Pictures of what Asterisk has, and what a call wants of it, for tests of the plan. */
import fc from 'fast-check';
import { afterStep } from '../../src/core/call/actual.js';
import type { Actual, ActualLeg, ActualStage, Step } from '../../src/core/call/plan.js';
import type { Announcement, LegId, Party } from '../../src/core/call/state.js';
import type { Dialling, Hears, Topology, WantedConversation, WantedLeg } from '../../src/core/call/topology.js';

export const ANNOUNCEMENT: Announcement = {
  id: 'a1',
  items: [{ kind: 'sound', name: 'periodic' }],
  deadlineAt: 9000,
  ending: 'wait',
};
export const DIALLING: Dialling = {
  address: 'PJSIP/anna-1',
  shows: { number: '+15550100', name: 'Customer' },
  autoAnswer: false,
  limitMs: 45_000,
};

export function actualLeg(stage: ActualStage, more: Partial<ActualLeg> = {}): ActualLeg {
  return {
    stage,
    ringing: false,
    music: null,
    announcementId: null,
    absorbs: null,
    conversationId: null,
    muted: false,
    detecting: false,
    shows: null,
    releasing: false,
    ...more,
  };
}

export function actual(legs: Record<LegId, ActualLeg>, ...conversations: readonly string[]): Actual {
  return {
    legs: new Map(Object.entries(legs)),
    conversations: new Map(conversations.map((id) => [id, UNRECORDED])),
  };
}

const UNRECORDED = { mode: 'pair', recording: null, paused: false } as const;

export function wantedLeg(id: LegId, hears: Hears, more: Partial<WantedLeg> = {}): WantedLeg {
  return {
    id,
    role: 'caller',
    agentId: null,
    dialling: null,
    answered: true,
    hears,
    muted: false,
    inDoubt: false,
    shows: null,
    ...more,
  };
}

export function wanted(
  legs: readonly WantedLeg[],
  leaving: Topology['leaving'] = new Map(),
  recording: WantedConversation['recording'] = null,
): Topology {
  const conversations = new Map<string, WantedConversation>();
  for (const { hears } of legs) {
    if (hears.kind === 'conversation') conversations.set(hears.conversationId, { mode: 'pair', recording });
    if (hears.kind === 'coaching') conversations.set(hears.conversationId, { mode: 'coaching', recording: null });
  }
  return { callId: 'c1', legs: new Map(legs.map((leg) => [leg.id, leg])), leaving, conversations };
}

export function carriedOut(picture: Actual, steps: readonly Step[]): Actual {
  return steps.reduce(afterStep, picture);
}

const LEG_IDS = ['a', 'b', 'c', 'd'];
const CONVERSATION_IDS = ['b1', 'b2', 'b3'];
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });

const anyParty = maybe(fc.constantFrom<Party>({ number: '1', name: 'one' }, { number: '2', name: 'two' }));
const anyActualConversation = fc.record({
  mode: fc.constant('pair' as const),
  recording: maybe(fc.constantFrom('r1', 'r2')),
  paused: fc.boolean(),
});
const anyRecording = maybe(fc.record({ name: fc.constantFrom('r1', 'r2'), paused: fc.boolean() }));

/** Any picture, also ones that should not come about: something was lost or done by others. */
export const anyActual: fc.Arbitrary<Actual> = fc.subarray(CONVERSATION_IDS).chain((conversations) =>
  fc.record({
    legs: fc
      .uniqueArray(fc.tuple(fc.constantFrom(...LEG_IDS), anyActualLeg(conversations)), { selector: ([id]) => id })
      .map((legs) => new Map(legs)),
    conversations: fc
      .tuple(...conversations.map((id) => anyActualConversation.map((each) => [id, each] as const)))
      .map((all) => new Map(all)),
  }),
);

function anyActualLeg(conversations: readonly string[]): fc.Arbitrary<ActualLeg> {
  return fc
    .record({
      stage: fc.constantFrom<ActualStage>('creating', 'created', 'dialled', 'arrived', 'up'),
      ringing: fc.boolean(),
      music: maybe(fc.constantFrom('m1', 'm2')),
      announcementId: maybe(fc.constantFrom('a1', 'a2')),
      conversationId: conversations.length === 0 ? fc.constant(null) : maybe(fc.constantFrom(...conversations)),
      absorbs: maybe(fc.boolean()),
      muted: fc.boolean(),
      detecting: fc.boolean(),
      shows: anyParty,
      releasing: fc.boolean(),
    })
    .map((leg) => (leg.stage === 'up' || leg.stage === 'arrived' ? leg : actualLeg(leg.stage)));
}

const anyHears: fc.Arbitrary<Hears> = fc.oneof(
  fc.constant<Hears>({ kind: 'nothing' }),
  fc.constant<Hears>({ kind: 'ringing' }),
  fc.constantFrom('m1', 'm2').map((music): Hears => ({ kind: 'music', music })),
  fc.constantFrom('a1', 'a2').map((id): Hears => {
    return { kind: 'announcement', announcement: { ...ANNOUNCEMENT, id }, language: 'en' };
  }),
  fc.constantFrom(...CONVERSATION_IDS).map((conversationId): Hears => ({ kind: 'conversation', conversationId })),
  fc
    .constantFrom(...LEG_IDS)
    .map((agentLegId): Hears => ({ kind: 'coaching', conversationId: `b1~k~${agentLegId}`, agentLegId })),
);

const anyWantedLeg = fc
  .record({
    id: fc.constantFrom(...LEG_IDS),
    hears: anyHears,
    dialling: maybe(fc.constant(DIALLING)),
    answered: fc.boolean(),
    muted: fc.boolean(),
    inDoubt: fc.boolean(),
    shows: anyParty,
  })
  .map(({ id, hears, dialling, answered, muted, inDoubt, shows }) => {
    const mustBeUp = hears.kind !== 'nothing' && hears.kind !== 'ringing';
    return wantedLeg(id, hears, { dialling, answered: answered || mustBeUp, muted, inDoubt, shows });
  });

export const anyWanted: fc.Arbitrary<Topology> = fc
  .tuple(fc.uniqueArray(anyWantedLeg, { selector: (leg) => leg.id }), anyRecording)
  .map(([legs, recording]) => wanted(legs, new Map(), recording));
