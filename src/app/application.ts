/**
 * The application as its doors (REST, Socket.IO, feature codes) see it. Every method that can be refused answers a Refusal value;
 * a thrown error is a fault. The command catalogue is the only caller besides `main.ts`.
 */
import type { AgentId, CallId, CoachMode, Instant, LegId, LineId } from '../core/call/state.js';
import type { Refusal } from '../core/refusal.js';
import type { Fault } from '../core/scenario/fault.js';
import type { BrowserPhoneOperations } from './browser-phone/operations.js';
import type { CallTarget } from './call-target.js';
import type { CallbackOperations } from './callbacks/callbacks.js';
import type { ConfigurationStore, LoadedConfiguration } from './configuration-store.js';
import type { AddressBook } from './contacts/address-book.js';
import type { Role } from './directory.js';
import type { Freshness } from './freshness.js';
import type { History } from './history/store.js';
import type { OutsideOperations } from './integrations/outside.js';
import type { VoiceMessage } from './messages/store.js';
import type { OverloadKind } from './overload.js';
import type { PickUpTarget } from './pick-up.js';
import type { RecordingFilter, RecordingRecord } from './recordings/store.js';
import type { CheckedScenario, ScenarioDraft, ScenarioVersion } from './scenarios/store.js';
import type { VoicemailFilter, VoicemailRecord } from './scenarios/voicemail-store.js';
import type { AgentView, CallView, Change, ParkedView, QueueView, Snapshot } from './view.js';

export interface Viewer {
  readonly agentId: AgentId;
  readonly role: Role;
  /** The login by which; a desk phone's keys need none. */
  readonly tokenHash?: string;
}

export interface AgentOperations {
  logIn(agentId: AgentId): Promise<AgentView | Refusal>;
  /** Refused with `inCall` while the agent has a call. */
  logOut(agentId: AgentId): Promise<AgentView | Refusal>;
  setStatus(agentId: AgentId, statusId: string): Promise<AgentView | Refusal>;
  /** A supervisor's: may set any status, blocking or not. */
  forceStatus(by: AgentId, agentId: AgentId, statusId: string, blocking: boolean): Promise<AgentView | Refusal>;
  endWrapUp(agentId: AgentId): Promise<AgentView | Refusal>;
}

