/** How the picture of what Asterisk has follows what Asterisk tells. */
import { describe, expect, test } from '@jest/globals';
import { afterFact, afterStep, type MediaFact, UNKNOWN_MUSIC } from '../../src/core/call/actual.js';
import { type Actual, NOTHING_YET, plan } from '../../src/core/call/plan.js';
import { actual, actualLeg, anyActual, wanted, wantedLeg } from '../support/call-media.js';
import fc from '../support/properties.js';

const talking = () => actual({ caller: actualLeg('up', { conversationId: 'b2', music: null }) }, 'b2');

describe('a leg', () => {
  test('that calls in appears, and is gone when Asterisk says so', () => {
    const there = afterFact(NOTHING_YET, { type: 'legThere', legId: 'caller', stage: 'arrived' });
    expect(there).toEqual(actual({ caller: actualLeg('arrived') }));
    expect(afterFact(there, { type: 'legGone', legId: 'caller' })).toEqual(NOTHING_YET);
  });

  test('that was told to go is still going when it answers late', () => {
    const going = actual({ 'anna.1': actualLeg('dialled', { releasing: true }) });
    const up = afterFact(going, { type: 'legThere', legId: 'anna.1', stage: 'up' });
    expect(up).toEqual(actual({ 'anna.1': actualLeg('up', { releasing: true }) }));
  });
});

describe('a conversation', () => {
  test('is left by those who leave it', () => {
    const alone = afterFact(talking(), { type: 'parted', legId: 'caller', conversationId: 'b2' });
    expect(alone).toEqual(actual({ caller: actualLeg('up') }, 'b2'));
  });

  test('is not left when only the former one is said to be left', () => {
    expect(afterFact(talking(), { type: 'parted', legId: 'caller', conversationId: 'b1' })).toEqual(talking());
  });

  test('that is gone has nobody in it', () => {
    const gone = afterFact(talking(), { type: 'conversationGone', conversationId: 'b2' });
    expect(gone).toEqual(actual({ caller: actualLeg('up') }));
  });
});

describe('what a leg hears', () => {
  test('an announcement ends; the end of a former one changes nothing', () => {
    const spoken = actual({ caller: actualLeg('up', { announcementId: 'a2' }) });
    expect(afterFact(spoken, { type: 'announcementOver', legId: 'caller', announcementId: 'a1' })).toEqual(spoken);
    expect(afterFact(spoken, { type: 'announcementOver', legId: 'caller', announcementId: 'a2' })).toEqual(
      actual({ caller: actualLeg('up') }),
    );
  });

  test('is started again when it was lost', () => {
    const music = actual({ caller: actualLeg('up', { music: 'm1' }) });
    const unknown = actual({ caller: actualLeg('up', { music: UNKNOWN_MUSIC }) });
    const ringing = actual({ caller: actualLeg('up', { ringing: true }) });
    expect(afterFact(music, { type: 'comfortLost', legId: 'caller', what: 'music' })).toEqual(unknown);
    expect(afterFact(ringing, { type: 'comfortLost', legId: 'caller', what: 'ringing' })).toEqual(
      actual({ caller: actualLeg('up') }),
    );
    expect(plan(unknown, wanted([wantedLeg('caller', { kind: 'music', music: 'm1' })]))).toEqual([
      { type: 'startMusic', legId: 'caller', music: 'm1' },
    ]);
  });

  test('music that was lost, told late, does not hide the music that has been started since: it is stopped before a conversation', () => {
    const second = afterStep(actual({ caller: actualLeg('up', { music: 'm1' }) }, 'b1'), {
      type: 'startMusic',
      legId: 'caller',
      music: 'm2',
    });
    const told = afterFact(second, { type: 'comfortLost', legId: 'caller', what: 'music' });
    const talk = wanted([wantedLeg('caller', { kind: 'conversation', conversationId: 'b1' })]);
    expect(plan(told, talk)).toEqual([
      { type: 'stopMusic', legId: 'caller' },
      { type: 'join', conversationId: 'b1', legIds: ['caller'] },
    ]);
  });

  test('ringing that was lost, told late, does not hide the music that has been started since', () => {
    const music = actual({ caller: actualLeg('up', { music: 'm1' }) });
    expect(afterFact(music, { type: 'comfortLost', legId: 'caller', what: 'ringing' })).toEqual(music);
  });
});

test('facts about legs and conversations that are not ours change nothing', () => {
  const foreign: readonly MediaFact[] = [
    { type: 'legGone', legId: 'x' },
    { type: 'joined', legId: 'x', conversationId: 'b1' },
    { type: 'parted', legId: 'x', conversationId: 'b1' },
    { type: 'conversationGone', conversationId: 'x' },
    { type: 'announcementOver', legId: 'x', announcementId: 'a1' },
    { type: 'comfortLost', legId: 'x', what: 'music' },
  ];
  fc.assert(
    fc.property(anyActual, fc.constantFrom(...foreign), (picture: Actual, fact) => {
      expect(afterFact(picture, fact)).toEqual(picture);
    }),
  );
});
