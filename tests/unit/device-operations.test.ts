/** Which phones ring when an agent takes a conversation elsewhere. */
import { describe, expect, test } from '@jest/globals';
import type { CallMailbox } from '../../src/app/call-mailbox.js';
import { deviceOperations } from '../../src/app/device-operations.js';
import type { CallOperationsPorts } from '../../src/app/own-call.js';
import type { CallCommand } from '../../src/core/call/command.js';
import { isRefusal } from '../../src/core/refusal.js';
import { agentTarget, annaDials, CUSTOMER, toTarget } from '../support/call-fixtures.js';
import { talking } from '../support/call-lines.js';
import { CallStory } from '../support/call-story.js';
import { account, CENTRE } from '../support/configuration.js';

const device = (address: string) => ({ id: address.replace('/', '-'), address, autoAnswer: true });

function scene(story: CallStory, addresses: readonly string[], isRung = false) {
  const anna = account('101', { id: 'anna', devices: addresses.map(device) });
  const mailbox = {
    get call() {
      return story.call;
    },
    async command(command: CallCommand) {
      const result = story.command(command);
      return isRefusal(result) ? result : story.call;
    },
  };
  const ports = {
    switchboard: { mailbox: () => mailbox as unknown as CallMailbox },
    phones: { status: 'connected' },
    views: { callView: () => ({ shown: true }) },
    routing: () => ({ settings: { agents: new Map([['anna', anna]]), centre: CENTRE }, isRung: () => isRung }),
  } as unknown as CallOperationsPorts;
  const rung = () =>
    story.bodies.flatMap((body) =>
      body.type === 'call.offered' && body.purpose === 'device'
        ? [{ to: body.legs.map(({ address }) => address), shows: body.shows }]
        : [],
    );
  return { operations: deviceOperations(ports), rung };
}

describe('an agent moves to another phone', () => {
  test('all but the one at which the agent talks ring, and show the other party', async () => {
    const { operations, rung } = scene(talking(), ['PJSIP/anna-1', 'PJSIP/mobile', 'PJSIP/home']);
    expect(await operations.moveToDevice('anna', 'c1')).toEqual({ shown: true });
    expect(rung()).toEqual([{ to: ['PJSIP/mobile', 'PJSIP/home'], shows: CUSTOMER }]);
    expect(await operations.cancelMove('anna', 'c1')).toEqual({ shown: true });
    expect(await operations.cancelMove('anna', 'c1')).toMatchObject({ refused: 'wrongState' });
  });

  test('also where the agent has dialled the call on a phone', async () => {
    const dials = annaDials('internal', toTarget(agentTarget('boris')));
    if (dials.type !== 'arrive') throw new Error('she dials');
    const story = new CallStory({ ...dials, leg: { ...dials.leg, calledFrom: 'PJSIP/desk' } });
    story.answers('boris.1');
    const { operations, rung } = scene(story, ['PJSIP/desk', 'PJSIP/mobile']);
    await operations.moveToDevice('anna', 'c1');
    expect(rung()).toMatchObject([{ to: ['PJSIP/mobile'] }]);
  });

  test('who has no other phone, or is being rung, cannot; nor anybody who is not in the call', async () => {
    const one = scene(talking(), ['PJSIP/anna-1']);
    expect(await one.operations.moveToDevice('anna', 'c1')).toMatchObject({ refused: 'noDevice' });
    const rung = scene(talking(), ['PJSIP/anna-1', 'PJSIP/mobile'], true);
    expect(await rung.operations.moveToDevice('anna', 'c1')).toMatchObject({ refused: 'agentBusy' });
    expect(await rung.operations.moveToDevice('boris', 'c1')).toMatchObject({ refused: 'notFound' });
    expect([one.rung(), rung.rung()]).toEqual([[], []]);
  });
});
