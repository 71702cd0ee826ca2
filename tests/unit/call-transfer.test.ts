/** An agent sends a party on to somebody else: the blind transfer and what becomes of it. */
import { describe, expect, test } from '@jest/globals';
import type { CallCommand } from '../../src/core/call/command.js';
import { agentTarget, CUSTOMER, RING_MS, shopTarget } from '../support/call-fixtures.js';
import {
  conferring,
  consult,
  consulted,
  FIRST,
  heard,
  lines,
  ringing,
  SECOND,
  talking,
  transfer,
} from '../support/call-lines.js';

const toBoris = transfer(agentTarget('boris'));
const toSupport: CallCommand = {
  type: 'transfer',
  agentId: 'anna',
  lineId: null,
  onward: { kind: 'queue', entry: { queueId: 'support', priority: 0, music: 'support-music', maxWaitMs: null } },
  stays: true,
};
const FAILURES = [
  ['is busy', 17, 'busy'],
  ['rejects', 21, 'rejected'],
  ['is not registered', 20, 'unavailable'],
  ['does not exist', 1, 'unknownNumber'],
  ['lets it ring', 19, 'noAnswer'],
] as const;

describe('a transfer', () => {
  test('the agent goes at once, the customer hears ringing, and the answer connects', () => {
    const story = talking();
    expect(story.command(toBoris)).toMatchObject([
      { type: 'line.transferred', lineId: FIRST, agentId: 'anna', to: { name: 'boris' } },
      { type: 'legs.released', legIds: ['anna.1'] },
      { type: 'call.offered', purpose: 'transfer', byAgentId: 'anna', shows: CUSTOMER },
    ]);
    expect(heard(story)).toEqual({ caller: 'ringing' });
    story.leaves('anna.1');
    story.answers('boris.1');
    expect(heard(story)).toEqual({ caller: 'boris.1', 'boris.1': 'caller' });
  });

  test('to a queue: the customer waits there, whether or not the agent would stay', () => {
    const story = talking();
    story.command(toSupport);
    expect([heard(story), lines(story)]).toEqual([{ caller: 'support-music' }, { [FIRST]: 'caller, queue support' }]);
    story.command({ type: 'offer', target: agentTarget('boris') });
    expect(story.answers('boris.1')[1]).toMatchObject({ type: 'call.connected', queueId: 'support', waitedMs: 0 });
  });

  test('the customer hangs up while the target rings: the phone stops and the call is over', () => {
    const story = talking();
    story.command(toBoris);
    story.leaves('caller');
    expect([story.call.phase, ringing(story)]).toEqual(['ended', []]);
  });

  test('of either line of a consult to a third party: the agent goes on with the other', () => {
    const customer = consulted();
    customer.command(transfer(agentTarget('clara'), false, FIRST));
    expect(heard(customer)).toEqual({ caller: 'ringing', 'anna.1': 'boris.1', 'boris.1': 'anna.1' });
    const colleague = consulted();
    colleague.command(transfer(agentTarget('clara'), false, SECOND));
    expect(heard(colleague)).toEqual({ caller: 'anna.1', 'anna.1': 'caller', 'boris.1': 'ringing' });
  });

  test('is refused to nobody’s customer, to an agent already there, and twice at once', () => {
    expect(talking().command({ ...transfer(agentTarget('boris')), agentId: 'zoe' } as CallCommand)).toMatchObject({
      refused: 'notFound',
    });
    expect(consulted().command(toBoris)).toMatchObject({ refused: 'agentBusy' });
    const story = talking();
    story.command(transfer(agentTarget('boris'), true));
    expect(story.command(transfer(agentTarget('clara'), true))).toMatchObject({ refused: 'wrongState' });
    expect(lines(story)).toEqual({ [FIRST]: 'caller, (anna.1), transfer rings' });
  });
});

