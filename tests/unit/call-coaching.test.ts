/** Trainers: whom they hear, who hears them, where they go with the agent, and when they go away. */
import { describe, expect, test } from '@jest/globals';
import { coachingsOf } from '../../src/core/call/coaching.js';
import type { CallCommand } from '../../src/core/call/command.js';
import { type CoachMode, linesOf } from '../../src/core/call/state.js';
import { topology } from '../../src/core/call/topology.js';
import { agentTarget, annaDials, RING_MS, toTarget } from '../support/call-fixtures.js';
import {
  ask,
  CONFERENCE,
  consult,
  consulted,
  FIRST,
  heard,
  ringing,
  talking,
  transfer,
} from '../support/call-lines.js';
import { CallStory } from '../support/call-story.js';

const TRAINER = 'clara.1';
const call = (mode: CoachMode = 'whisper', devices = 1): CallCommand => {
  return { type: 'coach', coachedId: 'anna', byAgentId: 'anna', mode, target: agentTarget('clara', devices) };
};
const turn = (mode: CoachMode): CallCommand => ({ type: 'coachMode', coachId: 'clara', mode });
const STOP: CallCommand = { type: 'stopCoaching', coachId: 'clara' };

/** Clara is with Anna, who talks to the customer (or is wherever `story` has her). */
function coached(mode: CoachMode = 'whisper', story = talking()): CallStory {
  story.command(call(mode));
  story.answers(TRAINER);
  return story;
}

const trainer = (story: CallStory) => topology(story.call).legs.get(TRAINER);
const coachings = (story: CallStory) => coachingsOf(story.call);

describe('a trainer who is called', () => {
  test('rings without anybody else hearing of it; who has answered hears the agent, and is on no line', () => {
    const story = talking();
    const before = heard(story);
    expect(story.command(call())).toMatchObject([
      { type: 'call.offered', purpose: 'coach', legs: [{ role: 'coach' }] },
    ]);
    expect(ringing(story)).toEqual([TRAINER]);
    expect(heard(story)).toEqual(before);
    expect(story.answers(TRAINER).map(({ type }) => type)).toEqual(['leg.answered', 'coach.joined']);
    expect(trainer(story)).toMatchObject({
      muted: false,
      hears: { kind: 'coaching', conversationId: 'c1~b1~k~clara.1.anna.1.0', agentLegId: 'anna.1' },
    });
    expect(heard(story)).toMatchObject(before);
    expect(linesOf(story.call).flatMap(({ members }) => members.map(({ legId }) => legId))).toEqual([
      'caller',
      'anna.1',
    ]);
  });

  test.each([
    ['busy', (story: CallStory) => story.leaves(TRAINER, 17)],
    ['rejected', (story: CallStory) => story.leaves(TRAINER, 21)],
    ['noAnswer', (story: CallStory) => story.after(RING_MS)],
    ['rejected', (story: CallStory) => story.command(ask('hangUp', null, 'clara'))],
    ['withdrawn', (story: CallStory) => story.command(STOP)],
    ['busy', (story: CallStory) => story.fact({ type: 'agentTaken', offerId: 'offer-clara' })],
  ] as const)('who does not come (%s) is told of, and changes nothing', (outcome, act) => {
    const story = talking();
    const before = heard(story);
    story.command(call());
    act(story);
    expect(heard(story)).toEqual(before);
    expect(coachings(story)).toMatchObject([{ stage: 'failed', outcome }]);
    story.command({ ...call(), target: agentTarget('boris') } as CallCommand);
    expect(coachings(story)).toMatchObject([{ stage: 'rings' }]);
  });

  test('one phone of several: the first wins, one that is busy leaves the others ringing', () => {
    const story = talking();
    story.command(call('whisper', 3));
    expect(story.leaves('clara.1', 17)).toMatchObject([{ type: 'leg.left' }, { type: 'offer.weakened' }]);
    story.answers('clara.2');
    expect(story.call.legs['clara.3']).toMatchObject({ phase: 'leaving', reason: 'answeredElsewhere' });
    expect(coachings(story)).toMatchObject([{ stage: 'there', legId: 'clara.2' }]);
  });

  test('is refused where there is nobody to listen to, or the trainer is in the call', () => {
    const story = consulted();
    expect(story.command({ ...call(), coachedId: 'zoe' } as CallCommand)).toMatchObject({ refused: 'notFound' });
    expect(story.command({ ...call(), target: agentTarget('boris') } as CallCommand)).toMatchObject({
      refused: 'agentBusy',
    });
    const dialling = new CallStory(annaDials('internal', toTarget(agentTarget('boris'))));
    expect(dialling.command(call())).toMatchObject({ refused: 'wrongState' });
    expect(dialling.command({ ...call(), coachedId: 'boris' } as CallCommand)).toMatchObject({ refused: 'wrongState' });
    expect(story.command(turn('listen'))).toMatchObject({ refused: 'notFound' });
    expect(story.command(STOP)).toMatchObject({ refused: 'notFound' });
  });
});

