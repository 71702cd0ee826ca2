/** Three and more in one conversation: how they come together, who is muted or taken out, and what happens when somebody leaves. */
import { describe, expect, test } from '@jest/globals';
import type { CallCommand } from '../../src/core/call/command.js';
import { topology } from '../../src/core/call/topology.js';
import { agentTarget, RING_MS, shopTarget } from '../support/call-fixtures.js';
import {
  ask,
  CONFERENCE,
  conferring,
  consult,
  consulted,
  consulting,
  FIRST,
  heard,
  lines,
  ringing,
  SECOND,
  talking,
} from '../support/call-lines.js';

const ALL = { caller: 'anna.1 and boris.1', 'anna.1': 'boris.1 and caller', 'boris.1': 'anna.1 and caller' };
const invite = (agentId = 'anna'): CallCommand => ({ type: 'invite', agentId, lineId: null, target: shopTarget() });
const remove = (legId: string, agentId = 'anna'): CallCommand => ({ type: 'removeParty', agentId, legId });
const mute = (legId: string, muted: boolean, agentId = 'anna'): CallCommand => ({
  type: 'muteParty',
  agentId,
  legId,
  muted,
});

describe('a conference', () => {
  test('of all the agent’s lines: everybody hears everybody', () => {
    const story = consulted();
    expect(story.command(CONFERENCE)).toMatchObject([{ type: 'line.merged', fromId: FIRST, intoId: SECOND }]);
    expect(heard(story)).toEqual(ALL);
    expect([...topology(story.call).conversations.values()]).toMatchObject([{ mode: 'conference' }]);
  });

  test('of three lines', () => {
    const story = consulted();
    story.command(consult(agentTarget('clara')));
    story.answers('clara.1');
    story.command(CONFERENCE);
    expect(heard(story).caller).toBe('anna.1 and boris.1 and clara.1');
  });

  test('with one who still rings: customer and agent talk, and the answer joins', () => {
    const story = consulting();
    story.command(CONFERENCE);
    expect(heard(story)).toEqual({ caller: 'anna.1', 'anna.1': 'caller' });
    story.answers('boris.1');
    expect(heard(story)).toEqual(ALL);
  });

  test('of lines that are all on hold: the agent is in it', () => {
    const story = consulted();
    story.command(ask('hold'));
    story.command(CONFERENCE);
    expect(heard(story)).toEqual(ALL);
  });

  test.each([
    ['the customer', 'caller', { 'anna.1': 'boris.1', 'boris.1': 'anna.1' }],
    ['the agent', 'anna.1', { caller: 'boris.1', 'boris.1': 'caller' }],
    ['the colleague', 'boris.1', { caller: 'anna.1', 'anna.1': 'caller' }],
  ])('%s leaves: the others go on in the same conversation', (_who, legId, rest) => {
    const story = conferring();
    const before = [...topology(story.call).conversations.keys()];
    story.leaves(legId);
    expect(heard(story)).toEqual(rest);
    expect([...topology(story.call).conversations.keys()]).toEqual(before);
  });

  test('the agent leaves by command: the others go on; when one of two leaves, the call is over', () => {
    const story = conferring();
    story.command(ask('hangUp'));
    expect(heard(story)).toEqual({ caller: 'boris.1', 'boris.1': 'caller' });
    story.leaves('boris.1');
    expect(story.call.phase).toBe('ended');
  });

  test('needs two lines, and an agent who is there', () => {
    expect(talking().command(CONFERENCE)).toMatchObject({ refused: 'wrongState' });
    expect(talking().command({ type: 'conference', agentId: 'zoe' })).toMatchObject({ refused: 'notFound' });
  });
});

