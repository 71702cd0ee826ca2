/**
 * Who hears whom: from the members of a line who take part follows its conversation. Mechanical; after every event.
 *
 * Every pairing is a new conversation, with a new id: Asterisk does not always hear a partner who is put in another's place. A
 * conference goes on under its id while people join and leave, also when only two are left.
 */
import type { Conversation, Instant, LegId, Line, LiveCall } from './state.js';

/** The call with the conversations that its lines now are. */
export function withConversations(call: LiveCall, at: Instant): LiveCall {
  let count = call.conversationCount;
  let changed = false;
  const lines = call.lines.map((line) => {
    const conversation = conversationOf(call, line, count, at);
    if (conversation === line.conversation) return line;
    changed = true;
    if (conversation !== null && conversation.id !== line.conversation?.id) count += 1;
    return { ...line, conversation };
  });
  return changed ? { ...call, lines, conversationCount: count } : call;
}

function conversationOf(call: LiveCall, line: Line, count: number, at: Instant): Conversation | null {
  const legIds = takingPart(call, line);
  const before = line.conversation;
  if (legIds.length < 2) return null;
  if (before !== null && same(before.legIds, legIds)) return before;
  if (before?.mode === 'conference') return { ...before, legIds };
  const mode = legIds.length > 2 ? 'conference' : 'pair';
  return { id: `${call.id}~b${count + 1}`, mode, legIds, startedAt: at, recording: null };
}

function takingPart(call: LiveCall, line: Line): readonly LegId[] {
  if (line.stay !== null || line.announcement !== null || line.parked !== null) return [];
  return line.members
    .filter(({ legId, away }) => !away && IS_THERE.has(call.legs[legId]?.phase ?? 'leaving'))
    .map(({ legId }) => legId);
}

const IS_THERE: ReadonlySet<string> = new Set(['up', 'arrived']);

function same(before: readonly LegId[], now: readonly LegId[]): boolean {
  return before.length === now.length && before.every((id) => now.includes(id));
}
