/** Asterisk's events as facts. An event that means nothing to us is null. */
import type { Arrival, PhoneFact, TransferRequest } from '../app/phone-system.js';
import type { AnsweredBy, Instant } from '../core/call/state.js';
import type { SnoopHeard } from './coachings.js';
import type { AriEvent } from './connection.js';
import { isVisit } from './dialling-stay.js';
import {
  type Channel,
  endpointOf,
  eventArguments,
  eventBridge,
  eventCause,
  eventChannel,
  eventDigit,
  eventRecording,
  eventTransfer,
} from './event-shapes.js';
import type { Ids } from './ids.js';

export type Told =
  | { readonly arrival: Arrival }
  | { readonly fact: PhoneFact }
  | { readonly transfer: TransferRequest }
  | { readonly detector: Detector }
  | { readonly key: { readonly legId: string; readonly digit: string } }
  | { readonly snoop: SnoopHeard }
  | null;

export function told(event: AriEvent, app: string, ids: Ids): Told {
  const listener = eventChannel(event);
  if (listener !== null && ids.isTeller(listener.id)) return null;
  if (listener !== null && ids.detectedLeg(listener.id) !== null) return ofDetector(event, listener, ids);
  const coachingId = listener === null ? null : ids.coachingOf(listener.id);
  if (listener !== null && coachingId !== null) return ofSnoop(event, coachingId, listener.id);
  switch (event.type) {
    case 'StasisStart':
      return event.application === app ? entered(event, ids) : null;
    case 'ChannelStateChange':
      return stateChanged(event, ids);
    case 'ChannelDestroyed':
      return gone(event, eventCause(event), ids);
    case 'StasisEnd':
      return event.application === app ? leftUs(event, ids) : null;
    case 'ChannelEnteredBridge':
      return moved(event, 'joined', ids);
    case 'ChannelLeftBridge':
      return moved(event, 'parted', ids);
    case 'ChannelHold':
      return held(event, true, ids);
    case 'ChannelUnhold':
      return held(event, false, ids);
    case 'ChannelDtmfReceived':
      return keyPressed(event);
    case 'ChannelTransfer':
      return transferAsked(event, ids);
    case 'RecordingFinished':
      return recordingEnded(event, 'kept', ids);
    case 'RecordingFailed':
      return recordingEnded(event, 'failed', ids);
    case 'BridgeDestroyed': {
      const bridge = eventBridge(event);
      if (bridge === null || !ids.isOurs(bridge.id)) return null;
      return fact(ids, bridge.id, { media: { type: 'conversationGone', conversationId: bridge.id }, call: null });
    }
    default:
      return null;
  }
}

function fact(ids: Ids, id: string, parts: Omit<PhoneFact, 'callId'>): Told {
  return { fact: { callId: ids.callOf(id), ...parts } };
}

function entered(event: AriEvent, ids: Ids): Told {
  const channel = eventChannel(event);
  if (channel === null) return null;
  if (ids.isOurs(channel.id)) {
    return fact(ids, channel.id, { media: { type: 'legThere', legId: channel.id, stage: 'created' }, call: null });
  }
  const arrival = arrivalOf(channel, eventArguments(event), ids);
  return arrival === null ? null : { arrival };
}

/** A leg that came in by one of our dial plan contexts; null for any other. */
export function arrivalOf(channel: Channel, args: readonly string[], ids: Ids): Arrival | null {
  const [entrance, dialled, since] = args;
  if (entrance !== 'trunk' && entrance !== 'phone') return null;
  return {
    callId: ids.callOf(channel.id),
    legId: channel.id,
    entrance,
    endpoint: endpointOf(channel.name),
    from: channel.caller,
    dialled: dialled ?? '',
    waitingSince: entrance === 'trunk' ? instantOf(since) : null,
  };
}

/** Milliseconds since 1970, as the dial plan writes them. */
function instantOf(text: string | undefined): Instant | null {
  return text !== undefined && /^\d{13}$/.test(text) ? Number(text) : null;
}

/** A channel that only listens who answered. It has come and is to be set to work, or it brings what the dial plan found. */
export interface Detector {
  readonly channelId: string;
  /** Null: it has not begun. */
  readonly found: PhoneFact | null;
}

const ANSWERED_BY: Readonly<Record<string, AnsweredBy>> = { HUMAN: 'human', MACHINE: 'machine' };

