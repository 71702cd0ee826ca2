/**
 * Saying something to one leg: its items are played one after another, each a playback of its own, because Asterisk's "stop" ends
 * only the current item of a list. Playback ids are `<announcement id>.<item>`, so a late event of an old one matches nothing.
 */
import type { StepResult } from '../app/phone-system.js';
import type { Step } from '../core/call/plan.js';
import type { SoundItem } from '../core/call/state.js';
import { outOfDialling } from './dialling-stay.js';
import type { AriCommand } from './steps.js';

/** More than anything has that is said to somebody who waits or is led through a script. */
const MOST_ITEMS = 25;

type Announce = Extract<Step, { type: 'announce' }>;

interface Running {
  readonly step: Announce;
  item: number;
}

/** Sends one command; resolves with its result, never rejects. */
export type Send = (command: AriCommand) => Promise<StepResult>;

export class Announcements {
  readonly #send: Send;
  readonly #over: (legId: string, announcementId: string) => void;
  readonly #running = new Map<string, Running>();

  /** `over` hears of every announcement that has been played to its end, or could not be. */
  constructor(send: Send, over: (legId: string, announcementId: string) => void) {
    this.#send = send;
    this.#over = over;
  }

  async start(step: Announce): Promise<StepResult> {
    this.#running.set(step.announcement.id, { step, item: 0 });
    return await this.#play(step.announcement.id);
  }

  async stop(announcementId: string): Promise<StepResult> {
    const running = this.#running.get(announcementId);
    this.#running.delete(announcementId);
    if (running === undefined) return await this.#cutOff(announcementId);
    const item = running.step.announcement.items[running.item];
    if (item?.kind === 'dictation') {
      await this.#send({ method: 'POST', uri: `recordings/live/${encodeURIComponent(item.name)}/stop` });
    } else {
      await this.#send({ method: 'DELETE', uri: `playbacks/${announcementId}.${running.item}` });
    }
    return 'done';
  }

  /** Begun before this run: only one of its items can still be heard, and nobody knows which. */
  async #cutOff(announcementId: string): Promise<StepResult> {
    for (let item = 0; item < MOST_ITEMS; item += 1) {
      const result = await this.#send({ method: 'DELETE', uri: `playbacks/${announcementId}.${item}` });
      if (result !== 'gone') break;
    }
    return 'done';
  }

  /** PlaybackFinished of any playback. */
  finished(playbackId: string): void {
    const dot = playbackId.lastIndexOf('.');
    const announcementId = playbackId.slice(0, Math.max(dot, 0));
    const running = this.#running.get(announcementId);
    if (running === undefined || playbackId !== `${announcementId}.${running.item}`) return;
    running.item += 1;
    void this.#play(announcementId);
  }

  /** RecordingFinished or RecordingFailed of any recording. Of one that failed there is nothing to play. */
  recordingEnded(name: string, failed: boolean): void {
    for (const [announcementId, running] of this.#running) {
      const item = running.step.announcement.items[running.item];
      if (item?.kind !== 'dictation' || item.name !== name) continue;
      running.item = failed ? running.step.announcement.items.length : running.item + 1;
      void this.#play(announcementId);
    }
  }

  /** The leg is gone: nothing more will finish. */
  forget(legId: string): void {
    for (const [id, running] of this.#running) if (running.step.legId === legId) this.#running.delete(id);
  }

  async #play(announcementId: string): Promise<StepResult> {
    const running = this.#running.get(announcementId);
    if (running === undefined) return 'done';
    const { step, item } = running;
    const next = step.announcement.items[item];
    if (next === undefined) return this.#end(step, 'done');
    // Of a channel in a bridge, also the one in which it was dialled, Asterisk records nothing.
    if (next.kind === 'dictation') for (const command of outOfDialling(step.legId)) await this.#send(command);
    const result = await this.#send(next.kind === 'dictation' ? dictate(step.legId, next) : play(step, item, next));
    return result === 'done' ? result : this.#end(step, result);
  }

  #end(step: Announce, result: StepResult): StepResult {
    if (this.#running.delete(step.announcement.id)) this.#over(step.legId, step.announcement.id);
    return result;
  }
}

type Dictation = Extract<SoundItem, { kind: 'dictation' }>;

function play(
  { legId, announcement, language }: Announce,
  item: number,
  what: Exclude<SoundItem, Dictation>,
): AriCommand {
  const uri = `channels/${legId}/play/${announcement.id}.${item}`;
  return { method: 'POST', uri, query: { media: mediaOf(what), lang: language } };
}

function dictate(legId: string, { name, maxMs }: Dictation): AriCommand {
  const query = {
    name,
    format: 'wav',
    ifExists: 'overwrite',
    beep: true,
    terminateOn: '#',
    maxDurationSeconds: Math.ceil(maxMs / 1000),
  };
  return { method: 'POST', uri: `channels/${legId}/record`, query };
}

function mediaOf(item: Exclude<SoundItem, Dictation>): string {
  switch (item.kind) {
    case 'sound':
      return `sound:${item.name}`;
    case 'recording':
      return `recording:${item.name}`;
    case 'number':
      return `number:${item.value}`;
    case 'digits':
      return `digits:${item.value}`;
  }
}
