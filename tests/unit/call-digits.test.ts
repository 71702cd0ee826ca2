/** Digits that an agent sends to the other party by a command: who hears them, and when nobody would. */
import { describe, expect, test } from '@jest/globals';
import type { CallMailbox } from '../../src/app/call-mailbox.js';
import type { SendResult } from '../../src/app/keys/key-presses.js';
import type { CallOperationsPorts } from '../../src/app/own-call.js';
import { sendDigits } from '../../src/app/sent-digits.js';
import { customerCalls, offer, toQueue } from '../support/call-fixtures.js';
import { ask, conferring, consulted, consulting, talking } from '../support/call-lines.js';
import { CallStory } from '../support/call-story.js';

/** What comes of it, and what each leg was sent. */
async function sent(story: CallStory, legId: string | null = null, result: SendResult = 'sent', agentId = 'anna') {
  const heard: string[] = [];
  const ports = {
    switchboard: { mailbox: () => ({ call: story.call }) as unknown as CallMailbox },
    phones: { status: 'connected' },
    views: { callView: () => 'done' },
    keySender: {
      sendKeys: async (to: string, digits: string) => {
        heard.push(`${to}<${digits}`);
        return result;
      },
    },
  } as unknown as CallOperationsPorts;
  const answer: unknown = await sendDigits(ports, agentId, 'c1', legId, '42#');
  const refused = typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'refused') : answer;
  return [refused, heard.join(' ')];
}

describe('who hears them', () => {
  test('the other party, and in a conference those outside', async () => {
    expect(await sent(talking())).toEqual(['done', 'caller<42#']);
    expect(await sent(conferring())).toEqual(['done', 'caller<42#']);
  });

  test('an agent, where nobody is outside', async () => {
    expect(await sent(consulted())).toEqual(['done', 'boris.1<42#']);
    expect(await sent(consulted(), null, 'sent', 'boris')).toEqual(['done', 'anna.1<42#']);
  });

  test('only the party that is named', async () => {
    expect(await sent(conferring(), 'boris.1')).toEqual(['done', 'boris.1<42#']);
    expect(await sent(conferring(), 'anna.1')).toEqual(['notFound', '']);
    expect(await sent(talking(), 'nobody')).toEqual(['notFound', '']);
  });
});

describe('nobody would hear them', () => {
  test('on hold, the party named or not', async () => {
    const held = talking();
    held.command(ask('hold'));
    expect(await sent(held)).toEqual(['wrongState', '']);
    expect(await sent(held, 'caller')).toEqual(['wrongState', '']);
    expect(await sent(consulted(), 'caller')).toEqual(['wrongState', '']);
  });

  test('before the other party has answered, and before the agent has', async () => {
    expect(await sent(consulting())).toEqual(['wrongState', '']);
    const ringing = new CallStory(customerCalls(toQueue()));
    ringing.command(offer('anna'));
    expect(await sent(ringing)).toEqual(['wrongState', '']);
  });

  test("in another's call, and in one that is over", async () => {
    expect(await sent(talking(), null, 'sent', 'vera')).toEqual(['notFound', '']);
    const over = talking();
    over.command({ type: 'end' });
    expect(await sent(over)).toEqual(['notFound', '']);
  });

  test('where the party has just gone, or Asterisk does not answer', async () => {
    expect(await sent(talking(), null, 'gone')).toEqual(['wrongState', 'caller<42#']);
    expect(await sent(talking(), null, 'lost')).toEqual(['phoneSystemUnavailable', 'caller<42#']);
  });
});