describe('who hears the trainer', () => {
  test('listen: nobody; whisper: the agent; barge: all, as in any conference; and back', () => {
    const story = coached('listen');
    expect(trainer(story)).toMatchObject({ muted: true, hears: { kind: 'coaching' } });
    expect(story.command(turn('listen'))).toEqual([]);
    story.command(turn('whisper'));
    expect(trainer(story)).toMatchObject({ muted: false, hears: { kind: 'coaching' } });
    story.command(turn('barge'));
    expect(heard(story)).toEqual({
      caller: 'anna.1 and clara.1',
      'anna.1': 'caller and clara.1',
      [TRAINER]: 'anna.1 and caller',
    });
    story.command(turn('listen'));
    expect(heard(story)).toEqual({ caller: 'anna.1', 'anna.1': 'caller', [TRAINER]: 'coaching' });
    expect(trainer(story)).toMatchObject({ muted: true });
  });

  test('the place in which a trainer hears an agent has another name after each time of having barged in, and only then', () => {
    const story = coached('listen');
    const place = (): unknown => trainer(story)?.hears;
    const first = place();
    story.command(turn('whisper'));
    expect(place()).toEqual(first);
    const names = new Set([JSON.stringify(first)]);
    for (const mode of ['barge', 'whisper', 'barge', 'listen'] as const) {
      story.command(turn(mode));
      names.add(JSON.stringify(place()));
    }
    expect([...names].filter((name) => name.includes('~k~'))).toHaveLength(3);
  });

  test('barging in needs a conversation: before there is one the agent alone would hear', () => {
    const story = talking();
    story.command(call('barge'));
    story.command(ask('hold'));
    story.answers(TRAINER);
    expect(coachings(story)).toMatchObject([{ mode: 'whisper' }]);
    expect(story.command(turn('barge'))).toMatchObject({ refused: 'wrongState' });
    story.command(ask('resume'));
    story.command(turn('barge'));
    expect(heard(story)).toMatchObject({ caller: 'anna.1 and clara.1' });
  });

  test('who has barged in and has another line of the own cannot whisper', () => {
    const story = coached('barge');
    story.command(consult(agentTarget('boris'), 'clara'));
    expect(story.command(turn('whisper'))).toMatchObject({ refused: 'wrongState' });
  });
});