describe('a transfer that fails', () => {
  test.each(FAILURES)(
    'the target %s and the agent has gone: the customer hears music, the agent is to be rung again',
    (_w, cause, outcome) => {
      const story = talking();
      story.command(toBoris);
      expect(story.leaves('boris.1', cause)).toMatchObject([
        { type: 'leg.left' },
        { type: 'offer.failed', outcome },
        { type: 'line.orphaned', lineId: FIRST, agentId: 'anna' },
      ]);
      expect([lines(story), heard(story)]).toEqual([{ [FIRST]: 'caller, recall' }, { caller: 'sales-music' }]);
    },
  );

  test.each(FAILURES)('the target %s and the agent’s phone stayed: they talk again', (_what, cause, _outcome) => {
    const story = talking();
    story.command(transfer(agentTarget('boris'), true));
    expect(heard(story)).toEqual({ caller: 'ringing', 'anna.1': 'nothing' });
    story.leaves('boris.1', cause);
    expect(heard(story)).toEqual({ caller: 'anna.1', 'anna.1': 'caller' });
  });

  test('the agent’s phone had put the customer on hold before: music again, until the phone takes the customer back', () => {
    const story = talking();
    story.fact({ type: 'legHeld', legId: 'anna.1', held: true });
    story.wait(1);
    story.command(transfer(agentTarget('boris'), true));
    expect(heard(story)).toEqual({ caller: 'ringing', 'anna.1': 'nothing' });
    story.leaves('boris.1', 17);
    expect(heard(story)).toEqual({ caller: 'sales-music', 'anna.1': 'nothing' });
    story.fact({ type: 'legHeld', legId: 'anna.1', held: false });
    expect(heard(story)).toEqual({ caller: 'anna.1', 'anna.1': 'caller' });
  });

  test('nobody answers in time and the agent talks on another line: the customer is on hold there', () => {
    const story = consulted();
    story.command(transfer(agentTarget('clara'), false, FIRST));
    story.after(RING_MS);
    expect(lines(story)).toEqual({ [FIRST]: 'caller, (anna.1)', [SECOND]: 'anna.1, boris.1' });
    expect(heard(story).caller).toBe('sales-music');
  });

  test('the phone that stayed is put down meanwhile: the agent is to be rung again', () => {
    const story = talking();
    story.command(transfer(agentTarget('boris'), true));
    story.leaves('anna.1');
    expect(heard(story)).toEqual({ caller: 'ringing' });
    story.leaves('boris.1', 17);
    expect(lines(story)).toEqual({ [FIRST]: 'caller, recall' });
  });

  test('a conference that was sent on goes on without the one who did not answer', () => {
    const story = conferring();
    story.command(transfer(agentTarget('clara')));
    story.leaves('clara.1', 17);
    expect(heard(story)).toEqual({ caller: 'boris.1', 'boris.1': 'caller' });
  });
});

describe('the agent’s phone stays until the transfer is answered', () => {
  test('then it is let go', () => {
    const story = talking();
    story.command(transfer(shopTarget(), true));
    expect(story.answers('shop')).toMatchObject([
      { type: 'leg.answered' },
      { type: 'line.joined', legId: 'shop' },
      { type: 'legs.released', legIds: ['anna.1'] },
    ]);
    expect(heard(story)).toEqual({ caller: 'shop', shop: 'caller' });
  });

  test('the customer hangs up: the target’s phone stops, nobody is left waiting', () => {
    const story = talking();
    story.command(transfer(shopTarget(), true));
    story.leaves('caller');
    expect([story.call.phase, ringing(story)]).toEqual(['ended', []]);
  });

  test('the customer hangs up and the agent has another line: the agent returns to nobody else’s', () => {
    const story = talking();
    story.command(consult(agentTarget('boris')));
    story.answers('boris.1');
    story.command(transfer(shopTarget(), true, FIRST));
    story.leaves('caller');
    expect([lines(story), ringing(story)]).toEqual([{ [SECOND]: 'anna.1, boris.1' }, []]);
  });
});
