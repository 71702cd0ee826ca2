/**
 * What a call's events change in the table `calls`, in each agent's record of offers, in the tags and in the list of recordings: one
 * row a call or recording, kept up as it goes.
 */
import type { CallEvent } from '../../core/call/event.js';
import type { Statement, Value } from './statement.js';

interface NewCall {
  readonly started: readonly Value[];
  queueId: string | null;
  queuedAt: number | null;
}

/** Gathers the changes of one transaction. */
export class CallRows {
  readonly #created = new Map<string, NewCall>();
  readonly #updates: Statement[] = [];

  add(event: CallEvent): void {
    switch (event.type) {
      case 'call.started':
        this.#start(event);
        break;
      case 'call.queued':
        this.#queue(event.callId, event.queueId, event.enteredAt);
        break;
      case 'call.connected':
        this.#updates.push({
          name: 'connectCall',
          values: [event.at, event.waitedMs, event.agentId, event.queueId, event.callId],
        });
        if (event.agentId !== null) this.#outcome(event, event.agentId, 'answered');
        break;
      case 'offer.failed':
        if (event.agentId !== null) this.#outcome(event, event.agentId, event.outcome);
        break;
      case 'recording.opened':
        this.#openRecording(event);
        break;
      case 'recording.closed':
        this.#closeRecording(event);
        break;
      case 'call.tagged': {
        const { callId, tag, agentId, at } = event;
        this.#updates.push({ name: 'insertTag', values: [callId, tag, agentId ?? '', at, callId, at] });
        break;
      }
      case 'call.untagged':
        this.#updates.push({ name: 'removeTag', values: [event.callId, event.tag] });
        break;
      case 'call.rated':
        this.#updates.push({ name: 'rateCall', values: [event.score, event.callId] });
        break;
      case 'call.ended':
        if (event.outcome === 'turnedAway') this.#belongs(event.callId, event.queueId);
        this.#updates.push({
          name: 'endCall',
          values: [event.at, event.outcome, event.waitedMs, event.talkedMs, event.callId],
        });
        break;
      default:
    }
  }

  /** Ended, and nothing of it is left. */
  close(callId: string): void {
    this.#updates.push({ name: 'closeCall', values: [callId] });
  }

  statements(): Statement[] {
    const created = [...this.#created.values()].map(
      (call): Statement => ({ name: 'insertCall', values: [...call.started, call.queueId, call.queuedAt] }),
    );
    return [...created, ...this.#updates];
  }

  #outcome(
    event: { readonly callId: string; readonly queueId: string | null; readonly at: number },
    agentId: string,
    outcome: string,
  ): void {
    const { callId, queueId, at } = event;
    this.#updates.push({ name: 'insertOutcome', values: [callId, agentId, queueId, at, outcome] });
  }

  #openRecording(event: CallEvent & { type: 'recording.opened' }): void {
    const { recordingId: id, name, callId, conversationId, parties, at } = event;
    this.#updates.push({ name: 'openRecording', values: [id, name, callId, conversationId, at, callId] });
    for (const [position, { agentId, party }] of parties.entries())
      this.#updates.push({ name: 'insertParty', values: [id, position, at, agentId, party.number, party.name] });
  }

  #closeRecording({ recordingId: id, outcome, durationMs, at }: CallEvent & { type: 'recording.closed' }): void {
    if (outcome === 'lost') this.#updates.push({ name: 'loseRecording', values: [at, id] });
    else this.#updates.push({ name: 'closeRecording', values: [at, outcome, durationMs, id] });
  }

  #start(event: CallEvent & { type: 'call.started' }): void {
    const { callId, direction, from, dialled, agentId, queueId = null, at } = event;
    const started = [callId, direction, from.number, from.name, dialled, agentId, at];
    this.#created.set(callId, { started, queueId, queuedAt: null });
  }

  /** It never joined the queue, but is found by it. */
  #belongs(callId: string, queueId: string | null): void {
    const created = this.#created.get(callId);
    if (created !== undefined) created.queueId = queueId;
  }

  /** Most calls are queued in the breath in which they start: then it is still one INSERT. */
  #queue(callId: string, queueId: string, enteredAt: number): void {
    const created = this.#created.get(callId);
    if (created === undefined) {
      this.#updates.push({ name: 'queueCall', values: [queueId, enteredAt, callId] });
      return;
    }
    created.queueId = queueId;
    created.queuedAt ??= enteredAt;
  }
}
