/** Everybody in a conference hears when somebody joins or leaves. */
import { type Call, linesOf } from '../core/call/state.js';
import type { CallMailbox } from './call-mailbox.js';
import type { PhoneSystem } from './phone-system.js';

/** Asterisk's own sounds for conferences. */
const JOINED = 'confbridge-join';
const LEFT = 'confbridge-leave';

export function soundChanges(
  before: Call | null,
  after: Call,
  mailbox: CallMailbox,
  { phones, on }: { readonly phones: PhoneSystem; readonly on: boolean },
): void {
  if (!on) return;
  for (const { id, conversation } of linesOf(after)) {
    if (conversation?.mode !== 'conference') continue;
    const former = before === null ? undefined : linesOf(before).find((line) => line.id === id)?.conversation;
    const were = former?.legIds ?? [];
    if (former === conversation) continue;
    const joined = conversation.legIds.some((legId) => !were.includes(legId));
    const left = were.some((legId) => !conversation.legIds.includes(legId));
    // When it has been done: whoever joins hears it too.
    const sound = joined ? JOINED : left ? LEFT : null;
    if (sound !== null) void mailbox.written().then(() => phones.sound(conversation.id, sound, after.language));
  }
}
