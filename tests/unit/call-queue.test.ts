/** A customer waits in a queue and agents' phones ring for the call. */
import { describe, expect, test } from '@jest/globals';
import { phaseOf, ringingOffers, waitingLine } from '../../src/core/call/state.js';
import { CUSTOMER, offer, RING_MS, ringingFor, waitingCustomer } from '../support/call-fixtures.js';
import type { CallStory } from '../support/call-story.js';

const connectedTo = (agentId: string, waitedMs = 0) => ({
  type: 'call.connected',
  lineId: 'c1~l1',
  legId: `${agentId}.1`,
  legIds: ['caller', `${agentId}.1`],
  agentId,
  queueId: 'sales',
  waitedMs,
});
const failed = (agentId: string, outcome: string) => ({
  type: 'offer.failed',
  offerId: `offer-${agentId}`,
  agentId,
  queueId: 'sales',
  outcome,
});
const released = (reason: string, ...legIds: string[]) => ({ type: 'legs.released', legIds, reason });
const gone = (legId: string, cause: number, agentId: string | null = legId.split('.')[0] ?? null) => ({
  type: 'leg.left',
  legId,
  cause,
  agentId,
});

function place(story: CallStory): number | null {
  return waitingLine(story.call)?.stay.enteredAt ?? null;
}

describe('a customer calls a queue', () => {
  test('the caller is put in line at the time of the call', () => {
    const story = waitingCustomer(60_000);
    expect(story.bodies).toMatchObject([
      { type: 'call.started', direction: 'inbound', from: CUSTOMER, leg: { id: 'caller' }, next: null, agentId: null },
      { type: 'call.queued', queueId: 'sales', enteredAt: 0, music: 'sales-music', maxWaitAt: 60_000 },
    ]);
  });

  test('the call is offered to an agent, whose phone rings', () => {
    const story = waitingCustomer();
    expect(story.command(offer('anna'))).toMatchObject([
      { type: 'call.offered', offerId: 'offer-anna', agentId: 'anna', shows: CUSTOMER, deadlineAt: RING_MS },
    ]);
    expect(story.rings('anna.1')).toEqual([{ type: 'leg.ringing', legId: 'anna.1' }]);
    expect(story.rings('anna.1')).toEqual([]);
  });

  test('the agent answers and is connected with the caller', () => {
    const story = ringingFor('anna').wait(3000);
    expect(story.answers('anna.1')).toEqual([{ type: 'leg.answered', legId: 'anna.1' }, connectedTo('anna', 3000)]);
    expect(phaseOf(story.call)).toBe('talking');
    expect(story.call.marks).toMatchObject({ agentId: 'anna', queuedAt: 0, connectedAt: 3000 });
  });

  test('a phone that answers without having rung wins as well', () => {
    const story = waitingCustomer();
    story.command(offer('anna'));
    expect(story.answers('anna.1')).toContainEqual(connectedTo('anna'));
  });

  test('an agent is not offered the same call twice at once', () => {
    const story = ringingFor('anna');
    expect(story.command(offer('anna', 1, 2))).toMatchObject({ refused: 'agentBusy' });
  });

  test('a call that is already talked on is not offered', () => {
    const story = ringingFor('anna');
    story.answers('anna.1');
    expect(story.command(offer('boris'))).toMatchObject({ refused: 'wrongState' });
  });
});

describe('an agent with two devices', () => {
  const twoDevices = () => {
    const story = waitingCustomer();
    story.command(offer('anna', 2));
    return story;
  };

  test('the first device to answer wins and the other stops ringing', () => {
    const story = twoDevices();
    expect(story.answers('anna.2')).toEqual([
      { type: 'leg.answered', legId: 'anna.2' },
      released('answeredElsewhere', 'anna.1'),
      { ...connectedTo('anna'), legId: 'anna.2', legIds: ['caller', 'anna.2'] },
    ]);
  });

  test('both devices answer in the same instant: the second answer changes nothing', () => {
    const story = twoDevices();
    story.answers('anna.1');
    expect(story.answers('anna.2')).toEqual([]);
    expect(story.leaves('anna.2', 26)).toEqual([gone('anna.2', 26)]);
    expect(phaseOf(story.call)).toBe('talking');
  });

  test('busy on one device leaves the other ringing', () => {
    const story = twoDevices();
    expect(story.leaves('anna.1', 17)).toEqual([
      gone('anna.1', 17),
      { type: 'offer.weakened', offerId: 'offer-anna', outcome: 'busy' },
    ]);
    expect(story.answers('anna.2')).toContainEqual({
      ...connectedTo('anna'),
      legId: 'anna.2',
      legIds: ['caller', 'anna.2'],
    });
  });

  test('both devices fail: the more telling answer is kept', () => {
    const story = twoDevices();
    story.leaves('anna.1', 17);
    expect(story.leaves('anna.2', 20)).toEqual([gone('anna.2', 20), failed('anna', 'busy')]);
    expect(place(story)).toBe(0);
  });

  test('a person who rejects on one device ends the offer on all', () => {
    const story = twoDevices();
    expect(story.leaves('anna.1', 21)).toEqual([
      gone('anna.1', 21),
      released('rejected', 'anna.2'),
      failed('anna', 'rejected'),
    ]);
  });
});

