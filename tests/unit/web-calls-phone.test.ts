/** What of a call can be done at this window's own phone: answering, and keys for menus; where not, why. */
import { describe, expect, test } from '@jest/globals';
import type { CallView } from '../../src/app/view.js';
import { inTurn } from '../../web/src/calls/digits-in-turn.js';
import { answerHere } from '../../web/src/calls/own-phone.js';
import type { PhoneCall, PhonePicture } from '../../web/src/phone/phone.js';

const call = { legs: [{ id: 'leg1' }, { id: 'leg2' }] } as unknown as CallView;

function phoneCall(more: Partial<PhoneCall>): PhoneCall {
  return {
    ...{ id: 'p1', legId: 'leg2', state: 'ringing', party: { number: '', name: '' }, since: 0, muted: false },
    ...{ answersItself: false, unheard: false, quality: null },
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
  test('those pressed while some are under way follow together, in order', async () => {
    const sent: string[] = [];
    let done: (code: string | null) => void = () => undefined;
    const send = inTurn((digits) => {
      sent.push(digits);
      return new Promise((resolve) => {
        done = resolve;
      });
    });
    for (const digit of '123') send(digit);
    expect(sent).toEqual(['1']);
    done(null);
    await Promise.resolve();
    await Promise.resolve();
    expect(sent).toEqual(['1', '23']);
  });

  test('after a refusal what was pressed meanwhile is dropped, and the next is sent', async () => {
    const sent: string[] = [];
    const send = inTurn(async (digits) => {
      sent.push(digits);
      return 'wrongState';
    });
    for (const digit of '123') send(digit);
    await new Promise(setImmediate);
    send('4');
    expect(sent).toEqual(['1', '4']);
  });
});