describe('the trainer goes with the agent', () => {
  test('on hold music is heard; every new pairing is heard in a new place', () => {
    const story = coached();
    story.command(ask('hold'));
    expect(trainer(story)).toMatchObject({ hears: { kind: 'music' } });
    story.command(ask('resume'));
    expect(trainer(story)?.hears).toMatchObject({ conversationId: 'c1~b2~k~clara.1.anna.1.0' });
    story.command(consult(agentTarget('boris')));
    expect(trainer(story)).toMatchObject({ hears: { kind: 'music' } });
    story.answers('boris.1');
    expect(trainer(story)?.hears).toMatchObject({ conversationId: 'c1~b3~k~clara.1.anna.1.0', agentLegId: 'anna.1' });
    story.command(CONFERENCE);
    expect(trainer(story)?.hears).toMatchObject({ conversationId: 'c1~b4~k~clara.1.anna.1.0', agentLegId: 'anna.1' });
    expect(heard(story)).toMatchObject({ caller: 'anna.1 and boris.1' });
  });

  test.each([
    ['transfers the customer', (story: CallStory) => story.command(transfer(agentTarget('boris')))],
    ['hangs up', (story: CallStory) => story.leaves('anna.1')],
    ['hangs up by command', (story: CallStory) => story.command(ask('hangUp'))],
    ['loses the customer', (story: CallStory) => story.leaves('caller')],
  ] as const)('the agent %s: who listens, or still rings, is let go', (_what, act) => {
    for (const story of [coached(), coached('listen')]) {
      act(story);
      expect(story.call.legs[TRAINER]).toMatchObject({ phase: 'leaving' });
    }
    const rings = talking();
    rings.command(call());
    act(rings);
    expect(rings.bodies).toContainEqual(expect.objectContaining({ type: 'offer.failed', outcome: 'withdrawn' }));
  });

  test('an agent who is rung again is waited for, and heard again', () => {
    const story = coached();
    story.command(consult(agentTarget('boris')));
    story.leaves('anna.1');
    expect(trainer(story)).toMatchObject({ hears: { kind: 'music' } });
    story.command({ type: 'recall', lineId: FIRST, target: agentTarget('anna', 1, 2) });
    story.answers('anna#2.1');
    expect(trainer(story)?.hears).toMatchObject({ kind: 'coaching', agentLegId: 'anna#2.1' });
  });

  test('an agent who is rung again in vain: whoever waits with the customer goes with the call, and so does who still rings', () => {
    for (const there of [true, false]) {
      const story = talking();
      story.command(ask('hold'));
      story.command(call());
      if (there) story.answers(TRAINER);
      story.leaves('anna.1');
      story.command({ type: 'recall', lineId: FIRST, target: agentTarget('anna', 1, 2) });
      story.after(RING_MS - 1);
      story.leaves('anna#2.1', 21);
      story.command({ type: 'moveOn', lineId: FIRST, onward: { kind: 'nowhere', reason: 'fallback' } });
      expect(story.call).toMatchObject({ phase: 'ended', legs: { caller: { reason: 'fallback' } } });
      expect(story.call.legs[TRAINER]).toMatchObject({ phase: 'leaving' });
    }
  });

  test('one who has barged in stays when the agent goes, as any party', () => {
    const story = coached('barge');
    story.leaves('anna.1');
    expect(heard(story)).toEqual({ caller: TRAINER, [TRAINER]: 'caller' });
    expect(story.command(turn('whisper'))).toMatchObject({ refused: 'wrongState' });
    story.command(ask('hangUp', null, 'clara'));
    expect(story.call.phase).toBe('ended');
  });
});

describe('the trainer goes', () => {
  test.each([
    ['hangs up', (story: CallStory) => story.leaves(TRAINER)],
    ['is sent away', (story: CallStory) => story.command(STOP)],
    ['hangs up by command', (story: CallStory) => story.command(ask('hangUp', null, 'clara'))],
    ['takes up another call', (story: CallStory) => story.command({ type: 'stepAside', agentId: 'clara' })],
  ] as const)('%s: the others go on as they are', (_what, act) => {
    const story = coached();
    act(story);
    const { [TRAINER]: _gone, ...others } = heard(story);
    expect(others).toEqual({ caller: 'anna.1', 'anna.1': 'caller' });
    expect(coachings(story)).toEqual([]);
    expect([...topology(story.call).conversations.keys()]).toEqual(['c1~b1']);
  });

  test('who has barged in is sent away: the conference goes on with the two', () => {
    const story = coached('barge');
    story.command(STOP);
    expect(heard(story)).toEqual({ caller: 'anna.1', 'anna.1': 'caller' });
  });
});
