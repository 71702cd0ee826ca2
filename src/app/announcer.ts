/** Tells waiting callers their place and the expected wait, at the times their queue says. One timer per waiting caller who is told anything. */
import type { CallEvent } from '../core/call/event.js';
import { type Call, type CallId, waitingLine } from '../core/call/state.js';
import { queueAnnouncement } from '../core/queue/announcement.js';
import type { CallMailbox } from './call-mailbox.js';
import { soundItem } from './callbacks/sound-item.js';
import type { QueueDesk } from './queue-desk.js';
import { newId } from './routing.js';

/** Longer than any announcement: the watchdog for a sound that never finishes. */
const TIMEOUT_MS = 30_000;
const GREETING_TIMEOUT_MS = 60_000;

export interface AnnouncerPorts {
  readonly desk: (queueId: string) => QueueDesk | undefined;
  readonly mailbox: (id: CallId) => CallMailbox | undefined;
}

export class Announcer {
  readonly #ports: AnnouncerPorts;
  readonly #timers = new Map<CallId, NodeJS.Timeout>();

  constructor(ports: AnnouncerPorts) {
    this.#ports = ports;
  }

  callDecided(after: Call, events: readonly CallEvent[]): void {
    for (const event of events) {
      if (event.type !== 'call.queued') continue;
      if (event.callback === true) this.#greet(after.id, event.queueId);
      this.#schedule(after, 'firstMs');
    }
    if (waitingLine(after)?.stay.leaving !== null) this.#cancel(after.id);
  }

  /** For calls taken up from an earlier run: the next announcement comes after a full interval. */
  resume(call: Call): void {
    this.#schedule(call, 'everyMs');
  }

  stop(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  #cancel(callId: CallId): void {
    clearTimeout(this.#timers.get(callId));
    this.#timers.delete(callId);
  }

  /** Whoever was called back, and is not put through at once, hears why the phone rang. */
  #greet(callId: CallId, queueId: string): void {
    const mailbox = this.#ports.mailbox(callId);
    const greeting = this.#ports.desk(queueId)?.settings.callbacks.greeting ?? null;
    const waiting = mailbox?.call == null ? null : waitingLine(mailbox.call);
    if (mailbox === undefined || greeting === null || waiting === null || waiting.offers.length > 0) return;
    const says = { announcementId: newId(callId), items: [soundItem(greeting)], timeoutMs: GREETING_TIMEOUT_MS };
    mailbox.decideNow({ type: 'announce', ...says });
  }

  #schedule(call: Call, after: 'firstMs' | 'everyMs'): void {
    this.#cancel(call.id);
    const waiting = waitingLine(call);
    if (waiting === null) return;
    const announce = this.#ports.desk(waiting.stay.queueId)?.settings.announce;
    if (announce === undefined || !(announce.position || announce.estimatedWait)) return;
    this.#timers.set(
      call.id,
      setTimeout(() => this.#announce(call.id), announce[after]),
    );
  }

  #announce(callId: CallId): void {
    const mailbox = this.#ports.mailbox(callId);
    const call = mailbox?.call;
    const waiting = call == null ? null : waitingLine(call);
    if (mailbox === undefined || call == null || waiting === null) return;
    const desk = this.#ports.desk(waiting.stay.queueId);
    if (desk !== undefined) {
      const { position, estimatedWait } = desk.settings.announce;
      const items = queueAnnouncement({
        language: call.language,
        position: position ? desk.line.position(callId) : null,
        estimatedWaitMs: estimatedWait ? desk.estimatedWaitMs(callId) : null,
      });
      // Refused when the call is just leaving: then there is nothing to say.
      if (items.length > 0) {
        mailbox.decideNow({ type: 'announce', announcementId: newId(callId), items, timeoutMs: TIMEOUT_MS });
      }
    }
    this.#schedule(call, 'everyMs');
  }
}
