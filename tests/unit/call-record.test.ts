/** Recording what is said on a line, one file for every pairing; and a prepared message that is left for somebody. */
import { describe, expect, test } from '@jest/globals';
import { lineViews } from '../../src/app/call-view.js';
import type { CallCommand } from '../../src/core/call/command.js';
import { isOver } from '../../src/core/call/history.js';
import { nextDeadline } from '../../src/core/call/observe.js';
import { topology } from '../../src/core/call/topology.js';
import { agentParty, agentTarget, CUSTOMER, shopTarget } from '../support/call-fixtures.js';
import {
  ask,
  COMPLETE,
  CONFERENCE,
  consult,
  consulted,
  consulting,
  FIRST,
  heard,
  lines,
  SECOND,
  talking,
} from '../support/call-lines.js';
import type { CallStory } from '../support/call-story.js';

const record = (action: 'start' | 'stop' | 'pause' | 'resume', lineId: string | null = null): CallCommand => ({
  type: 'record',
  agentId: 'anna',
  lineId,
  action,
});
const MESSAGE: CallCommand = {
  type: 'leaveMessage',
  agentId: 'anna',
  lineId: null,
  announcementId: 'm1',
  items: [{ kind: 'recording', name: 'call-back' }],
  timeoutMs: 30_000,
};
const NAME = 'ringmaster/1970-01-01/c1~b1.r1';
const over = (name: string, outcome: 'kept' | 'failed') =>
  ({ type: 'recordingEnded', name, outcome, durationMs: 5 }) as const;
const written = (story: CallStory) =>
  [...topology(story.call).conversations.values()].map(({ recording }) => recording);

function recorded(): CallStory {
  const story = talking();
  story.command(record('start'));
  return story;
}

