/**
 * A prepared message is recorded by phone: the agent's phone rings, and what is said after the tone, until the key # or the hang-up, is
 * the message; then it is played back.
 */
import type { CallEvent } from '../core/call/event.js';
import type { AgentId, CallId } from '../core/call/state.js';
import { isRefusal, type Refusal, refuse } from '../core/refusal.js';
import type { MessageOperations } from './application.js';
import { MOST_MESSAGE_MS } from './messages/limits.js';
import type { VoiceMessage } from './messages/store.js';
import { type CallOperationsPorts, unavailable } from './own-call.js';
import type { Log } from './ports.js';
import { mannersOf } from './receive.js';
import { agentTarget, newId, partyOf } from './routing.js';

/** For the prompt before and the playback after. */
const MARGIN_MS = 30_000;

/** "Leave your message after the tone. When done, hang up, or press the pound key." */
const PROMPT = 'vm-intro';

export class Dictations {
  readonly #ports: CallOperationsPorts;
  readonly #messages: MessageOperations;
  readonly #log: Log;
  readonly #running = new Map<CallId, string>();

  constructor(ports: CallOperationsPorts, messages: MessageOperations, log: Log) {
    this.#ports = ports;
    this.#messages = messages;
    this.#log = log;
  }

  /** Answers the message that is about to be recorded. */
  async start(agentId: AgentId, name: string): Promise<VoiceMessage | Refusal> {
    const { phones, switchboard, isLoggedIn } = this.#ports;
    const { settings, isFree } = this.#ports.routing();
    const agent = settings.agents.get(agentId);
    if (agent === undefined || !isLoggedIn(agentId)) return refuse('notLoggedIn', 'Log in first.');
    if (agent.devices.length === 0) return refuse('noDevice', 'You have no phone to record with.');
    if (!isFree(agentId)) return refuse('agentBusy', 'You already have a call.');
    if (phones.status !== 'connected') return unavailable();
    const message = await this.#messages.begin(agentId, name);
    if (isRefusal(message)) return message;
    const id = phones.newCallId();
    const own = agentTarget(id, agent, { number: '', name: message.name }, settings.centre.directRingMs);
    const legs = own.legs.map((leg, index) => ({ ...leg, autoAnswer: agent.devices[index]?.autoAnswer ?? false }));
    this.#running.set(id, message.id);
    const mailbox = switchboard.originate(id, {
      type: 'originate',
      ...mannersOf(settings),
      direction: 'internal',
      from: partyOf(agent),
      dialled: '',
      language: agent.language,
      own: { ...own, legs },
      next: {
        kind: 'say',
        announcementId: newId(id),
        items: [
          { kind: 'sound', name: PROMPT },
          { kind: 'dictation', name: message.sound, maxMs: MOST_MESSAGE_MS },
          { kind: 'recording', name: message.sound },
        ],
        timeoutMs: 2 * MOST_MESSAGE_MS + MARGIN_MS,
      },
    });
    await mailbox.written();
    return message;
  }

  /** When the call is over the message is ready, or nothing was said. */
  callPublished(events: readonly CallEvent[]): void {
    const ended = events.find(({ type }) => type === 'call.ended');
    const messageId = ended === undefined ? undefined : this.#running.get(ended.callId);
    if (ended === undefined || messageId === undefined) return;
    this.#running.delete(ended.callId);
    this.#messages.finish(messageId).catch((error: unknown) => {
      this.#log.warn({ callId: ended.callId, error: String(error) }, 'a dictated message could not be finished');
    });
  }
}
