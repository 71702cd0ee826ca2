// A page that was the phone is loaded again in the middle of a call: what the others hear meanwhile, and who is called.
import { describe, expect, test } from '@jest/globals';
import { Resumption } from '../../src/app/browser-phone/resumption.js';
import type { CallMailbox } from '../../src/app/call-mailbox.js';
import type { RoutingState } from '../../src/app/routing.js';
import type { CallCommand } from '../../src/core/call/command.js';
import { ownLeg } from '../../src/core/call/line.js';
import { isRefusal } from '../../src/core/refusal.js';
import { customerCalls, offer, toQueue } from '../support/call-fixtures.js';
import { conferring, consulted, heard, lines, ringing, talking } from '../support/call-lines.js';
import { CallStory } from '../support/call-story.js';
import { account, CENTRE } from '../support/configuration.js';

const RING_MS = 8_000;

/** The fixtures' phone of Anna's is `PJSIP/anna-1`; `address` is what her account says of her browser. */
function scene(story: CallStory, address = 'PJSIP/browser-anna') {
  for (const leg of Object.values(story.call.legs)) {
    if (leg.agentId === 'anna') Object.assign(leg, { address: 'PJSIP/browser-anna' });
  }
  const anna = account('101', { id: 'anna', devices: [{ id: 'browser', address, autoAnswer: false }] });
  const mailbox = {
    get call() {
      return story.call;
    },
    decideNow(command: CallCommand) {
      const result = story.command(command);
      return isRefusal(result) ? result : story.call;
    },
  };
  const resumption = new Resumption({
    mailbox: () => mailbox as unknown as CallMailbox,
    callIdsOf: () => (ownLeg(story.call, 'anna') === null ? [] : ['c1']),
    ringingCallOf: () => 'c1',
    routing: () => ({ settings: { agents: new Map([['anna', anna]]), centre: CENTRE } }) as unknown as RoutingState,
  });
  let told = story.bodies.length;
  /** The new page answers, and everything is told. */
  const answers = () => {
    story.answers(ringing(story)[0] ?? '');
    const bodies = story.bodies.slice(told);
    told = story.bodies.length;
    resumption.callPublished(story.call, bodies as never);
  };
  return { resumption, answers };
}

test('the page is loaded again while it rings: the new one rings for the same offer, as often as it is loaded', () => {
  const story = new CallStory(customerCalls(toQueue()));
  story.command(offer('anna'));
  const { resumption, answers } = scene(story);
  const [first = ''] = ringing(story);
  expect(resumption.resume('anna')).toEqual(['c1']);
  expect(resumption.resume('anna')).toEqual(['c1']);
  const [third = '', ...more] = ringing(story);
  expect([more, third === first]).toEqual([[], false]);
  answers();
  expect(heard(story)).toEqual({ caller: third, [third]: 'caller' });
});

describe('the page is loaded again', () => {
  test('the caller hears music, the new page is called, answers by itself, and they talk on', () => {
    const story = talking();
    const { resumption, answers } = scene(story);
    expect(resumption.resume('anna')).toEqual(['c1']);
    expect(heard(story)).toMatchObject({ caller: 'sales-music' });
    const rung = ringing(story);
    expect(rung).toHaveLength(1);
    expect(story.bodies.at(-1)).toMatchObject({ type: 'call.offered', purpose: 'device', autoAnswer: true });
    answers();
    expect(heard(story)).toEqual({ caller: rung[0], [rung[0] ?? '']: 'caller' });
    expect(story.call.legs['anna.1']).toMatchObject({ phase: 'leaving' });
  });

  test('what the agent had on hold stays on hold', () => {
    const story = consulted();
    const { resumption, answers } = scene(story);
    resumption.resume('anna');
    const [page = ''] = ringing(story);
    answers();
    expect(lines(story)).toMatchObject({ 'c1~l1': `caller, (${page})`, 'c1~l2': `${page}, boris.1` });
  });

  test('in a conference the others talk on meanwhile', () => {
    const story = conferring();
    const { resumption, answers } = scene(story);
    resumption.resume('anna');
    expect(heard(story)).toMatchObject({ caller: 'boris.1', 'boris.1': 'caller' });
    answers();
    expect(heard(story)).toMatchObject({ caller: expect.stringContaining('boris.1') });
  });

  test('twice in a row: only the last one is called', () => {
    const story = talking();
    const { resumption, answers } = scene(story);
    resumption.resume('anna');
    const first = ringing(story);
    resumption.resume('anna');
    const second = ringing(story);
    expect(second).toHaveLength(1);
    expect(second).not.toEqual(first);
    answers();
    expect(heard(story)).toMatchObject({ caller: second[0] });
  });

  test('and does not answer: the caller stays on hold, and is looked after when the former leg is found dead', () => {
    const story = talking();
    const { resumption } = scene(story);
    resumption.resume('anna');
    story.after(RING_MS);
    expect(heard(story)).toMatchObject({ caller: 'sales-music' });
    expect(story.leaves('anna.1')).toContainEqual(expect.objectContaining({ type: 'line.orphaned', agentId: 'anna' }));
  });

  test('its silence is heard of first: the caller hears music at once, and the new page has the call all the same', () => {
    const story = talking();
    const { resumption, answers } = scene(story);
    const [leg = ''] = resumption.legsOf('anna');
    expect(leg).toBe('anna.1');
    resumption.silent('anna', leg);
    expect(heard(story)).toMatchObject({ caller: 'sales-music' });
    resumption.resume('anna');
    const rung = ringing(story);
    answers();
    expect(heard(story)).toMatchObject({ caller: rung[0] });
  });

  test('it was a bad moment of the network: they talk on as soon as the page is heard, but not on a line held by the agent', () => {
    const story = talking();
    const { resumption } = scene(story);
    resumption.silent('anna', 'anna.1');
    resumption.heardAgain('anna', 'anna.1');
    expect(heard(story)).toMatchObject({ caller: 'anna.1' });
    story.command({ type: 'hold', agentId: 'anna', lineId: null });
    resumption.silent('anna', 'anna.1');
    resumption.heardAgain('anna', 'anna.1');
    expect(heard(story)).toMatchObject({ caller: 'sales-music' });
  });

  test('a call at another phone of the agent is left alone, and so is everything where there is no such phone', () => {
    for (const address of ['PJSIP/browser-other', 'PJSIP/desk']) {
      const story = talking();
      expect(scene(story, address).resumption.resume('anna')).toEqual([]);
      expect(ringing(story)).toEqual([]);
    }
  });
});