/** Of a channel that is in our application; `args` are those with which it came in. */
export function detectorWith(channelId: string, args: readonly string[], ids: Ids): Detector {
  const [what, status] = args;
  return { channelId, found: what === 'amd' ? found(channelId, ANSWERED_BY[status ?? ''] ?? 'unsure', ids) : null };
}

function found(channelId: string, by: AnsweredBy, ids: Ids): PhoneFact {
  const legId = ids.detectedLeg(channelId) ?? channelId;
  return { callId: ids.callOf(channelId), media: null, call: { type: 'legDetected', legId, by } };
}

/** Gone without a word: the leg has hung up, or the dial plan does not know how to listen. Known already: then it changes nothing. */
function ofDetector(event: AriEvent, { id }: Channel, ids: Ids): Told {
  if (event.type === 'StasisStart') return { detector: detectorWith(id, eventArguments(event), ids) };
  return event.type === 'ChannelDestroyed' ? { fact: found(id, 'unsure', ids) } : null;
}

function ofSnoop({ type }: AriEvent, coachingId: string, snoopId: string): Told {
  if (type !== 'StasisStart' && type !== 'ChannelDestroyed') return null;
  return { snoop: { coachingId, snoopId, there: type === 'StasisStart' } };
}

function stateChanged(event: AriEvent, ids: Ids): Told {
  const channel = eventChannel(event);
  // A leg that called in becomes Up because we answered it: nothing new.
  if (channel === null || !ids.isOurs(channel.id)) return null;
  const legId = channel.id;
  if (channel.state === 'Ringing') return fact(ids, legId, { media: null, call: { type: 'legRinging', legId } });
  if (channel.state === 'Up') {
    return fact(ids, legId, { media: { type: 'legThere', legId, stage: 'up' }, call: { type: 'legAnswered', legId } });
  }
  return null;
}

function gone(event: AriEvent, cause: number, ids: Ids): Told {
  const channel = eventChannel(event);
  if (channel === null) return null;
  const legId = channel.id;
  return fact(ids, legId, { media: { type: 'legGone', legId }, call: { type: 'legLeft', legId, cause } });
}

/**
 * A leg that called in left the application: it hung up, or went on in the dial plan, which sends no ChannelDestroyed to us. A leg
 * that we dialled is waited for until ChannelDestroyed, the only event with a cause.
 */
function leftUs(event: AriEvent, ids: Ids): Told {
  const channel = eventChannel(event);
  return channel === null || ids.isOurs(channel.id) ? null : gone(event, 0, ids);
}

/** The hold key of a phone (re-INVITE with sendonly). */
function held(event: AriEvent, isHeld: boolean, ids: Ids): Told {
  const channel = eventChannel(event);
  if (channel === null) return null;
  return fact(ids, channel.id, { media: null, call: { type: 'legHeld', legId: channel.id, held: isHeld } });
}

/** One event for each key, when it is let go, however the phone sends it. */
function keyPressed(event: AriEvent): Told {
  const channel = eventChannel(event);
  const digit = eventDigit(event);
  return channel === null || digit === '' ? null : { key: { legId: channel.id, digit } };
}

/** Only a phone whose transfers were given to us asks in this way. The answer may come without any destination: then it is declined. */
function transferAsked(event: AriEvent, ids: Ids): Told {
  const { sourceId: legId, number, destinationId, state } = eventTransfer(event);
  if (legId === '' || state !== '') return null;
  const to: TransferRequest['to'] =
    destinationId === ''
      ? { kind: 'number', number }
      : { kind: 'leg', legId: destinationId, callId: ids.callOf(destinationId) };
  return { transfer: { legId, callId: ids.callOf(legId), to } };
}

/** Recordings are named `ringmaster/<day>/<conversation's id>.r<number>`; those of others are nothing to us. */
function recordingEnded(event: AriEvent, outcome: 'kept' | 'failed', ids: Ids): Told {
  const { name, durationMs } = eventRecording(event);
  const recordingId = name.slice(name.lastIndexOf('/') + 1);
  if (!ids.isOurs(recordingId)) return null;
  return fact(ids, recordingId, {
    media: { type: 'recordingOver', name },
    call: { type: 'recordingEnded', name, outcome, durationMs },
  });
}

function moved(event: AriEvent, type: 'joined' | 'parted', ids: Ids): Told {
  const channel = eventChannel(event);
  const bridge = eventBridge(event);
  if (channel === null || bridge === null || !ids.isOurs(bridge.id) || isVisit(bridge.id)) return null;
  return fact(ids, bridge.id, { media: { type, legId: channel.id, conversationId: bridge.id }, call: null });
}
