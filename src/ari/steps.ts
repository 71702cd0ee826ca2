/** Steps as ARI requests, and what Asterisk's answers mean. */
import { browserEndpoint } from '../app/browser-phone/device.js';
import type { StepResult, TransferState } from '../app/phone-system.js';
import type { Step } from '../core/call/plan.js';
import type { Language, LegId, Party, ReleaseReason } from '../core/call/state.js';
import type { AriMethod, AriQuery, AriResponse } from './connection.js';
import { detectorOf } from './ids.js';

export interface AriCommand {
  readonly method: AriMethod;
  readonly uri: string;
  readonly query?: AriQuery;
  readonly body?: unknown;
}

/** Everything but what takes several requests (see announcements.ts, coachings.ts). */
export type PlainStep = Exclude<Step, { type: 'announce' | 'stopAnnouncement' | 'coach' }>;

export function commandOf(step: PlainStep, app: string): AriCommand {
  switch (step.type) {
    case 'create':
      return create(step, app);
    case 'dial':
      return { method: 'POST', uri: `channels/${step.legId}/dial`, query: { timeout: Math.ceil(step.limitMs / 1000) } };
    case 'answer':
      return { method: 'POST', uri: `channels/${step.legId}/answer` };
    case 'ring':
      return { method: 'POST', uri: `channels/${step.legId}/ring` };
    case 'stopRing':
      return { method: 'DELETE', uri: `channels/${step.legId}/ring` };
    case 'startMusic':
      return { method: 'POST', uri: `channels/${step.legId}/moh`, query: { mohClass: step.music } };
    case 'stopMusic':
      return { method: 'DELETE', uri: `channels/${step.legId}/moh` };
    case 'open':
      return open(step);
    case 'join':
      return join(step);
    case 'part':
      return { method: 'POST', uri: `bridges/${step.conversationId}/removeChannel`, query: { channel: step.legId } };
    case 'close':
      return { method: 'DELETE', uri: `bridges/${step.conversationId}` };
    case 'show':
      return {
        method: 'POST',
        uri: `channels/${step.legId}/variable`,
        query: { variable: 'CONNECTEDLINE(all)', value: shownAs(step.party) },
      };
    case 'record':
      return {
        method: 'POST',
        uri: `bridges/${step.conversationId}/record`,
        query: { name: step.name, format: 'wav', ifExists: 'fail' },
      };
    case 'pauseRecording':
      return { method: step.paused ? 'POST' : 'DELETE', uri: `${liveRecording(step.name)}/pause` };
    case 'stopRecording':
      return { method: 'POST', uri: `${liveRecording(step.name)}/stop` };
    case 'detect':
      return detect(step.legId, app);
    case 'mute':
      return { method: step.muted ? 'POST' : 'DELETE', uri: `channels/${step.legId}/mute`, query: { direction: 'in' } };
    case 'release':
      return release(step.legId, step.reason);
  }
}

function join({ conversationId, legIds, absorbs }: Extract<Step, { type: 'join' }>): AriCommand {
  return {
    method: 'POST',
    uri: `bridges/${conversationId}/addChannel`,
    // What an agent's phone shows is decided by us. Asterisk by itself would tell everybody the names that the PBX has for its
    // phones, after our own word, and tell customers the names of those inside.
    query: {
      channel: legIds.join(','),
      inhibitConnectedLineUpdates: true,
      ...(absorbs === true ? { absorbDTMF: true } : {}),
    },
  };
}

/** `"Name" <number>`; a quotation mark in a name would end it. Without any number Asterisk would tell the phone nothing at all. */
function shownAs({ name, number }: Party): string {
  return `"${name.replaceAll(/["\\]/g, '')}" <${number === '' ? 'anonymous' : number}>`;
}

/** Names of recordings contain slashes. */
function liveRecording(name: string): string {
  return `recordings/live/${encodeURIComponent(name)}`;
}

/** Is it being written? */
export function liveRecordingCommand(name: string): AriCommand {
  return { method: 'GET', uri: liveRecording(name) };
}

/**
 * Two events of three are of these kinds and mean nothing to us (some thirty a call are variables being set). Asterisk keeps them back
 * for as long as the application exists; all other kinds, unknown ones too, are told.
 */
const UNHEARD = [
  'BridgeCreated',
  'ChannelConnectedLine',
  'ChannelCreated',
  'ChannelDialplan',
  'ChannelHangupRequest',
  'ChannelVarset',
  'DeviceStateChanged',
  'Dial',
];

/** Asks Asterisk to keep back what nobody here listens to. Should it not, everything works as before, at more cost. */
export function quietCommand(app: string): AriCommand {
  const disallowed = UNHEARD.map((type) => ({ type }));
  return { method: 'PUT', uri: `applications/${app}/eventFilter`, body: { disallowed } };
}

export function soundCommand(conversationId: string, name: string, language: Language): AriCommand {
  return { method: 'POST', uri: `bridges/${conversationId}/play`, query: { media: `sound:${name}`, lang: language } };
}

/** For a leg that called in; those that we dial are given it when they are created. */
export function transfersAreOurs(legId: LegId): AriCommand {
  const query = { variable: 'PJSIP_TRANSFER_HANDLING()', value: 'ari-only' };
  return { method: 'POST', uri: `channels/${legId}/variable`, query };
}

const TRANSFER_STATE: Readonly<Record<TransferState, string>> = {
  ringing: 'channel_progress',
  answered: 'channel_answered',
  unavailable: 'channel_unavailable',
  declined: 'channel_declined',
};

