/** From what Asterisk has to what a call wants: what is recorded, what phones show, and where trainers go. */
import { describe, expect, test } from '@jest/globals';
import { type Actual, NOTHING_YET, plan, type Step } from '../../src/core/call/plan.js';
import type { Hears, Topology } from '../../src/core/call/topology.js';
import { actualLeg, carriedOut, wanted, wantedLeg } from '../support/call-media.js';

const TALK: Hears = { kind: 'conversation', conversationId: 'b1' };
const WHISPER: Hears = { kind: 'coaching', conversationId: 'b1~k~1.1', agentLegId: 'anna.1' };
const both = wanted([wantedLeg('caller', TALK), wantedLeg('anna.1', TALK)]);
const anna = { number: '101', name: 'Anna' };
const talking = (recording: string | null, paused = false): Actual => ({
  legs: new Map([
    ['caller', actualLeg('up', { conversationId: 'b1' })],
    ['anna.1', actualLeg('up', { conversationId: 'b1', shows: anna })],
  ]),
  conversations: new Map([['b1', { mode: 'pair', recording, paused }]]),
});
const recorded = (name: string, paused = false): Topology =>
  wanted([wantedLeg('caller', TALK), wantedLeg('anna.1', TALK)], new Map(), { name, paused });

const TABLE: readonly (readonly [string, Actual, Topology, readonly Step[]])[] = [
  [
    'recording begins once the conversation is there',
    talking(null),
    recorded('r1'),
    [{ type: 'record', conversationId: 'b1', name: 'r1' }],
  ],
  [
    'another file in place of the present one, paused from the start',
    talking('r0'),
    recorded('r1', true),
    [
      { type: 'stopRecording', conversationId: 'b1', name: 'r0' },
      { type: 'record', conversationId: 'b1', name: 'r1' },
      { type: 'pauseRecording', conversationId: 'b1', name: 'r1', paused: true },
    ],
  ],
  [
    'recording goes on after a pause',
    talking('r1', true),
    recorded('r1'),
    [{ type: 'pauseRecording', conversationId: 'b1', name: 'r1', paused: false }],
  ],
  ['recording stops', talking('r1'), both, [{ type: 'stopRecording', conversationId: 'b1', name: 'r1' }]],
  ['a conversation that cannot come about yet is not recorded', NOTHING_YET, recorded('r1'), []],
  [
    'the phone is to show another party',
    talking(null),
    wanted([wantedLeg('caller', TALK), wantedLeg('anna.1', TALK, { shows: { ...anna, name: 'Boris' } })]),
    [{ type: 'show', legId: 'anna.1', party: { ...anna, name: 'Boris' } }],
  ],
  [
    'the phone shows that party already',
    talking(null),
    wanted([wantedLeg('caller', TALK), wantedLeg('anna.1', TALK, { shows: anna })]),
    [],
  ],
  [
    'a trainer who has barged in and is to whisper leaves the conversation before anything else takes time',
    {
      ...talking(null),
      legs: new Map([...talking(null).legs, ['clara.1', actualLeg('up', { conversationId: 'b1' })]]),
    },
    wanted([wantedLeg('caller', TALK), wantedLeg('anna.1', TALK, { shows: anna }), wantedLeg('clara.1', WHISPER)]),
    [
      { type: 'part', conversationId: 'b1', legId: 'clara.1' },
      { type: 'coach', conversationId: 'b1~k~1.1', callId: 'c1', legId: 'clara.1', agentLegId: 'anna.1' },
    ],
  ],
];

describe('from what is to what should be', () => {
  test.each(TABLE)('%s', (_name, from, to, steps) => {
    expect(plan(from, to)).toEqual(steps);
    expect(plan(carriedOut(from, steps), to)).toEqual([]);
  });
});
