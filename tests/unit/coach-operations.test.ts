/** Which trainer is rung, who may stop whom, and what an agent hears when nobody comes. */
import { describe, expect, test } from '@jest/globals';
import type { Viewer } from '../../src/app/application.js';
import type { CallMailbox } from '../../src/app/call-mailbox.js';
import { coachOperations } from '../../src/app/coach-operations.js';
import type { TrainerSetting } from '../../src/app/directory.js';
import { tellMissedTrainers } from '../../src/app/missed-trainers.js';
import type { CallOperationsPorts } from '../../src/app/own-call.js';
import { indexSettings } from '../../src/app/settings-in-force.js';
import { coachingsOf } from '../../src/core/call/coaching.js';
import type { CallCommand } from '../../src/core/call/command.js';
import type { CallEvent } from '../../src/core/call/event.js';
import { isRefusal } from '../../src/core/refusal.js';
import { talking } from '../support/call-lines.js';
import { account, CENTRE, QUEUE } from '../support/configuration.js';

const OF_ANNA: TrainerSetting = { of: 'agent', id: 'anna', trainerId: 'clara' };
const OF_TEAM: TrainerSetting = { of: 'team', id: 'north', trainerId: 'vera' };
const OF_QUEUE: TrainerSetting = { of: 'queue', id: 'sales', trainerId: 'boris' };

/** A customer of the queue talks with Anna, of the team north; Boris, Clara and Vera (a supervisor) are there too, Dora has no phone. */
function scene(trainers: readonly TrainerSetting[], busy: readonly string[] = []) {
  const story = talking();
  const names = ['anna', 'boris', 'clara', 'vera', 'dora'];
  const agents = names.map((id, index) =>
    account(`10${index}`, { id, teamId: id === 'anna' ? 'north' : null, ...(id === 'dora' ? { devices: [] } : {}) }),
  );
  const settings = indexSettings({
    ...{
      statuses: [],
      members: [],
      routes: [],
      outgoingRules: [],
      keySets: [],
      scenarios: [],
      phoneLogins: [],
      teams: [],
    },
    ...{ agents, queues: [QUEUE], centre: CENTRE, trainers },
  });
  const told: string[] = [];
  const phones = { status: 'connected', tell: async (legId: string) => void told.push(legId) };
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
    switchboard: { mailbox: (id: string) => (id === 'c1' ? (mailbox as unknown as CallMailbox) : undefined) },
    phones,
    views: { callView: () => ({ shown: true }) },
    routing: () => ({ settings, isFree: (id: string) => !busy.includes(id) }),
  } as unknown as CallOperationsPorts;
  const rung = () => coachingsOf(story.call).map(({ coachId, mode, stage }) => `${coachId} ${mode} ${stage}`);
  return {
    story,
    operations: coachOperations(ports),
    rung,
    told,
    tells: { phones: ports.phones, settings: () => settings },
  };
}

const as = (agentId: string, role: Viewer['role'] = 'agent'): Viewer => ({ agentId, role });

