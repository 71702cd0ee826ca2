/** From what Asterisk has to what a call wants: the steps and their order. */
import { describe, expect, test } from '@jest/globals';
import { type Actual, type ActualLeg, NOTHING_YET, plan, type Step } from '../../src/core/call/plan.js';
import type { Hears, Topology } from '../../src/core/call/topology.js';
import { ANNOUNCEMENT, actual, actualLeg, carriedOut, DIALLING, wanted, wantedLeg } from '../support/call-media.js';

const MUSIC: Hears = { kind: 'music', music: 'm1' };
const RINGING: Hears = { kind: 'ringing' };
const NOTHING: Hears = { kind: 'nothing' };
const SPOKEN: Hears = { kind: 'announcement', announcement: ANNOUNCEMENT, language: 'ru' };
const TALK: Hears = { kind: 'conversation', conversationId: 'b1' };
const announce: Step = { type: 'announce', legId: 'caller', announcement: ANNOUNCEMENT, language: 'ru' };
const open: Step = { type: 'open', conversationId: 'b1', callId: 'c1', mode: 'pair' };
const join = (...legIds: string[]): Step => ({ type: 'join', conversationId: 'b1', legIds });
const answer: Step = { type: 'answer', legId: 'caller' };
const rung = { role: 'agent', agentId: 'anna', dialling: DIALLING, answered: false } as const;
const caller = (leg: ActualLeg, ...conversations: string[]): Actual => actual({ caller: leg }, ...conversations);
const hears = (what: Hears): Topology => wanted([wantedLeg('caller', what)]);
const both = wanted([wantedLeg('caller', TALK), wantedLeg('anna.1', TALK)]);

