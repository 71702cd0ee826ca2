/** Asterisk as the application's phone system: one connection, events told as facts, steps sent as requests. */
import type {
  PhoneSystem,
  PhoneSystemListener,
  PhoneSystemStatus,
  Picture,
  StepResult,
  TransferState,
} from '../app/phone-system.js';
import type { Log } from '../app/ports.js';
import { isCoachingId } from '../core/call/coaching.js';
import type { Step } from '../core/call/plan.js';
import type { CallId, Language, LegId, SoundItem } from '../core/call/state.js';
import { Announcements } from './announcements.js';
import { Coachings } from './coachings.js';
import {
  type AriConnection,
  type AriEvent,
  type AriResponse,
  type AriStatus,
  type AriStatusInfo,
  AriUnavailable,
} from './connection.js';
import { Detectors } from './detectors.js';
import { DiallingStays } from './dialling-stay.js';
import { Entrances } from './entrances.js';
import { eventChannel, eventPlaybackId, eventRecording } from './event-shapes.js';
import { told } from './facts.js';
import { Ids } from './ids.js';
import { takePicture } from './picture.js';
import { Prompts } from './prompts.js';
import {
  type AriCommand,
  commandOf,
  liveRecordingCommand,
  type PlainStep,
  quietCommand,
  REFER_READY_MS,
  resultOf,
  soundCommand,
  transferCommand,
  transfersAreOurs,
} from './steps.js';

export class Asterisk implements PhoneSystem {
  readonly #connection: AriConnection;
  readonly #app: string;
  readonly #ids: Ids;
  readonly #log: Log;
  readonly #announcements: Announcements;
  readonly #coachings: Coachings;
  readonly #detectors: Detectors;
  readonly #entrances: Entrances;
  readonly #prompts: Prompts;
  readonly #stays = new DiallingStays();
  #listener: PhoneSystemListener | null = null;
  #startupTime: string | undefined;

