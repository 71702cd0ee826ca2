/** What agents ask for at random: with the own lines, with others, and what the app answers to lines without an agent. */
import fc from 'fast-check';
import type { AgentsCommand, Destined } from '../../src/core/call/command.js';
import type { Target } from '../../src/core/call/state.js';
import { toQueue, toScript, toTarget } from './call-fixtures.js';

type Words<T> = T extends unknown ? Omit<T, 'agentId'> : never;

/** An agent's command without the agent; which agent it is comes with the run, so that it often is one who talks. */
export type Wish = Words<
  Exclude<
    AgentsCommand,
    {
      type:
        | 'handOver'
        | 'adopt'
        | 'removeParty'
        | 'muteParty'
        | 'pickUp'
        | 'takeOver'
        | 'goOver'
        | 'retrieve'
        | 'takeParked';
    }
  >
>;

const lineId = fc.oneof(
  { weight: 4, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.constantFrom('c1~l1', 'c1~l2', 'c1~l3', 'c1~l4', 'constructor') },
);

export function anyWish(target: fc.Arbitrary<Target>): fc.Arbitrary<Wish> {
  const destined = fc.oneof(
    { weight: 4, arbitrary: target.map((each) => toTarget(each)) },
    { weight: 1, arbitrary: fc.constant(toQueue('support', 20_000)) },
    { weight: 1, arbitrary: fc.constant(toScript()) },
  ) as fc.Arbitrary<Destined>;
  const plain = <T extends 'hangUp' | 'hold' | 'resume'>(type: T) => lineId.map((id): Wish => ({ type, lineId: id }));
  return fc.oneof(
    { weight: 1, arbitrary: plain('hangUp') },
    { weight: 2, arbitrary: plain('hold') },
    { weight: 3, arbitrary: plain('resume') },
    { weight: 1, arbitrary: fc.constant<Wish>({ type: 'stepAside' }) },
    { weight: 1, arbitrary: fc.boolean().map((muted): Wish => ({ type: 'setMuted', muted })) },
    { weight: 8, arbitrary: destined.map((onward): Wish => ({ type: 'consult', onward })) },
    {
      weight: 4,
      arbitrary: fc
        .tuple(lineId, destined, fc.boolean())
        .map(([id, onward, stays]): Wish => ({ type: 'transfer', lineId: id, onward, stays })),
    },
    {
      weight: 3,
      arbitrary: fc.tuple(lineId, lineId).map(([id, withId]): Wish => ({ type: 'complete', lineId: id, withId })),
    },
    { weight: 2, arbitrary: fc.constant<Wish>({ type: 'conference' }) },
    { weight: 3, arbitrary: lineId.map((id): Wish => ({ type: 'park', lineId: id, slot: '701', limitMs: 6_000 })) },
    { weight: 3, arbitrary: target.map((each): Wish => ({ type: 'moveToDevice', target: each })) },
    { weight: 1, arbitrary: fc.constant<Wish>({ type: 'cancelMove' }) },
    {
      weight: 4,
      arbitrary: fc.constantFrom('1', '2').map((address): Wish => ({ type: 'ringAgain', address, legId: '' })),
    },
    {
      weight: 3,
      arbitrary: fc.tuple(lineId, target).map(([id, each]): Wish => ({ type: 'invite', lineId: id, target: each })),
    },
    {
      weight: 3,
      arbitrary: fc
        .tuple(lineId, fc.constantFrom('start', 'start', 'stop', 'pause', 'resume'))
        .map(([id, action]): Wish => ({ type: 'record', lineId: id, action })),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(lineId, fc.nat()).map(
        ([id, number]): Wish => ({
          type: 'leaveMessage',
          lineId: id,
          announcementId: `m${number}`,
          items: [{ kind: 'recording', name: 'message' }],
          timeoutMs: 20_000,
        }),
      ),
    },
  );
}
