/** Tags that agents give a call, and take off it again. */
import { expect, test } from '@jest/globals';
import { consulted } from '../support/call-lines.js';
import { replayed } from '../support/call-story.js';

const tag = (type: 'tag' | 'untag', name: string, agentId = 'anna') => ({ type, agentId, tag: name }) as const;

test('a tag is given once and taken off once, by any agent in the call; what is stored tells the same', () => {
  const story = consulted();
  expect(story.command(tag('tag', 'order'))).toEqual([{ type: 'call.tagged', tag: 'order', agentId: 'anna' }]);
  story.command(tag('tag', 'refund'));
  expect(story.command(tag('tag', 'order', 'boris'))).toEqual([]);
  expect(story.command(tag('untag', 'order', 'boris'))).toEqual([
    { type: 'call.untagged', tag: 'order', agentId: 'boris' },
  ]);
  expect(story.command(tag('untag', 'order'))).toEqual([]);
  expect(story.call.tags).toEqual(['refund']);
  expect(replayed(story.events).tags).toEqual(['refund']);
  story.command(tag('tag', 'order'));
  expect(story.call.tags).toEqual(['refund', 'order']);
});

test('who is not in the call finds none to take a tag off', () => {
  const story = consulted();
  story.command(tag('tag', 'order'));
  expect(story.command(tag('untag', 'order', 'vera'))).toMatchObject({ refused: 'notFound' });
  expect(story.call.tags).toEqual(['order']);
});