export interface CallOperations {
  /** The agent's phones ring (or answer by themselves), then the number is dialled. */
  dial(agentId: AgentId, target: CallTarget): Promise<CallView | Refusal>;
  /**
   * Ends one line of the agent, who returns to another; the last one ends the agent's part. `lineId` null, here and below: the line the
   * agent takes part in, else the one put on hold last. Not the agent's call: `notFound`.
   */
  hangUp(agentId: AgentId, callId: CallId, lineId: LineId | null): Promise<CallView | Refusal>;
  hold(agentId: AgentId, callId: CallId, lineId: LineId | null): Promise<CallView | Refusal>;
  /** The agent's other lines, of this call and of others, go on hold. */
  resume(agentId: AgentId, callId: CallId, lineId: LineId | null): Promise<CallView | Refusal>;
  /** To the line that was put on hold last. */
  swap(agentId: AgentId): Promise<CallView | Refusal>;
  /** The agent's line goes on hold, and the target is asked on a new one. */
  consult(agentId: AgentId, callId: CallId, target: CallTarget): Promise<CallView | Refusal>;
  /** The line's parties go to the target; the agent leaves at once. */
  transfer(agentId: AgentId, callId: CallId, lineId: LineId | null, target: CallTarget): Promise<CallView | Refusal>;
  /** The parties of two lines, of one call or of two, are joined and the agent leaves. */
  complete(
    agentId: AgentId,
    callId: CallId,
    lineId: LineId | null,
    other: { readonly callId: CallId | null; readonly lineId: LineId | null },
  ): Promise<CallView | Refusal>;
  /** All lines of the agent in the call, or the present lines of two calls, become one. */
  conference(agentId: AgentId, callId: CallId, otherCallId: CallId | null): Promise<CallView | Refusal>;
  invite(agentId: AgentId, callId: CallId, lineId: LineId | null, target: CallTarget): Promise<CallView | Refusal>;
  removeParty(agentId: AgentId, callId: CallId, legId: LegId): Promise<CallView | Refusal>;
  muteParty(agentId: AgentId, callId: CallId, legId: LegId, muted: boolean): Promise<CallView | Refusal>;
  /**
   * Keys for the other party's menu. `legId` null: those outside hear them; agents only where there is nobody else. They are no keys of
   * the agent's phone: none of them is a command.
   */
  sendDigits(agentId: AgentId, callId: CallId, legId: LegId | null, digits: string): Promise<CallView | Refusal>;
  /** Tags appear in history and can be searched for. */
  tag(agentId: AgentId, callId: CallId, tag: string): Promise<CallView | Refusal>;
  untag(agentId: AgentId, callId: CallId, tag: string): Promise<CallView | Refusal>;
  record(
    agentId: AgentId,
    callId: CallId,
    lineId: LineId | null,
    action: 'start' | 'stop' | 'pause' | 'resume',
  ): Promise<CallView | Refusal>;
  /** The party hears the message and is let go after it; the agent is free at once. */
  leaveMessage(
    agentId: AgentId,
    callId: CallId,
    lineId: LineId | null,
    message: { readonly sound: string; readonly durationMs: number },
  ): Promise<CallView | Refusal>;
  setMuted(agentId: AgentId, callId: CallId, muted: boolean): Promise<CallView | Refusal>;
  /**
   * Takes over a call that rings a colleague: the longest ringing of those meant. `fromCallId` names the call in which a leg of the agent
   * is already, which goes over; null: the agent's phones ring for it too, and whoever answers first has it.
   */
  pickUp(agentId: AgentId, target: PickUpTarget, fromCallId: CallId | null): Promise<CallView | Refusal>;
  /** The line's other parties wait with music in a slot, of which the number is answered; the agent leaves them. */
  park(agentId: AgentId, callId: CallId, lineId: LineId | null): Promise<ParkedView | Refusal>;
  /** Takes whoever waits in the slot; `fromCallId` as for `pickUp`. */
  retrieve(agentId: AgentId, slot: string, fromCallId: CallId | null): Promise<CallView | Refusal>;
  /** The agent's phone rings and records a prepared message, until the key # or the hang-up. */
  dictate(agentId: AgentId, name: string): Promise<VoiceMessage | Refusal>;
  /** The agent's other phones ring, and the one that answers has the conversation; asked again, they ring no longer. */
  moveToDevice(agentId: AgentId, callId: CallId): Promise<CallView | Refusal>;
  cancelMove(agentId: AgentId, callId: CallId): Promise<CallView | Refusal>;
  /** A trainer is rung to whisper to the agent: the one given, else the agent's, else the team's, else the queue's. */
  coach(agentId: AgentId, callId: CallId, trainerId: AgentId | null): Promise<CallView | Refusal>;
  /** A supervisor's: the own phone rings, to be with an agent of any call. */
  listen(by: AgentId, callId: CallId, agentId: AgentId, mode: CoachMode): Promise<CallView | Refusal>;
  /** Of the viewer's own coaching. */
  coachMode(coachId: AgentId, callId: CallId, mode: CoachMode): Promise<CallView | Refusal>;
  /** The trainer goes, or is rung no longer: the viewer, the trainer whom the viewer has called, or for a supervisor any. */
  stopCoaching(viewer: Viewer, callId: CallId, coachId: AgentId | null): Promise<CallView | Refusal>;
  /** A supervisor's: ends the whole call. */
  end(callId: CallId): Promise<CallView | Refusal>;
}

/**
 * Prepared voice messages. A viewer sees the own and the shared ones, and may change the own ones; the shared ones belong to the
 * supervisors. Any other id answers `notFound`.
 */
export interface MessageOperations {
  list(viewer: Viewer): Promise<readonly VoiceMessage[]>;
  /** One that can be played; `wrongState` while it is still being recorded. */
  find(viewer: Viewer, id: string): Promise<VoiceMessage | Refusal>;
  rename(viewer: Viewer, id: string, name: string): Promise<VoiceMessage | Refusal>;
  /** Refused with `wrongState` while it is being recorded. */
  remove(viewer: Viewer, id: string): Promise<{ readonly removed: true } | Refusal>;
  /** A WAV file becomes a message, converted to what Asterisk plays. */
  upload(viewer: Viewer, upload: MessageUpload): Promise<VoiceMessage | Refusal>;
  /** Before a phone records: reserves the name. The phone records to the message's `sound`; then `finish`, or `cancel`. */
  begin(agentId: AgentId, name: string): Promise<VoiceMessage | Refusal>;
  /**
   * The recording has ended and its file is complete. Nothing recorded: `audioInvalid`, and the message is gone. The file out of
   * reach: `phoneSystemUnavailable`; try again. Once finished, it answers the message again.
   */
  finish(id: string): Promise<VoiceMessage | Refusal>;
  /** No message is wanted after all; the recording must have stopped. One that was finished stays. */
  cancel(id: string): Promise<void>;
}

