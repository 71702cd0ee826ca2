/** What the desktop says can be done with a line is what the service then does: held against the same rules, whatever happened before. */
import { describe, expect, jest, test } from '@jest/globals';
import { callOperations } from '../../src/app/call-operations.js';
import { coachingViews, legViews, lineViews, moveViews } from '../../src/app/call-view.js';
import type { CallView } from '../../src/app/view.js';
import type { AgentsCommand, CallCommand } from '../../src/core/call/command.js';
import { decide } from '../../src/core/call/decide.js';
import { type Call, linesOf, phaseOf } from '../../src/core/call/state.js';
import { isRefusal } from '../../src/core/refusal.js';
import { type Panel, panelsOf } from '../../web/src/calls/lines.js';
import { type Action, whyNot, whyNotRecord } from '../../web/src/calls/possible.js';
import { ANYTHING, type Anything } from '../support/call-actions.js';
import { agentTarget } from '../support/call-fixtures.js';
import { CallRun } from '../support/call-run.js';
import fc from '../support/properties.js';

/** Thousands of calls. */
jest.setTimeout(60_000);
/** Always the same calls, so that how often each thing happens is no matter of chance. */
const SEED = 7;

function viewOf(call: Call): CallView {
  const { id, direction, from, dialled, startedAt, tags } = call;
  return {
    ...{ id, direction, phase: phaseOf(call), from, dialled, startedAt, tags },
    ...{
      queueId: null,
      queueName: null,
      connectedAt: null,
      endedAt: null,
      outcome: null,
      position: null,
      crm: null as never,
    },
    legs: legViews(call),
    lines: lineViews(call),
    coachings: coachingViews(call, (agentId) => agentId),
    moves: moveViews(call),
  };
}

/** Nobody whom any of the calls knows. */
const STRANGER = agentTarget('nobody-yet', 1, 2 ** 40);
const onward = { kind: 'target', target: STRANGER } as const;

function commandFor(action: Action, agentId: string, lineId: string): AgentsCommand | null {
  const own = { agentId, lineId };
  switch (action) {
    case 'hold':
    case 'resume':
    case 'hangUp':
      return { type: action, ...own };
    case 'mute':
      return { type: 'setMuted', agentId, muted: true };
    case 'transfer':
      return { type: 'transfer', ...own, onward, stays: false };
    case 'consult':
      return { type: 'consult', agentId, onward };
    case 'invite':
      return { type: 'invite', ...own, target: STRANGER };
    case 'complete':
      return { type: 'complete', ...own, withId: null };
    case 'conference':
      return { type: 'conference', agentId };
    case 'record':
      return { type: 'record', ...own, action: 'start' };
    case 'leaveMessage':
      return { type: 'leaveMessage', ...own, announcementId: 'a1', items: [], timeoutMs: 1_000 };
    case 'park':
      return { type: 'park', ...own, slot: '701', limitMs: 60_000 };
    case 'moveToDevice':
      return { type: 'moveToDevice', agentId, target: STRANGER };
    case 'tag':
      return { type: 'tag', agentId, tag: 'a tag' };
    case 'coach':
      return null;
  }
}

const ACTIONS = [
  ...(['hold', 'resume', 'mute', 'hangUp', 'transfer', 'consult', 'invite', 'complete', 'conference'] as const),
  ...(['record', 'leaveMessage', 'park', 'moveToDevice', 'tag'] as const),
];

function refused(call: Call, action: Action, panel: Panel, agentId: string): boolean {
  if (action === 'coach') {
    const asks = { coachedId: agentId, byAgentId: agentId, mode: 'whisper', target: STRANGER } as const;
    return isRefusal(decide(call, { type: 'coach', ...asks }, 1e6));
  }
  const command = commandFor(action, agentId, panel.lineId);
  return command !== null && isRefusal(decide(call, command, 1e6));
}

/** While a queue says something the service joins nobody with it; that it speaks is not in the picture. */
function isToldItsPlace(call: Call): boolean {
  return linesOf(call).some(({ stay, announcement }) => stay !== null && announcement !== null);
}

