/** Prepared messages by phone: played one after another, removed, and one more recorded. */
import { isRefusal } from '../../core/refusal.js';
import type { MessageOperations } from '../application.js';
import { MOST_MESSAGE_MS } from '../messages/limits.js';
import type { VoiceMessage } from '../messages/store.js';
import type { Asking } from './asking.js';
import { counted, sound } from './sounds.js';

/** The keys that voicemail has used for these since there was voicemail. */
const KEY = { previous: '4', again: '5', next: '6', remove: '7' } as const;
const MARGIN_MS = 30_000;

/** 4 the one before, 5 again, 6 the next, 7 removes it; * or # ends. */
export async function hearMessages({ ports, dialogue, viewer }: Asking): Promise<void> {
  const { messages } = ports;
  let list = (await messages.list(viewer)).filter(({ state }) => state === 'ready');
  await dialogue.say([sound('vm-youhave'), counted(list.length), sound('vm-messages')]);
  let at = 0;
  while (at < list.length) {
    const message = list[at];
    if (message === undefined) return;
    const key = await played(message, at, dialogue);
    if (key === '*' || key === '#') return;
    if (key === KEY.remove && (await removed(messages, viewer, message.id))) {
      list = list.filter((each) => each !== message);
      await dialogue.tell([sound('vm-deleted')]);
    } else if (key === KEY.remove) {
      await dialogue.tell([sound('beeperr'), sound('im-sorry')]);
    } else if (key !== KEY.again) {
      at = key === KEY.previous ? Math.max(at - 1, 0) : at + 1;
    }
  }
  await dialogue.tell([sound('vm-nomore')]);
}

async function played(message: VoiceMessage, index: number, dialogue: Asking['dialogue']): Promise<string> {
  const items = [sound('vm-message'), counted(index + 1), { kind: 'recording', name: message.sound } as const];
  const limit = message.durationMs + MARGIN_MS;
  return (await dialogue.say(items, limit)) ?? (await dialogue.ask({ items: [sound('beep')], most: 1 })) ?? KEY.next;
}

async function removed(messages: MessageOperations, viewer: Asking['viewer'], id: string): Promise<boolean> {
  return !isRefusal(await messages.remove(viewer, id));
}

/** "Leave your message after the tone. When done, hang up, or press the pound key." Then it is played back. */
export async function recordMessage({ ports, dialogue, viewer }: Asking): Promise<void> {
  const { messages, application } = ports;
  const message = await messages.begin(viewer.agentId, await freeName(ports, viewer, application.now()));
  if (isRefusal(message)) {
    await dialogue.tell([sound('beeperr'), sound('im-sorry')]);
    return;
  }
  try {
    await dialogue.tell([sound('vm-intro')]);
    const dictation = { kind: 'dictation', name: message.sound, maxMs: MOST_MESSAGE_MS } as const;
    await dialogue.tell([dictation], MOST_MESSAGE_MS + MARGIN_MS);
  } finally {
    // Hung up: that ends a message, too.
    await messages.finish(message.id);
  }
  await dialogue.say([{ kind: 'recording', name: message.sound }, sound('vm-msgsaved')], MOST_MESSAGE_MS + MARGIN_MS);
}

/** Nobody can type a name on a phone: the day and the time, changed later where there is a keyboard. */
async function freeName({ messages }: Asking['ports'], viewer: Asking['viewer'], now: number): Promise<string> {
  const name = new Date(now).toISOString().slice(0, 'YYYY-MM-DDThh:mm:ss'.length).replace('T', ' ');
  const taken = new Set((await messages.list(viewer)).map((message) => message.name));
  let free = name;
  for (let count = 2; taken.has(free); count += 1) free = `${name} (${count})`;
  return free;
}
