/** What of a call can be done at this window's own phone: answering, and keys for menus; where not, why. */
import { describe, expect, test } from '@jest/globals';
import type { CallView } from '../../src/app/view.js';
import { answerHere, digitsHere } from '../../web/src/calls/own-phone.js';
import type { PhoneCall, PhonePicture } from '../../web/src/phone/phone.js';

const call = { legs: [{ id: 'leg1' }, { id: 'leg2' }] } as unknown as CallView;

function phoneCall(more: Partial<PhoneCall>): PhoneCall {
  return {
    ...{ id: 'p1', legId: 'leg2', state: 'ringing', party: { number: '', name: '' }, since: 0, muted: false },
    ...{ answersItself: false, quality: null },
    ...more,
  };
}

const phone = (state: PhonePicture['state'], ...calls: readonly PhoneCall[]) => ({ state, calls });

describe('answering', () => {
  test('at the built-in phone, where the call rings', () => {
    expect(answerHere(phone('registered', phoneCall({})), call)).toEqual({
      reason: null,
      phoneCallId: 'p1',
      busy: false,
    });
  });

  test('answered already, or by itself: under way', () => {
    expect(answerHere(phone('registered', phoneCall({ state: 'answering' })), call)).toMatchObject({ busy: true });
    expect(answerHere(phone('registered', phoneCall({ answersItself: true })), call)).toMatchObject({ busy: true });
  });

  test('another call that rings is not this one', () => {
    const other = phoneCall({ legId: 'leg9' });
    expect(answerHere(phone('registered', other), call)).toEqual({ reason: 'ringsElsewhere' });
    expect(answerHere(phone('registered', phoneCall({ legId: null })), call)).toEqual({ reason: 'ringsElsewhere' });
    expect(answerHere(phone('registered', phoneCall({})), undefined)).toEqual({ reason: 'ringsElsewhere' });
  });

  test('without it the desk phone is picked up; in another tab it is answered there', () => {
    expect(answerHere(phone('off'), call)).toEqual({ reason: 'pickUpDeskPhone' });
    expect(answerHere(phone('failed'), call)).toEqual({ reason: 'pickUpDeskPhone' });
    expect(answerHere(phone('otherTab', phoneCall({})), call)).toEqual({ reason: 'phoneInOtherTab' });
  });
});

describe('keys for menus', () => {
  test('by the phone at which the agent talks, and by no other', () => {
    const active = phoneCall({ state: 'active' });
    expect(digitsHere(phone('registered', active), call, 'leg2')).toEqual({ reason: null, phoneCallId: 'p1' });
    expect(digitsHere(phone('registered', active), call, 'leg1')).toEqual({ reason: 'pressOnDeskPhone' });
    expect(digitsHere(phone('off'), call, 'leg2')).toEqual({ reason: 'pressOnDeskPhone' });
  });
});