const TABLE: readonly (readonly [string, Actual, Topology, readonly Step[]])[] = [
  ['nothing wanted of nothing', NOTHING_YET, wanted([]), []],
  [
    'a new caller is to hear music: answered first, then music',
    caller(actualLeg('arrived')),
    hears(MUSIC),
    [answer, { type: 'startMusic', legId: 'caller', music: 'm1' }],
  ],
  [
    'a new caller waits with the answer until the phone that is being made is there',
    actual({ caller: actualLeg('arrived'), 'anna.1': actualLeg('creating') }),
    wanted([wantedLeg('caller', MUSIC), wantedLeg('anna.1', NOTHING, rung)]),
    [{ type: 'dial', legId: 'anna.1', limitMs: DIALLING.limitMs, early: true }],
  ],
  [
    'the phone that is there is dialled before the new caller is answered',
    actual({ caller: actualLeg('arrived'), 'anna.1': actualLeg('created') }),
    wanted([wantedLeg('caller', MUSIC), wantedLeg('anna.1', NOTHING, rung)]),
    [
      { type: 'dial', legId: 'anna.1', limitMs: DIALLING.limitMs, early: false },
      answer,
      { type: 'startMusic', legId: 'caller', music: 'm1' },
    ],
  ],
  ['the right music is already there', caller(actualLeg('up', { music: 'm1' })), hears(MUSIC), []],
  [
    'another queue’s music',
    caller(actualLeg('up', { music: 'm2' })),
    hears(MUSIC),
    [{ type: 'startMusic', legId: 'caller', music: 'm1' }],
  ],
  [
    'an announcement takes the place of the music',
    caller(actualLeg('up', { music: 'm1' })),
    hears(SPOKEN),
    [{ type: 'stopMusic', legId: 'caller' }, announce],
  ],
  ['the announcement goes on', caller(actualLeg('up', { announcementId: 'a1' })), hears(SPOKEN), []],
  [
    'an announcement that never ends is stopped, and music is back',
    caller(actualLeg('up', { announcementId: 'a1' })),
    hears(MUSIC),
    [
      { type: 'stopAnnouncement', legId: 'caller', announcementId: 'a1' },
      { type: 'startMusic', legId: 'caller', music: 'm1' },
    ],
  ],
  [
    'a caller who is not answered yet hears ringing',
    caller(actualLeg('arrived')),
    wanted([wantedLeg('caller', RINGING, { answered: false })]),
    [{ type: 'ring', legId: 'caller' }],
  ],
  [
    'a phone that calls in is told whom it reaches before it is told that it rings there',
    caller(actualLeg('arrived')),
    wanted([wantedLeg('caller', RINGING, { answered: false, shows: { number: '102', name: 'Boris' } })]),
    [
      { type: 'show', legId: 'caller', party: { number: '102', name: 'Boris' } },
      { type: 'ring', legId: 'caller' },
    ],
  ],
  [
    'a caller moved on from a queue hears ringing in place of the music',
    caller(actualLeg('up', { music: 'm1' })),
    wanted([wantedLeg('caller', RINGING, { answered: false })]),
    [
      { type: 'stopMusic', legId: 'caller' },
      { type: 'ring', legId: 'caller' },
    ],
  ],
  [
    'a ringing caller who is to be answered and to go on hearing ringing is told again after the answer',
    caller(actualLeg('arrived', { ringing: true })),
    hears(RINGING),
    [answer, { type: 'ring', legId: 'caller' }],
  ],
  [
    'a phone to be rung is created, with whom it shows',
    caller(actualLeg('up', { music: 'm1' })),
    wanted([wantedLeg('caller', MUSIC), wantedLeg('anna.1', NOTHING, rung)]),
    [
      {
        type: 'create',
        legId: 'anna.1',
        callId: 'c1',
        role: 'agent',
        agentId: 'anna',
        address: 'PJSIP/anna-1',
        shows: DIALLING.shows,
        autoAnswer: false,
      },
      { type: 'dial', legId: 'anna.1', limitMs: 45_000, early: true },
    ],
  ],
  [
    'a phone that was dialled too early is waited for',
    actual({ 'anna.1': actualLeg('awaited') }),
    wanted([wantedLeg('anna.1', NOTHING, rung)]),
    [],
  ],
  [
    'a phone that is there is dialled',
    actual({ 'anna.1': actualLeg('created') }),
    wanted([wantedLeg('anna.1', NOTHING, rung)]),
    [{ type: 'dial', legId: 'anna.1', limitMs: 45_000, early: false }],
  ],
  [
    'an answered caller on music and the agent: opened, music stopped, both joined',
    actual({ caller: actualLeg('up', { music: 'm1' }), 'anna.1': actualLeg('up') }),
    both,
    [open, { type: 'stopMusic', legId: 'caller' }, join('caller', 'anna.1')],
  ],
  [
    'a caller who hears ringing unanswered, and the agent: answered on the way',
    actual({ caller: actualLeg('arrived', { ringing: true }), 'anna.1': actualLeg('up') }),
    both,
    [open, answer, join('caller', 'anna.1')],
  ],
  [
    'an agent’s own phone that hears ringing, and the number called: ringing stopped first',
    actual({ caller: actualLeg('up', { ringing: true }), 'anna.1': actualLeg('up') }),
    both,
    [open, { type: 'stopRing', legId: 'caller' }, join('caller', 'anna.1')],
  ],
  [
    'an announcement is cut when the agent answers',
    actual({ caller: actualLeg('up', { announcementId: 'a1' }), 'anna.1': actualLeg('up') }),
    both,
    [open, { type: 'stopAnnouncement', legId: 'caller', announcementId: 'a1' }, join('caller', 'anna.1')],
  ],
  [
    'music left on in a conversation is stopped',
    actual(
      {
        caller: actualLeg('up', { conversationId: 'b1', music: 'm1' }),
        'anna.1': actualLeg('up', { conversationId: 'b1' }),
      },
      'b1',
    ),
    both,
    [{ type: 'stopMusic', legId: 'caller' }],
  ],
  [
    'the conversation is there and one has fallen out: only that one is joined',
    actual({ caller: actualLeg('up'), 'anna.1': actualLeg('up', { conversationId: 'b1' }) }, 'b1'),
    both,
    [join('caller')],
  ],
  [
    'losers go after the conversation is made',
    actual({
      caller: actualLeg('up', { music: 'm1' }),
      'anna.1': actualLeg('up'),
      'anna.2': actualLeg('dialled'),
    }),
    wanted([wantedLeg('caller', TALK), wantedLeg('anna.1', TALK)], new Map([['anna.2', 'answeredElsewhere']])),
    [
      open,
      { type: 'stopMusic', legId: 'caller' },
      join('caller', 'anna.1'),
      { type: 'release', legId: 'anna.2', reason: 'answeredElsewhere' },
    ],
  ],
  [
    'the microphone is muted',
    actual(
      { caller: actualLeg('up', { conversationId: 'b1' }), 'anna.1': actualLeg('up', { conversationId: 'b1' }) },
      'b1',
    ),
    wanted([wantedLeg('caller', TALK), wantedLeg('anna.1', TALK, { muted: true })]),
    [{ type: 'mute', legId: 'anna.1', muted: true }],
  ],
  [
    'a muted leg that Asterisk has no more is not asked for anything',
    actual({ caller: actualLeg('up', { conversationId: 'b1' }) }, 'b1'),
    wanted([wantedLeg('caller', TALK), wantedLeg('anna.1', TALK, { muted: true })]),
    [],
  ],
  [
    'the former partner is gone: parted, music, and the empty conversation closed',
    caller(actualLeg('up', { conversationId: 'b1' }), 'b1'),
    hears(MUSIC),
    [
      { type: 'part', conversationId: 'b1', legId: 'caller' },
      { type: 'startMusic', legId: 'caller', music: 'm1' },
      { type: 'close', conversationId: 'b1' },
    ],
  ],
  [
    'a new pairing: moved to the fresh conversation, the old one closed',
    actual({ caller: actualLeg('up', { conversationId: 'b0' }), 'anna.1': actualLeg('up') }, 'b0'),
    both,
    [open, join('caller', 'anna.1'), { type: 'close', conversationId: 'b0' }],
  ],
  [
    'the call has ended: everybody is released and the conversation closed',
    actual(
      { caller: actualLeg('up', { conversationId: 'b1' }), 'anna.1': actualLeg('up', { conversationId: 'b1' }) },
      'b1',
    ),
    wanted([], new Map([['caller', 'fallback']])),
    [
      { type: 'release', legId: 'caller', reason: 'fallback' },
      { type: 'release', legId: 'anna.1', reason: 'normal' },
      { type: 'close', conversationId: 'b1' },
    ],
  ],
  [
    'a leg that has been told to go is not told again',
    caller(actualLeg('up', { releasing: true })),
    wanted([], new Map([['caller', 'normal']])),
    [],
  ],
];

describe('from what is to what should be', () => {
  test.each(TABLE)('%s', (_name, from, to, steps) => {
    expect(plan(from, to)).toEqual(steps);
    expect(plan(carriedOut(from, steps), to)).toEqual([]);
  });
});