function disagreements(call: Call, counts: Map<string, number>): readonly string[] {
  const agentIds = new Set(Object.values(call.legs).flatMap((leg) => leg.agentId ?? []));
  return [...agentIds].flatMap((agentId) => {
    const panels = panelsOf([viewOf(call)], agentId);
    return panels.flatMap((panel) =>
      [...ACTIONS, 'coach' as const].flatMap((action) => {
        if (action === 'complete' && isToldItsPlace(call)) return [];
        const why = whyNot(action, panel, panels);
        const no = refused(call, action, panel, agentId);
        const kind = `${action} ${no ? 'refused' : 'done'}`;
        counts.set(kind, (counts.get(kind) ?? 0) + 1);
        return (why !== null) === no ? [] : [`${action} on ${panel.line.state}: said ${why}, refused ${no}`];
      }),
    );
  });
}

function ran({ beginning, hangUpRule, talks, actions }: Anything, seen: (call: Call, run: CallRun) => void): void {
  const run = new CallRun({ ...beginning, hangUpRule });
  if (talks) run.connect();
  for (const action of actions) {
    run.perform(action);
    seen(run.story.call, run);
  }
}

/** Everybody in the call asks for it: there are recordings in every state. */
function allRecord(run: CallRun, action: 'start' | 'pause'): Call {
  for (const agentId of new Set(Object.values(run.story.call.legs).flatMap((leg) => leg.agentId ?? [])))
    run.perform({ kind: 'command', command: { type: 'record', agentId, lineId: null, action }, actsAtOnce: true });
  return run.story.call;
}

/** The buttons of a recording as it is now. */
const RECORDING = { no: ['start'], yes: ['stop', 'pause'], paused: ['resume'] } as const;

/** What the service says to whoever may record, or may not: its own rule, around the call as it is. */
function recordingOf(call: Call, agentId: string, mayRecord: boolean) {
  const agents = new Map([[agentId, { id: agentId, mayRecord }]]);
  const mailbox = { call, command: async (asked: CallCommand) => decide(call, asked, 1e6) };
  return callOperations({
    switchboard: { mailbox: () => mailbox },
    ...{ phones: { status: 'connected' }, views: { callView: (decided: unknown) => decided } },
    ...{ routing: () => ({ settings: { agents } }), mayWriteRecordings: () => true },
  } as never).record;
}

async function recordingDisagreements(call: Call, counts: Map<string, number>): Promise<readonly string[]> {
  const found: string[] = [];
  for (const agentId of new Set(Object.values(call.legs).flatMap((leg) => leg.agentId ?? []))) {
    const panels = panelsOf([viewOf(call)], agentId);
    for (const panel of panels)
      for (const mayRecord of [true, false])
        for (const action of RECORDING[panel.line.recording]) {
          const why = whyNotRecord(panel, panels, mayRecord);
          const answer = await recordingOf(call, agentId, mayRecord)(agentId, call.id, panel.lineId, action);
          const kind = `${action} ${isRefusal(answer) ? answer.refused : 'done'}`;
          counts.set(kind, (counts.get(kind) ?? 0) + 1);
          if ((why === 'mayNotRecord') === mayRecord || (why !== null) !== isRefusal(answer))
            found.push(`${kind} on ${panel.line.state}: said ${why}, may ${mayRecord}`);
        }
  }
  return found;
}

describe('what the desktop offers', () => {
  test('is refused by no rule of the service, and what it does not offer would be refused', () => {
    const counts = new Map<string, number>();
    fc.assert(
      fc.property(ANYTHING, (anything) => {
        ran(anything, (call) => expect(disagreements(call, counts)).toEqual([]));
      }),
      { numRuns: 60, seed: SEED },
    );
    for (const action of ACTIONS) expect(counts.get(`${action} done`) ?? 0).toBeGreaterThan(20);
    for (const action of ['hold', 'transfer', 'complete', 'conference', 'park'])
      expect(counts.get(`${action} refused`) ?? 0).toBeGreaterThan(20);
  });

  test('recording is for those who may, however far the call and its recording are', async () => {
    const counts = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(ANYTHING, async (anything) => {
        const seen: Call[] = [];
        ran(anything, (call, run) => {
          const step = seen.push(call);
          if (step % 3 === 0) seen.push(allRecord(run, 'start'), allRecord(run, 'pause'));
        });
        for (const call of seen) expect(await recordingDisagreements(call, counts)).toEqual([]);
      }),
      { numRuns: 25, seed: SEED },
    );
    for (const kind of ['start done', 'start wrongState', 'stop done', 'pause done', 'resume done'])
      expect([kind, (counts.get(kind) ?? 0) > 0]).toEqual([kind, true]);
    for (const action of ['start', 'stop', 'pause', 'resume'])
      expect([action, (counts.get(`${action} recordingNotAllowed`) ?? 0) > 0]).toEqual([action, true]);
  });
});