describe('an agent calls the trainer', () => {
  test.each([
    ['the one given comes before all others', [OF_ANNA, OF_QUEUE], 'vera', 'vera whisper rings'],
    ['then the own one', [OF_ANNA, OF_TEAM, OF_QUEUE], null, 'clara whisper rings'],
    ["then the team's", [OF_TEAM, OF_QUEUE], null, 'vera whisper rings'],
    ['then that of the queue', [{ ...OF_TEAM, id: 'south' }, OF_QUEUE], null, 'boris whisper rings'],
  ])('%s', async (_what, trainers, given, expected) => {
    const { operations, rung } = scene(trainers);
    expect(await operations.coach('anna', 'c1', given)).toEqual({ shown: true });
    expect(rung()).toEqual([expected]);
  });

  test.each([
    ['noTrainer', [], [], null, false],
    ['agentBusy', [OF_ANNA], ['clara'], null, true],
    ['noDevice', [], [], 'dora', true],
    ['notFound', [], [], 'nobody', false],
  ] as const)('%s', async (refused, trainers, busy, given, isTold) => {
    const { operations, rung, told } = scene(trainers, busy);
    expect(await operations.coach('anna', 'c1', given)).toMatchObject({ refused });
    expect([rung(), told]).toEqual([[], isTold ? ['anna.1'] : []]);
  });

  test("only in a call of the agent's own", async () => {
    const { operations } = scene([OF_ANNA]);
    expect(await operations.coach('boris', 'c1', 'clara')).toMatchObject({ refused: 'notFound' });
    expect(await operations.coach('anna', 'c2', null)).toMatchObject({ refused: 'notFound' });
  });

  test('who does not come is told of to that agent, by ear; who was called off is not, nor a supervisor of the own phone', async () => {
    const failed = async (act: (each: ReturnType<typeof scene>) => Promise<unknown> | unknown) => {
      const each = scene([OF_ANNA]);
      await each.operations.coach('anna', 'c1', null);
      const before = each.story.call;
      const seen = each.story.events.length;
      await act(each);
      tellMissedTrainers(each.tells, before, each.story.call, each.story.events.slice(seen) as readonly CallEvent[]);
      return each.told;
    };
    const ring = ({ story }: ReturnType<typeof scene>) => {
      const leg = Object.values(story.call.legs).find(({ role }) => role === 'coach');
      return leg?.id ?? '';
    };
    expect(await failed((each) => each.story.leaves(ring(each), 21))).toEqual(['anna.1']);
    expect(await failed((each) => each.operations.stopCoaching(as('anna'), 'c1', null))).toEqual([]);
    const supervised = scene([]);
    await supervised.operations.listen('vera', 'c1', 'anna', 'listen');
    const before = supervised.story.call;
    const seen = supervised.story.events.length;
    supervised.story.leaves(ring(supervised), 21);
    tellMissedTrainers(supervised.tells, before, supervised.story.call, supervised.story.events.slice(seen));
    expect(supervised.told).toEqual([]);
  });
});

describe('who may send a trainer away', () => {
  const withVera = async () => {
    const each = scene([]);
    await each.operations.listen('vera', 'c1', 'anna', 'whisper');
    return each;
  };

  test('an agent only the one whom the agent has called', async () => {
    const own = scene([OF_ANNA]);
    await own.operations.coach('anna', 'c1', null);
    expect(await own.operations.stopCoaching(as('anna'), 'c1', 'clara')).toEqual({ shown: true });
    const { operations, rung } = await withVera();
    for (const whom of [null, 'vera']) {
      expect(await operations.stopCoaching(as('anna'), 'c1', whom)).toMatchObject({ refused: 'notFound' });
    }
    expect(await operations.stopCoaching(as('boris'), 'c1', 'vera')).toMatchObject({ refused: 'notFound' });
    expect(rung()).toEqual(['vera whisper rings']);
  });

  test('the trainer, and any supervisor by name', async () => {
    const one = await withVera();
    expect(await one.operations.stopCoaching(as('vera', 'supervisor'), 'c1', null)).toEqual({ shown: true });
    const other = await withVera();
    expect(await other.operations.stopCoaching(as('zoe', 'administrator'), 'c1', null)).toMatchObject({
      refused: 'notFound',
    });
    expect(await other.operations.stopCoaching(as('zoe', 'administrator'), 'c1', 'vera')).toEqual({ shown: true });
  });

  test('nobody changes the mode of another', async () => {
    const { operations } = await withVera();
    expect(await operations.coachMode('anna', 'c1', 'barge')).toMatchObject({ refused: 'notFound' });
    expect(await operations.coachMode('boris', 'c1', 'barge')).toMatchObject({ refused: 'notFound' });
    expect(await operations.coachMode('vera', 'c1', 'barge')).toMatchObject({ refused: 'wrongState' });
  });
});
