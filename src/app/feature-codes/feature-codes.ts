/**
 * Feature codes: each is a dialogue with the phone that dialled it, and does what a command of the catalogue does. A controller that was
 * started anew meanwhile does not know how far a dialogue had got: the phone is let go, and dials again.
 */
import type { CallEvent } from '../../core/call/event.js';
import type { Call, LineId } from '../../core/call/state.js';
import type { CallMailbox } from '../call-mailbox.js';
import type { Execute } from '../catalogue/execute.js';
import type { Digits } from '../digits.js';
import type { Log } from '../ports.js';
import type { ScriptedLine, ScriptLeader } from '../scripts.js';
import type { FeaturePorts } from './asking.js';
import { Dialogue, HungUp } from './dialogue.js';
import { FEATURE_SCRIPT, type FeatureAsked } from './features.js';
import { leadThrough } from './lead-through.js';

export interface FeatureCodesPorts extends FeaturePorts {
  readonly execute: Execute;
  readonly digits: Digits;
  readonly mailbox: (callId: string) => CallMailbox | undefined;
  readonly log: Log;
}

export class FeatureCodes implements ScriptLeader {
  readonly #ports: FeatureCodesPorts;
  readonly #dialogues = new Map<LineId, Dialogue>();

  constructor(ports: FeatureCodesPorts) {
    this.#ports = ports;
  }

  changed(call: Call, lineId: LineId, line: ScriptedLine | null, events: readonly CallEvent[]): void {
    if (line === null || !line.script.active) {
      this.#dialogues.get(lineId)?.end();
      this.#dialogues.delete(lineId);
      return;
    }
    if (events.some((event) => event.type === 'script.started' && event.lineId === lineId)) this.#begin(call, line);
    const dialogue = this.#dialogues.get(lineId);
    for (const event of events) if (event.type === 'announcement.ended') dialogue?.announced(event.announcementId);
  }

  resume(call: Call, { id: lineId }: ScriptedLine): void {
    const onward = { kind: 'nowhere', reason: 'normal' } as const;
    this.#ports.mailbox(call.id)?.decideNow({ type: 'scriptGo', lineId, onward, keep: 'no', position: '{}' });
  }

  #begin(call: Call, { id: lineId, members, script }: ScriptedLine): void {
    const mailbox = this.#ports.mailbox(call.id);
    const legId = members[0]?.legId;
    if (mailbox === undefined || legId === undefined) return;
    const dialogue = new Dialogue({ mailbox, digits: this.#ports.digits, callId: call.id, lineId, legId });
    this.#dialogues.set(lineId, dialogue);
    const asked = JSON.parse(script.position) as FeatureAsked;
    const feature = script.name.slice(FEATURE_SCRIPT.length + 1);
    // Not within the decision that began it: a dialogue commands the call in its first breath.
    void Promise.resolve()
      .then(() => leadThrough(this.#ports, dialogue, feature, asked, call))
      .catch((error: unknown) => this.#failed(call, dialogue, error));
  }

  #failed(call: Call, dialogue: Dialogue, error: unknown): void {
    if (error instanceof HungUp) return;
    this.#ports.log.error({ callId: call.id, err: error }, 'a feature code failed');
    try {
      dialogue.go({ kind: 'nowhere', reason: 'unavailable' });
    } catch {
      // Hung up meanwhile.
    }
  }
}