/**
 * Between a phone's REFER and the first answer to it. Asterisk tells of a REFER before it has noted to what answers belong
 * (`refer_incoming_ari_request` in its res_pjsip_refer.c), and one that comes in between ends all of Asterisk by a segmentation fault:
 * seen with 22.10.1, where the thread was put aside just there. Nobody notices the wait at a transfer.
 */
export const REFER_READY_MS = 200;

/** Asterisk turns it into the NOTIFY that the phone waits for after its REFER (RFC 3515, 2.4.4). */
export function transferCommand(legId: LegId, state: TransferState): AriCommand {
  return { method: 'POST', uri: `channels/${legId}/transfer_progress`, query: { states: TRANSFER_STATE[state] } };
}

function create(step: Extract<Step, { type: 'create' }>, app: string): AriCommand {
  const { shows } = step;
  const variables: Record<string, string> = {
    RINGMASTER_CALL: step.callId,
    RINGMASTER_ROLE: step.role,
    'CONNECTEDLINE(number,i)': shows.number,
    'CONNECTEDLINE(name)': shows.name,
  };
  // The Transfer key is told to us, and the controller does the transfer, or declines it: Asterisk by itself would move channels out
  // of our hands. Also of a phone that is no agent's; channels of other kinds than PJSIP have no such function.
  if (step.address.startsWith('PJSIP/')) variables['PJSIP_TRANSFER_HANDLING()'] = 'ari-only';
  if (step.agentId !== null) variables.RINGMASTER_AGENT = step.agentId;
  // A page finds the call that rings it among those that it is shown.
  if (browserEndpoint(step.address) !== null) variables['PJSIP_HEADER(add,X-Ringmaster-Leg)'] = step.legId;
  if (step.autoAnswer) {
    // Phones differ: most desk phones take Call-Info (answer-after), some Alert-Info.
    variables['PJSIP_HEADER(add,Call-Info)'] = '<sip:ringmaster>;answer-after=0';
    variables['PJSIP_HEADER(add,Alert-Info)'] = 'info=alert-autoanswer';
  }
  return {
    method: 'POST',
    uri: 'channels/create',
    query: { endpoint: step.address, app, channelId: step.legId },
    body: { variables },
  };
}

/**
 * A fresh bridge for each pairing: Asterisk 22 drops the audio of a partner put into a used two-party bridge when its RTP sequence
 * number is older than the former partner's. `dtmf_events` keeps the bridge out of native RTP, which would hide key presses.
 */
function open(step: Extract<Step, { type: 'open' }>): AriCommand {
  const type = step.mode === 'pair' ? 'mixing,dtmf_events' : 'mixing,dtmf_events,video_sfu';
  return { method: 'POST', uri: 'bridges', query: { type, bridgeId: step.conversationId, name: step.callId } };
}

/** A copy of what the leg says, beside its conversation. It hears nothing of us and ends with the leg. */
function detect(legId: LegId, app: string): AriCommand {
  const query = { spy: 'in', app, appArgs: 'detect', snoopId: detectorOf(legId) };
  return { method: 'POST', uri: `channels/${legId}/snoop`, query };
}

/** The dial plan listens, and hands the channel back with what it made of it. */
export function listenCommand(detectorId: string): AriCommand {
  const query = { context: 'ringmaster-amd', extension: 's', priority: 1 };
  return { method: 'POST', uri: `channels/${detectorId}/continue`, query };
}

export function dismissCommand(detectorId: string): AriCommand {
  return { method: 'DELETE', uri: `channels/${detectorId}` };
}

/** Where the dial plan takes over whoever cannot be served. */
export const FALLBACK_CONTEXT = 'ringmaster-fallback';

const HANGUP_REASON: Readonly<Record<Exclude<ReleaseReason, 'fallback'>, string>> = {
  normal: 'normal',
  answeredElsewhere: 'answered_elsewhere',
  noAnswer: 'no_answer',
  busy: 'busy',
  rejected: 'rejected',
  unavailable: 'congestion',
  unknownNumber: 'unallocated',
};

function release(legId: string, reason: ReleaseReason): AriCommand {
  if (reason === 'fallback') {
    const query = { context: FALLBACK_CONTEXT, extension: 's', priority: 1 };
    return { method: 'POST', uri: `channels/${legId}/continue`, query };
  }
  return { method: 'DELETE', uri: `channels/${legId}`, query: { reason: HANGUP_REASON[reason] } };
}

/**
 * 404: gone. Moving a leg that is gone answers 400, one that has left the application 422 or 409: gone as well. An endpoint that
 * is not registered makes `create` answer 500 (now and then 409 for an id that is fresh). Closing or releasing what is not there
 * is done.
 */
export function resultOf(step: PlainStep, response: AriResponse): StepResult {
  const { status } = response;
  if (status < 300) return 'done';
  switch (step.type) {
    case 'create':
      return 'unreachable';
    case 'show':
    case 'pauseRecording':
    case 'stopRecording':
    case 'close':
    case 'part':
    case 'stopMusic':
    case 'stopRing':
      return 'done';
    // It runs already, or not: see asterisk.ts.
    case 'record':
      return status === 409 ? 'done' : status === 404 ? 'gone' : 'failed';
    case 'join':
      return status >= 400 && status < 500 ? 'gone' : 'failed';
    case 'dial':
    case 'answer':
    case 'ring':
    case 'startMusic':
    case 'mute':
    case 'release':
      return status === 404 ? 'gone' : 'failed';
    case 'detect':
      return status === 409 ? 'done' : status === 404 ? 'gone' : 'failed';
    case 'open':
      return status === 409 ? 'done' : 'failed';
  }
}