describe('recording', () => {
  test('begins with who takes part, and ends with what was kept', () => {
    const story = talking();
    expect(story.command(record('start'))).toEqual([
      { type: 'line.recorded', lineId: FIRST, recorded: 'yes' },
      {
        type: 'recording.opened',
        recordingId: 'c1~b1.r1',
        name: NAME,
        conversationId: 'c1~b1',
        parties: [
          { legId: 'caller', agentId: null, party: CUSTOMER },
          { legId: 'anna.1', agentId: 'anna', party: agentParty('anna') },
        ],
      },
    ]);
    expect(written(story)).toMatchObject([{ name: NAME, paused: false }]);
    expect(story.command(record('start'))).toEqual([]);
    story.command(record('stop'));
    expect(written(story)).toEqual([null]);
    expect(story.fact(over(NAME, 'kept'))).toEqual([
      { type: 'recording.closed', recordingId: 'c1~b1.r1', outcome: 'kept', durationMs: 5 },
    ]);
    expect(story.fact(over(NAME, 'kept'))).toEqual([]);
  });

  test('is paused and goes on in the same file', () => {
    const story = recorded();
    story.command(record('pause'));
    expect(written(story)).toMatchObject([{ name: NAME, paused: true }]);
    story.command(record('resume'));
    expect(written(story)).toMatchObject([{ name: NAME, paused: false }]);
  });

  test('follows the line: after hold, consult and conference a new file, with those who take part then', () => {
    const story = recorded();
    story.command(ask('hold'));
    expect(written(story)).toEqual([]);
    story.command(ask('resume'));
    expect(written(story)).toMatchObject([{ name: 'ringmaster/1970-01-01/c1~b2.r2' }]);
    story.command(consult(agentTarget('boris')));
    story.answers('boris.1');
    expect(written(story)).toEqual([null]);
    story.command(CONFERENCE);
    const segments = story.bodies.filter(({ type }) => type === 'recording.opened');
    expect(segments.at(-1)).toMatchObject({
      conversationId: 'c1~b4',
      parties: [{ legId: 'anna.1' }, { legId: 'boris.1' }, { legId: 'caller' }],
    });
  });

  test('follows the customer through a completed transfer', () => {
    const story = recorded();
    story.command(consult(agentTarget('boris')));
    story.answers('boris.1');
    story.command(COMPLETE);
    const segments = story.bodies.filter(({ type }) => type === 'recording.opened');
    expect(segments.at(-1)).toMatchObject({ parties: [{ legId: 'caller' }, { legId: 'boris.1' }] });
  });

  test('paused on hold stays paused afterwards: nothing is written until it is resumed', () => {
    const story = recorded();
    story.command(record('pause'));
    story.command(ask('hold'));
    story.command(ask('resume'));
    expect(written(story)).toEqual([null]);
    story.command(record('resume'));
    expect(written(story)).toMatchObject([{ name: 'ringmaster/1970-01-01/c1~b2.r2' }]);
  });

  test('that Asterisk cannot write is not tried again', () => {
    const story = recorded();
    expect(story.fact(over(NAME, 'failed'))).toMatchObject([{ type: 'recording.closed', outcome: 'failed' }]);
    expect(written(story)).toEqual([null]);
    expect(story.call).toMatchObject({ lines: [{ recorded: 'no' }], openRecordings: [] });
  });

  test('that somebody has stopped stays stopped, also where the line goes on as another', () => {
    const story = recorded();
    story.command(record('stop'));
    expect(story.command(record('stop'))).toEqual([]);
    expect(story.call).toMatchObject({ lines: [{ recorded: 'stopped' }] });
    expect(story.command(record('pause'))).toMatchObject({ refused: 'wrongState' });
    expect(lineViews(story.call)).toMatchObject([{ recording: 'no' }]);
    story.command(consult(agentTarget('boris')));
    story.answers('boris.1');
    story.command(COMPLETE);
    expect(written(story)).toEqual([null]);
    expect(story.call).toMatchObject({ lines: [{ recorded: 'stopped' }] });
  });

  test('that ends by itself goes on as the next file', () => {
    const story = recorded();
    expect(story.fact(over(NAME, 'kept'))).toMatchObject([
      { type: 'recording.closed', outcome: 'kept' },
      { type: 'recording.opened', recordingId: 'c1~b1.r2' },
    ]);
  });

  test('of a call that is over is waited for, but not for ever', () => {
    const story = recorded().wait(1000);
    story.command({ type: 'end' });
    for (const legId of ['caller', 'anna.1']) story.leaves(legId);
    expect([isOver(story.call), nextDeadline(story.call)]).toEqual([false, 11_000]);
    expect(story.after(10_000)).toMatchObject([{ type: 'recording.closed', outcome: 'lost', durationMs: null }]);
    expect([isOver(story.call), nextDeadline(story.call)]).toEqual([true, null]);
  });

  test('is not begun of nobody, not paused when there is none, not by others', () => {
    const story = consulting();
    expect(story.command(record('start', SECOND))).toMatchObject({ refused: 'wrongState' });
    expect(talking().command(record('pause'))).toMatchObject({ refused: 'wrongState' });
    expect(talking().command({ ...record('start'), agentId: 'zoe' } as CallCommand)).toMatchObject({
      refused: 'notFound',
    });
    expect(written(story)).toEqual([]);
  });
});

describe('a message is left', () => {
  test('the agent is free at once, the party hears it and is let go after it', () => {
    const story = talking();
    story.command(MESSAGE);
    expect(heard(story)).toEqual({ caller: 'announcement' });
    expect(story.fact({ type: 'announcementEnded', announcementId: 'm1' })).toMatchObject([
      { type: 'announcement.ended' },
      { type: 'legs.released', legIds: ['caller'] },
      { type: 'call.ended', outcome: 'answered' },
    ]);
  });

  test('on one of two lines: the agent is back on the other', () => {
    const story = consulting('recall', shopTarget());
    story.answers('shop');
    story.command(MESSAGE);
    expect(heard(story)).toEqual({ caller: 'anna.1', 'anna.1': 'caller', shop: 'announcement' });
    story.after(30_000);
    expect(lines(story)).toEqual({ [FIRST]: 'caller, anna.1' });
  });

  test('to a colleague who has another line: only this one is over', () => {
    const story = consulted();
    story.command(consult(shopTarget(), 'boris'));
    story.answers('shop');
    story.command(MESSAGE);
    story.fact({ type: 'announcementEnded', announcementId: 'm1' });
    expect(heard(story)).toMatchObject({ 'boris.1': 'shop', shop: 'boris.1', 'anna.1': 'caller' });
  });

  test('not to a conference, nor while somebody rings', () => {
    const story = consulted();
    story.command(CONFERENCE);
    expect(story.command(MESSAGE)).toMatchObject({ refused: 'wrongState' });
    expect(consulting().command(MESSAGE)).toMatchObject({ refused: 'wrongState' });
  });
});
