/**
 * A line's one party is led through a script, is sent on from there, and may come back.
 *
 *   started ─► active ──go, keep──► suspended: waits in a queue, rings somebody, talks
 *                ▲  │                   │
 *                │  └─go, no keep─► over│ nobody answered; with `after` also: the conversation is over, the party is still there
 *                └──────resumed─────────┘
 */
import type { Refusal } from '../refusal.js';
import type { ScriptCommand } from './command.js';
import { releaseAll } from './ending.js';
import type { CallEventBody } from './event.js';
import { lineOf } from './line.js';
import { failOffer } from './offer.js';
import { goOnward } from './onward.js';
import { NO_SUCH_LINE, wrongState } from './own-lines.js';
import { outcomeInScript } from './script-return.js';
import type { Instant, Line, LiveCall, Script, ScriptReturn } from './state.js';

type Scripted = Line & { readonly script: Script };
type Decided = readonly CallEventBody[] | Refusal;

export function scripted(call: LiveCall, command: ScriptCommand, now: Instant): Decided {
  const line = lineOf(call, command.lineId);
  if (line === null) return NO_SUCH_LINE;
  const { script } = line;
  if (script === null) return wrongState(call);
  const scripted: Scripted = { ...line, script };
  if (command.type === 'scriptTake') return script.active ? wrongState(call) : taken(call, scripted, command.outcome);
  return script.active ? led(call, scripted, command, now) : wrongState(call);
}

function led(
  call: LiveCall,
  line: Scripted,
  command: Exclude<ScriptCommand, { type: 'scriptTake' }>,
  now: Instant,
): Decided {
  const { id: lineId, script } = line;
  switch (command.type) {
    case 'scriptAnswer':
      return answer(line);
    case 'scriptSay': {
      const { announcementId, items, timeoutMs } = command;
      const deadlineAt = now + timeoutMs;
      const says = { type: 'announcement.started', lineId, ending: 'wait', announcementId, items, deadlineAt } as const;
      return [...answer(line), ...hush(line), says];
    }
    case 'scriptHush':
      return hush(line);
    case 'scriptTag':
      return call.tags.includes(command.tag) ? [] : [{ type: 'call.tagged', tag: command.tag, agentId: null }];
    case 'scriptRate': {
      const { queueId, agentId } = call.marks;
      return [{ type: 'call.rated', score: command.score, queueId, agentId }];
    }
    case 'scriptStep': {
      const { position, music = script.music } = command;
      const same = position === script.position && music === script.music;
      return same ? [] : [{ type: 'script.stepped', lineId, position, music }];
    }
    case 'scriptGo':
      return sentOn(call, line, command, now);
  }
}

function answer({ id: lineId, script }: Scripted): readonly CallEventBody[] {
  return script.answered ? [] : [{ type: 'script.answered', lineId }];
}

function hush({ announcement }: Line): readonly CallEventBody[] {
  return announcement === null ? [] : [{ type: 'announcement.ended', announcementId: announcement.id }];
}

function sentOn(
  call: LiveCall,
  line: Scripted,
  { onward, keep, position }: Extract<ScriptCommand, { type: 'scriptGo' }>,
  now: Instant,
): readonly CallEventBody[] {
  const { id: lineId } = line;
  if (onward.kind === 'nowhere' && onward.reason === 'normal' && call.lines.length === 1) {
    return [...hush(line), ...releaseAll(call, outcomeInScript(call, 'cancelled'), 'normal', now)];
  }
  const legIds = line.members.map(({ legId }) => legId);
  const leaves: CallEventBody =
    keep === 'no' ? { type: 'script.over', lineId } : { type: 'script.suspended', lineId, keep, position };
  return [...hush(line), leaves, ...goOnward(onward, call, lineId, legIds, now)];
}

/** Out of the queue it waits in, or from the phones that ring for it. Whoever talks with somebody is not taken away. */
function taken(call: LiveCall, line: Scripted, outcome: ScriptReturn): Decided {
  const { id: lineId, stay, offers, members } = line;
  if (members.length !== 1 || line.script.talked || line.parked !== null) return wrongState(call);
  const queueId = stay?.queueId ?? null;
  const withdrawn = offers.flatMap((offer) => failOffer(call, offer, queueId, 'withdrawn', 'normal'));
  const left: readonly CallEventBody[] =
    queueId === null || stay?.leaving != null ? [] : [{ type: 'queue.left', lineId, queueId, reason: 'moved' }];
  return [...withdrawn, ...left, { type: 'script.resumed', lineId, outcome }];
}