  constructor(connection: AriConnection, app: string, log: Log) {
    this.#connection = connection;
    this.#app = app;
    this.#ids = new Ids(app);
    this.#log = log;
    this.#entrances = new Entrances(connection, app);
    const send = (command: AriCommand) =>
      this.#send(command, (status) => (status < 300 ? 'done' : status === 404 ? 'gone' : 'failed'));
    this.#detectors = new Detectors(send, (fact) => this.#listener?.fact(fact));
    this.#coachings = new Coachings(send, app, this.#ids, (fact) => this.#listener?.fact(fact));
    this.#announcements = new Announcements(send, (legId, announcementId) => {
      if (this.#prompts.ended(announcementId)) return;
      this.#listener?.fact({
        callId: this.#ids.callOf(announcementId),
        media: { type: 'announcementOver', legId, announcementId },
        call: { type: 'announcementEnded', announcementId },
      });
    });
    this.#prompts = new Prompts(app, this.#ids, send, this.#announcements);
  }

  get status(): PhoneSystemStatus {
    const { status } = this.#connection;
    return status === 'closed' ? 'disconnected' : status;
  }

  start(listener: PhoneSystemListener): void {
    this.#listener = listener;
    this.#connection.onStatus((status, info) => this.#statusChanged(status, info));
    this.#connection.onEvent((event) => this.#heard(event));
    this.#connection.start();
  }

  async stop(): Promise<void> {
    await this.#connection.close();
  }

  newCallId(): CallId {
    return this.#ids.newCall();
  }

  async picture(): Promise<Picture> {
    const beside = { entrances: this.#entrances, coachings: this.#coachings };
    const { detectors, snoops, ...picture } = await takePicture(this.#connection, this.#app, this.#ids, beside);
    this.#coachings.looked(snoops);
    for (const detector of detectors) this.#detectors.clearAway(detector);
    const startedAt = Date.parse(this.#startupTime ?? '');
    return { ...picture, startedAt: Number.isNaN(startedAt) ? null : startedAt };
  }

  perform(step: Step): Promise<StepResult> {
    for (const command of this.#stays.before(step)) void this.#send(command, () => 'done');
    if (step.type === 'announce') return this.#announcements.start(step);
    if (step.type === 'stopAnnouncement') return this.#announcements.stop(step.announcementId);
    if (step.type === 'coach') return this.#coachings.start(step);
    if (step.type === 'record') return this.#record(step);
    if (step.type === 'close' && isCoachingId(step.conversationId)) this.#coachings.close(step.conversationId);
    return this.#send(commandOf(step, this.#app), (_status, response) => this.#judge(step, response));
  }

  together(performing: () => void): void {
    this.#connection.together(performing);
  }

  /** A conflict means that it runs already, begun before the controller was started anew; or that something is in the file's way. */
  async #record(step: Extract<Step, { type: 'record' }>): Promise<StepResult> {
    let conflict = false;
    const result = await this.#send(commandOf(step, this.#app), (status, response) => {
      conflict = status === 409;
      return this.#judge(step, response);
    });
    return conflict
      ? this.#send(liveRecordingCommand(step.name), (status) => (status < 300 ? 'done' : 'failed'))
      : result;
  }

  /** What an answer means for the step. */
  #judge(step: PlainStep, response: AriResponse): StepResult {
    const result = resultOf(step, response);
    // A phone dialled early may be too early: that is what it is for.
    if (result === 'failed' && !(step.type === 'dial' && step.early)) {
      const { status, reason } = response;
      this.#log.warn({ step: step.type, status, reason }, 'Asterisk would not do a step');
    }
    return result;
  }

  sound(conversationId: string, name: string, language: Language): void {
    void this.#send(soundCommand(conversationId, name, language), () => 'done');
  }

  tell(legId: LegId, items: readonly SoundItem[], language: Language, beside: boolean): Promise<void> {
    return this.#prompts.tell(legId, items, language, beside);
  }

  tellTransfer(legId: LegId, state: TransferState): void {
    void this.#send(transferCommand(legId, state), () => 'done');
  }

  async #send(command: AriCommand, judge: (status: number, response: AriResponse) => StepResult): Promise<StepResult> {
    try {
      const { method, uri, query, body } = command;
      const response = await this.#connection.request(method, uri, query, body);
      return judge(response.status, response);
    } catch (error) {
      if (!(error instanceof AriUnavailable)) this.#log.error({ error: String(error) }, 'a request to Asterisk failed');
      return 'lost';
    }
  }

  #statusChanged(status: AriStatus, info: AriStatusInfo): void {
    switch (status) {
      case 'connected': {
        this.#detectors.forget();
        const restarted = this.#startupTime !== undefined && this.#startupTime !== info.startupTime;
        this.#startupTime = info.startupTime;
        if (restarted) this.#log.warn({}, 'Asterisk was restarted: its former calls are gone');
        this.#listener?.connected(restarted);
        void this.#send(quietCommand(this.#app), (status) => (status < 300 ? 'done' : 'failed'));
        break;
      }
      case 'disconnected':
        this.#entrances.deaf();
        this.#coachings.deaf();
        this.#listener?.disconnected();
        break;
      case 'replaced':
        this.#listener?.replaced();
        break;
      case 'connecting':
      case 'closed':
        break;
    }
  }

  #heard(event: AriEvent): void {
    this.#entrances.heard(event, (id) => this.#ids.isOurs(id));
    if (event.type === 'PlaybackFinished') {
      this.#announcements.finished(eventPlaybackId(event));
      return;
    }
    if (event.type === 'RecordingFinished' || event.type === 'RecordingFailed') {
      this.#announcements.recordingEnded(eventRecording(event).name, event.type === 'RecordingFailed');
    }
    this.#noteTeller(event);
    const meaning = told(event, this.#app, this.#ids);
    if (meaning === null) return;
    if ('key' in meaning) {
      this.#listener?.keyPressed(meaning.key.legId, meaning.key.digit);
      return;
    }
    if ('arrival' in meaning) {
      const { legId, entrance } = meaning.arrival;
      if (entrance === 'phone') void this.#send(transfersAreOurs(legId), () => 'done');
      this.#listener?.arrived(meaning.arrival);
      return;
    }
    if ('transfer' in meaning) {
      setTimeout(() => this.#listener?.transferAsked(meaning.transfer), REFER_READY_MS);
      return;
    }
    if ('snoop' in meaning) {
      this.#coachings.heard(meaning.snoop);
      return;
    }
    if ('detector' in meaning) {
      this.#detectors.tend(meaning.detector);
      return;
    }
    const { call } = meaning.fact;
    if (call?.type === 'legDetected') this.#detectors.over(call.legId);
    if (meaning.fact.media?.type === 'legGone') {
      this.#announcements.forget(meaning.fact.media.legId);
      this.#stays.forget(meaning.fact.media.legId);
      this.#prompts.gone(meaning.fact.media.legId);
    }
    this.#listener?.fact(meaning.fact);
  }

  /** The copies of legs by which only these are told something. */
  #noteTeller(event: AriEvent): void {
    const id = event.type === 'StasisStart' || event.type === 'ChannelDestroyed' ? eventChannel(event)?.id : undefined;
    if (id === undefined || !this.#ids.isTeller(id)) return;
    if (event.type === 'StasisStart') {
      this.#prompts.arrived(id);
      return;
    }
    this.#announcements.forget(id);
    this.#prompts.gone(id);
  }
}
