/** Begins to record by rule: the queue, an agent on the line, or the number called; and tells the parties where that is set. */
import type { CallEvent } from '../core/call/event.js';
import { type Call, type Line, linesOf } from '../core/call/state.js';
import { matchesPattern } from '../core/dial-rule.js';
import type { CallMailbox } from './call-mailbox.js';
import type { PhoneSystem } from './phone-system.js';
import type { SettingsInForce } from './settings-in-force.js';

export interface RecorderPorts {
  readonly phones: PhoneSystem;
  readonly mailbox: (id: string) => CallMailbox | undefined;
  readonly settings: () => SettingsInForce;
  /** Is there space for more recordings? */
  readonly mayWrite: () => boolean;
}

export class Recorder {
  readonly #ports: RecorderPorts;

  constructor(ports: RecorderPorts) {
    this.#ports = ports;
  }

  callDecided(after: Call, events: readonly CallEvent[]): void {
    const mailbox = this.#ports.mailbox(after.id);
    if (mailbox === undefined) return;
    if (events.some(({ type }) => BRINGS_TOGETHER.has(type))) {
      for (const line of linesOf(after)) this.#consider(mailbox, after, line);
    }
    const opened = events.find((event) => event.type === 'recording.opened');
    if (opened !== undefined) this.#tell(mailbox, after, opened.conversationId);
  }

  /** A line on which somebody has stopped it is left alone; a consult is a line of its own. */
  #consider(mailbox: CallMailbox, call: Call, line: Line): void {
    if (line.conversation === null || line.recorded !== 'no') return;
    const agentId = line.members.map(({ legId }) => call.legs[legId]?.agentId ?? null).find((id) => id !== null);
    if (agentId == null || !this.#isRecorded(call, line) || !this.#ports.mayWrite()) return;
    mailbox.decideNow({ type: 'record', agentId, lineId: line.id, action: 'start' });
  }

  #isRecorded(call: Call, line: Line): boolean {
    const { queues, agents, routes, outgoingRules } = this.#ports.settings();
    const { queueId } = call.marks;
    if (queueId !== null && queues.get(queueId)?.record === true) return true;
    const onLine = line.members.flatMap(({ legId }) => call.legs[legId]?.agentId ?? []);
    if (onLine.some((id) => agents.get(id)?.record === true)) return true;
    if (call.direction === 'inbound') return routes.get(call.dialled)?.record === true;
    if (call.direction !== 'outbound') return false;
    return outgoingRules.find(({ pattern }) => matchesPattern(pattern, call.dialled))?.record === true;
  }

  /** Once a call, when the conversation is there. */
  #tell(mailbox: CallMailbox, { recordingCount, language }: Call, conversationId: string): void {
    const { recordingNotice } = this.#ports.settings().centre;
    if (recordingNotice === 'none' || recordingCount > 1) return;
    const sound = recordingNotice === 'beep' ? 'beep' : ANNOUNCEMENT;
    void mailbox.written().then(() => this.#ports.phones.sound(conversationId, sound, language));
  }
}

/** "… is now being recorded": the only one of Asterisk's core sounds that says so, in every language. */
const ANNOUNCEMENT = 'conf-now-recording';

const BRINGS_TOGETHER: ReadonlySet<CallEvent['type']> = new Set(['call.connected', 'line.joined', 'legs.adopted']);
