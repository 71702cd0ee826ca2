/** A call with several lines, told in tests: what agents ask for, what everybody hears. */
import type { CallCommand } from '../../src/core/call/command.js';
import type { AgentId, HangUpRule, LegId, Target } from '../../src/core/call/state.js';
import { linesOf } from '../../src/core/call/state.js';
import { topology } from '../../src/core/call/topology.js';
import { agentTarget, customerCalls, offer, toQueue } from './call-fixtures.js';
import { CallStory } from './call-story.js';

export const FIRST = 'c1~l1';
export const SECOND = 'c1~l2';
export const THIRD = 'c1~l3';

/** A customer (leg `caller`) talks with Anna (leg `anna.1`), since the queue rang her. */
export function talking(hangUpRule: HangUpRule = 'recall'): CallStory {
  const story = new CallStory({ ...customerCalls(toQueue()), hangUpRule });
  story.command(offer('anna'));
  story.answers('anna.1');
  return story;
}

/** Anna has asked Boris (leg `boris.1`), who rings. */
export function consulting(hangUpRule: HangUpRule = 'recall', target: Target = agentTarget('boris')): CallStory {
  const story = talking(hangUpRule);
  story.command(consult(target));
  return story;
}

/** Anna talks with Boris, the customer is on hold. */
export function consulted(hangUpRule: HangUpRule = 'recall'): CallStory {
  const story = consulting(hangUpRule);
  story.answers('boris.1');
  return story;
}

/** The customer, Anna and Boris in one conversation. */
export function conferring(): CallStory {
  const story = consulted();
  story.command({ type: 'conference', agentId: 'anna' });
  return story;
}

export function consult(target: Target, agentId: AgentId = 'anna'): CallCommand {
  return { type: 'consult', agentId, onward: { kind: 'target', target } };
}

export function transfer(target: Target, stays = false, lineId: string | null = null): CallCommand {
  return { type: 'transfer', agentId: 'anna', lineId, onward: { kind: 'target', target }, stays };
}

export function ask(type: 'hold' | 'resume' | 'hangUp', lineId: string | null = null, agentId = 'anna'): CallCommand {
  return { type, agentId, lineId };
}

export const COMPLETE = { type: 'complete', agentId: 'anna', lineId: null, withId: null } as const;
export const CONFERENCE = { type: 'conference', agentId: 'anna' } as const;

/** In words, for every leg that has been answered: whom it hears, or what. */
export function heard({ call }: CallStory): Record<LegId, string> {
  const legs = [...topology(call).legs.values()].filter(({ id }) => {
    const phase = call.legs[id]?.phase;
    return phase === 'up' || phase === 'arrived';
  });
  return Object.fromEntries(
    legs.map(({ id, hears }) => {
      if (hears.kind === 'music') return [id, hears.music];
      if (hears.kind !== 'conversation') return [id, hears.kind];
      const all = linesOf(call).flatMap(({ conversation }) => {
        return conversation?.id === hears.conversationId ? conversation.legIds : [];
      });
      return [
        id,
        all
          .filter((other) => other !== id)
          .sort()
          .join(' and '),
      ];
    }),
  );
}

/** Legs that are being rung. */
export function ringing({ call }: CallStory): readonly LegId[] {
  return Object.values(call.legs).flatMap(({ id, phase }) => (phase === 'dialling' || phase === 'ringing' ? [id] : []));
}

/** The lines in words: who is on each, `(held)` by whom, and what it waits for. */
export function lines({ call }: CallStory): Record<string, string> {
  return Object.fromEntries(
    linesOf(call).map(({ id, members, offers, stay, orphan }) => {
      const who = members.map(({ legId, away }) => (away ? `(${legId})` : legId));
      const waits = [stay === null ? [] : [`queue ${stay.queueId}`], orphan === null ? [] : [orphan.stage]].flat();
      return [id, [...who, ...waits, ...offers.map(({ purpose }) => `${purpose} rings`)].join(', ')];
    }),
  );
}