describe('nobody takes the offer', () => {
  test.each([
    ['is busy', 17, 'busy'],
    ['rejects', 21, 'rejected'],
    ['does not answer in the phone system’s own time', 19, 'noAnswer'],
    ['is not registered', 20, 'unavailable'],
    ['has a number that does not exist', 1, 'unknownNumber'],
    ['vanishes without a cause', 0, 'unavailable'],
  ])('the agent’s phone %s: the caller keeps the place', (_what, cause, outcome) => {
    const story = ringingFor('anna').wait(2000);
    expect(story.leaves('anna.1', cause)).toEqual([gone('anna.1', cause), failed('anna', outcome)]);
    expect(place(story)).toBe(0);
    expect(ringingOffers(story.call)).toEqual([]);
  });

  test('the agent does not answer in time: the phone stops, the caller keeps the place, the next agent is rung', () => {
    const story = ringingFor('anna');
    expect(story.after(RING_MS - 1)).toEqual([]);
    expect(story.after(1)).toEqual([released('noAnswer', 'anna.1'), failed('anna', 'noAnswer')]);
    expect(place(story)).toBe(0);
    story.command(offer('boris'));
    expect(story.answers('boris.1')).toContainEqual(connectedTo('boris', RING_MS));
  });

  test('a late answer of the cancelled attempt connects nobody', () => {
    const story = ringingFor('anna');
    story.after(RING_MS);
    expect(story.answers('anna.1')).toEqual([]);
    expect(phaseOf(story.call)).toBe('queued');
    expect(story.leaves('anna.1')).toEqual([gone('anna.1', 16)]);
    expect(story.answers('anna.1')).toEqual([]);
  });

  test('the same agent is offered the call again and answers the second attempt', () => {
    const story = ringingFor('anna');
    story.after(RING_MS);
    story.command(offer('anna', 1, 2));
    expect(story.answers('anna.1')).toEqual([]);
    expect(story.answers('anna#2.1')).toContainEqual({
      ...connectedTo('anna', RING_MS),
      legId: 'anna#2.1',
      legIds: ['caller', 'anna#2.1'],
    });
  });
});

describe('several agents are rung together', () => {
  test('one wins and every other offer ends as answered elsewhere', () => {
    const story = ringingFor('anna', 'boris', 'clara');
    expect(story.answers('boris.1')).toEqual([
      { type: 'leg.answered', legId: 'boris.1' },
      released('answeredElsewhere', 'anna.1'),
      failed('anna', 'answeredElsewhere'),
      released('answeredElsewhere', 'clara.1'),
      failed('clara', 'answeredElsewhere'),
      connectedTo('boris'),
    ]);
  });

  test('a second answer in the same instant does not take part', () => {
    const story = ringingFor('anna', 'boris');
    story.answers('anna.1');
    expect(story.answers('boris.1')).toEqual([]);
    expect(story.call).toMatchObject({ lines: [{ conversation: { legIds: ['caller', 'anna.1'] } }] });
  });

  test('one agent rejects and the others go on ringing', () => {
    const story = ringingFor('anna', 'boris');
    expect(story.leaves('anna.1', 21)).toEqual([gone('anna.1', 21), failed('anna', 'rejected')]);
    expect(ringingOffers(story.call).map((each) => each.agentId)).toEqual(['boris']);
  });

  test('the one who won hangs up at once: the losers are still let go and the call ends', () => {
    const story = ringingFor('anna', 'boris');
    story.answers('anna.1');
    expect(story.leaves('anna.1').map((event) => event.type)).toEqual(['leg.left', 'legs.released', 'call.ended']);
    expect(story.leaves('boris.1', 26)).toEqual([gone('boris.1', 26)]);
    expect(story.leaves('caller')).toEqual([gone('caller', 16, null)]);
    expect(story.call.legs).toEqual({});
  });
});