describe('one more is invited', () => {
  test('they go on talking while the phone rings; the answer joins', () => {
    const story = talking();
    story.command(invite());
    expect([heard(story), ringing(story)]).toEqual([{ caller: 'anna.1', 'anna.1': 'caller' }, ['shop']]);
    story.answers('shop');
    expect(heard(story)).toMatchObject({ shop: 'anna.1 and caller' });
  });

  test('who does not answer changes nothing', () => {
    const story = talking();
    story.command(invite());
    story.after(RING_MS);
    expect(heard(story)).toEqual({ caller: 'anna.1', 'anna.1': 'caller' });
  });

  test('the inviting agent leaves meanwhile, and nobody answers: the agent is to be rung again', () => {
    const story = talking();
    story.command(invite());
    story.leaves('anna.1');
    expect(heard(story)).toEqual({ caller: 'ringing' });
    story.leaves('shop', 17);
    expect(lines(story)).toEqual({ [FIRST]: 'caller, recall' });
  });

  test('an agent who is in the call already is not; nor does an agent invite who has nobody', () => {
    const story = consulting();
    const boris: CallCommand = { type: 'invite', agentId: 'anna', lineId: FIRST, target: agentTarget('boris', 1, 2) };
    expect(story.command(boris)).toMatchObject({ refused: 'agentBusy' });
    expect(story.command(invite())).toMatchObject({ refused: 'wrongState' });
    expect(story.command(invite('zoe'))).toMatchObject({ refused: 'notFound' });
    expect(lines(story)).toEqual({ [FIRST]: 'caller, (anna.1)', [SECOND]: 'anna.1, consult rings' });
  });
});

describe('the agent and the others of a conference', () => {
  test('one is taken out: the rest go on', () => {
    const story = conferring();
    story.command(remove('boris.1'));
    expect(heard(story)).toEqual({ caller: 'anna.1', 'anna.1': 'caller' });
  });

  test('one who was invited and still rings is not rung any longer; a queue’s choice is not an agent’s to end', () => {
    const story = talking();
    story.command(invite());
    expect(story.command(remove('shop', 'zoe'))).toMatchObject({ refused: 'notFound' });
    expect(story.command(remove('shop'))).toMatchObject([
      { type: 'legs.released', legIds: ['shop'], reason: 'normal' },
      { type: 'offer.failed', outcome: 'withdrawn' },
    ]);
    expect(heard(story)).toEqual({ caller: 'anna.1', 'anna.1': 'caller' });
    const entry = { queueId: 'support', priority: 0, music: 'm', maxWaitMs: null };
    story.command({ type: 'consult', agentId: 'anna', onward: { kind: 'queue', entry } });
    story.command({ type: 'offer', target: agentTarget('boris') });
    expect(story.command(remove('boris.1'))).toMatchObject({ refused: 'notFound' });
  });

  test('a colleague with a customer of their own on hold is taken out and keeps that customer', () => {
    const story = consulted();
    expect(story.command(remove('anna.1', 'boris'))).toMatchObject([
      { type: 'line.parted', lineId: SECOND, legId: 'anna.1' },
      { type: 'line.resumed', lineId: FIRST },
      { type: 'legs.released', legIds: ['boris.1'] },
      { type: 'line.closed', lineId: SECOND },
    ]);
    expect(heard(story)).toEqual({ caller: 'anna.1', 'anna.1': 'caller' });
  });

  test('one is muted and unmuted; asked twice changes nothing', () => {
    const story = conferring();
    expect(story.command(mute('caller', true))).toEqual([{ type: 'leg.muted', legId: 'caller', muted: true }]);
    expect(story.command(mute('caller', true))).toEqual([]);
    expect(topology(story.call).legs.get('caller')).toMatchObject({ muted: true });
    expect(story.command(mute('caller', false))).toHaveLength(1);
  });

  test('only those on the agent’s own lines, and not the agent', () => {
    const story = consulted();
    for (const command of [
      remove('caller', 'boris'),
      mute('caller', true, 'boris'),
      remove('anna.1'),
      remove('nobody'),
    ]) {
      expect(story.command(command)).toMatchObject({ refused: 'notFound' });
    }
  });
});
