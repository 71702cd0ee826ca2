/** What holds for every agent, whatever is asked and happens in whatever order. */
import { expect, test } from '@jest/globals';
import { isOfferable, receives } from '../../src/core/agent/availability.js';
import { newAgent } from '../../src/core/agent/evolve.js';
import { nextDeadline } from '../../src/core/agent/observe.js';
import type { Agent } from '../../src/core/agent/state.js';
import { isRefusal } from '../../src/core/refusal.js';
import { isCommand, policyWith, retryMs, type Step, statusList, take } from '../support/agent-story.js';
import fc from '../support/properties.js';

const callId = fc.constantFrom('a', 'b', 'c');
const statusId = fc.constantFrom(...statusList.map((status) => status.id), 'lunch');
const outcome = fc.constantFrom(
  'noAnswer',
  'busy',
  'rejected',
  'unavailable',
  'unknownNumber',
  'answeredElsewhere',
  'withdrawn',
);
const of = <T extends string>(type: T) => fc.constant(type);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ type: of('logIn'), sessionId: fc.constantFrom('s1', 's2') }),
  fc.record({ type: of('logOut'), by: fc.constantFrom('agent', 'supervisor') }),
  fc.record({ type: of('setStatus'), statusId }),
  fc.record({ type: of('forceStatus'), statusId, blocking: fc.boolean(), byAgentId: fc.constant('boss') }),
  fc.record({ type: of('endWrapUp') }),
  fc.record({ type: of('offered'), callId }),
  fc.record({ type: of('offerEnded'), callId, outcome, retryMs: fc.constant(retryMs), counted: fc.boolean() }),
  fc.record({ type: of('engaged'), callId, counted: fc.boolean() }),
  fc.record({ type: of('released'), callId, wrapUpMs: fc.constantFrom(0, 1_000) }),
  fc.record({ type: of('clock') }),
) as fc.Arbitrary<Step>;
const story = fc.array(fc.tuple(fc.nat(2_000), step), { maxLength: 60 });
const policies = fc
  .record({ missedLimit: fc.nat(3), blocks: fc.boolean(), statusAfterLogin: fc.constantFrom('sessionStart', 'ready') })
  .map(({ blocks, ...centre }) =>
    policyWith(centre, { id: 'noAnswer', blocking: blocks }, { id: 'callHandling', blocking: blocks }),
  );

/** Runs random stories and shows every step to `check`. */
function always(
  check: (before: Agent, step: Step, taken: ReturnType<typeof take>, now: number, offerable: boolean) => void,
) {
  fc.assert(
    fc.property(policies, story, (policy, steps) => {
      let agent = newAgent('anna');
      let now = 1_000;
      for (const [passed, next] of steps) {
        now += passed;
        const taken = take(agent, next, policy, now);
        check(agent, next, taken, now, isOfferable(taken.agent, policy, now));
        if (receives(taken.agent, policy)) expect(taken.agent.session).not.toBeNull();
        agent = taken.agent;
      }
    }),
    { numRuns: 300 },
  );
}

test('nobody is offerable while a call rings or goes on, or without a login', () => {
  always((_before, _step, { agent }, _now, offerable) => {
    if (agent.offeredCallId !== null || agent.callIds.length > 0 || agent.session === null)
      expect(offerable).toBe(false);
  });
});

test('no call is both ringing and answered, none is there twice, and no count is negative', () => {
  always((_before, _step, { agent }) => {
    if (agent.offeredCallId !== null) expect(agent.callIds).not.toContain(agent.offeredCallId);
    expect(new Set(agent.callIds).size).toBe(agent.callIds.length);
    expect(Math.min(agent.missed, agent.callsTaken, agent.offerableAt, agent.idleSince)).toBeGreaterThanOrEqual(0);
  });
});

test('a blocked status is never changed by the agent', () => {
  always((before, asked, { result, agent }) => {
    const byAgent = asked.type === 'setStatus' || asked.type === 'endWrapUp';
    if (before.status?.blocking !== true || !byAgent) return;
    expect(isRefusal(result) || result.length === 0).toBe(true);
    expect(agent.status).toEqual(before.status);
  });
});

test('a session and a status come and go together', () => {
  always((_before, _step, { agent }) => expect(agent.session === null).toBe(agent.status === null));
});

test('facts are never refused, the same fact twice in an instant changes nothing more', () => {
  always((_before, happened, { result, agent }, now) => {
    if (isCommand(happened)) return;
    expect(isRefusal(result)).toBe(false);
    expect(take(agent, happened, policyWith(), now).result).toEqual([]);
  });
});

test('events are numbered without gaps', () => {
  always((before, _step, { result, agent }) => {
    expect(agent.seq).toBe(before.seq + (isRefusal(result) ? 0 : result.length));
  });
});

test('whoever is in a status with a timer has a deadline, and the clock ends it then', () => {
  always((_before, _step, { agent }, now) => {
    const until = agent.status?.until ?? null;
    if (until === null) return;
    expect(nextDeadline(agent, now)).toBeLessThanOrEqual(until);
    expect(take(agent, { type: 'clock' }, policyWith(), until).agent.status?.until).toBeNull();
  });
});