export interface MessageUpload {
  readonly name: string;
  /** For all agents: a supervisor's matter. */
  readonly shared: boolean;
  readonly wav: Uint8Array;
}

export interface Views {
  agent(id: AgentId): AgentView | null;
  queue(id: string): QueueView | null;
  call(id: CallId): CallView | null;
  /** Supervisors and administrators see all; an agent sees itself, its queues and its calls. */
  snapshot(viewer: Viewer): Snapshot;
  /** Called after what changed is durable. Returns the way to stop listening. */
  onChange(listener: (change: Change) => void): () => void;
}

export interface RecordingOperations {
  /** An agent's are those of conversations in which the agent took part. */
  list(filter: RecordingFilter): Promise<readonly RecordingRecord[]>;
  /** Answers `notFound` for what the viewer took no part in and does not supervise. */
  get(viewer: Viewer, id: string): Promise<RecordingRecord | Refusal>;
  /** One that can be played: a file that is there, and complete. */
  playable(viewer: Viewer, id: string): Promise<RecordingRecord | Refusal>;
  /** The file goes, the row stays. Refused with `stillRecording` while it is being written. */
  remove(id: string): Promise<{ readonly removed: true } | Refusal>;
  /** May a recording begin? False while the disk is too full. Asks nobody: it knows from the last look. */
  mayRecord(): boolean;
  /** Free space where recordings are written, or null when that is not known. */
  freeBytes(): number | null;
}

/** What callers are led through. An id that is not known answers `notFound`. */
export interface ScenarioOperations {
  list(): Promise<readonly ScenarioDraft[]>;
  get(id: string): Promise<(ScenarioDraft & { readonly versions: readonly ScenarioVersion[] }) | Refusal>;
  /** Everything that is wrong with it. */
  validate(written: unknown): Promise<readonly Fault[]>;
  save(by: AgentId, id: string, draft: ScenarioDraft['draft']): Promise<CheckedScenario | Refusal>;
  /** Refused with `scenarioInvalid`, and the faults, while it has errors. */
  publish(by: AgentId, id: string): Promise<CheckedScenario | Refusal>;
  assign(id: string, number: string): Promise<{ readonly assigned: true } | Refusal>;
  /** Refused with `stillInUse` while something leads there. */
  remove(by: AgentId, id: string): Promise<{ readonly removed: true } | Refusal>;
}

/** What callers have left. An agent sees the own box and those of the queues it serves; any other id answers `notFound`. */
export interface VoicemailOperations {
  /** The newest first. */
  list(viewer: Viewer, filter: Omit<VoicemailFilter, 'boxes'>): Promise<readonly VoicemailRecord[]>;
  find(viewer: Viewer, id: string): Promise<VoicemailRecord | Refusal>;
  mark(viewer: Viewer, id: string, heard: boolean): Promise<VoicemailRecord | Refusal>;
  remove(viewer: Viewer, id: string): Promise<{ readonly removed: true } | Refusal>;
}

export interface Health {
  readonly asterisk: 'connected' | 'connecting' | 'disconnected' | 'replaced';
  readonly database: 'ready' | 'unavailable';
  /** Plain sentences on what an administrator should mend, e.g. names that do not resolve. */
  readonly problems: readonly string[];
  readonly liveCalls: number;
  readonly agentsLoggedIn: number;
  readonly waitingCalls: number;
  readonly startedAt: Instant;
  /** Callers from outside who were sent to the PBX's fallback since the start, because there was too much to do. */
  readonly turnedAway: Readonly<Record<OverloadKind, number>>;
}

export interface Application {
  readonly agents: AgentOperations;
  readonly calls: CallOperations;
  readonly views: Views;
  /** Is what the views show what Asterisk has? */
  readonly freshness: Pick<Freshness, 'staleSince' | 'onChange'>;
  readonly history: History;
  readonly recordings: RecordingOperations;
  readonly outside: OutsideOperations;
  readonly addressBook: AddressBook;
  readonly scenarios: ScenarioOperations;
  readonly voicemail: VoicemailOperations;
  readonly callbacks: CallbackOperations;
  readonly browserPhone: BrowserPhoneOperations;
  /** The configuration in force: the same object until it changes, so that readers may index it. */
  configuration(): LoadedConfiguration;
  /** Runs one change on the store, then takes the new configuration into force. ConfigurationConflict becomes a Refusal. */
  configure<T>(change: (store: ConfigurationStore) => Promise<T>): Promise<T | Refusal>;
  health(): Health;
  now(): Instant;
}
