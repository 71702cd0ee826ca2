/** The parts of Asterisk's events and answers that are used, read with care: Asterisk's JSON enters typed code here. */
import type { AriEvent } from './connection.js';

export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly caller: { readonly name: string; readonly number: string };
  /** Application and arguments of the dial plan step the channel is in, e.g. `ringmaster,trunk,100`. */
  readonly appData: string;
  readonly appName: string;
  /** Of the dial plan. */
  readonly context: string;
}

export interface Bridge {
  readonly id: string;
  readonly type: string;
  readonly channelIds: readonly string[];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

export function readChannel(value: unknown): Channel | null {
  const channel = record(value);
  if (typeof channel.id !== 'string') return null;
  const caller = record(channel.caller);
  const dialplan = record(channel.dialplan);
  return {
    id: channel.id,
    name: text(channel.name),
    state: text(channel.state),
    caller: { name: text(caller.name), number: text(caller.number) },
    appName: text(dialplan.app_name),
    appData: text(dialplan.app_data),
    context: text(dialplan.context),
  };
}

export function readBridge(value: unknown): Bridge | null {
  const bridge = record(value);
  if (typeof bridge.id !== 'string') return null;
  const channels = Array.isArray(bridge.channels) ? bridge.channels : [];
  return { id: bridge.id, type: text(bridge.bridge_type), channelIds: channels.filter((id) => typeof id === 'string') };
}

export function eventChannel(event: AriEvent): Channel | null {
  return readChannel(event.channel);
}

export function eventBridge(event: AriEvent): Bridge | null {
  return readBridge(event.bridge);
}

export function eventPlaybackId(event: AriEvent): string {
  return text(record(event.playback).id);
}

/** The key of a ChannelDtmfReceived. */
export function eventDigit(event: AriEvent): string {
  return text(event.digit);
}

/** A recording's name, and its length in ms if Asterisk says it. */
export function eventRecording(event: AriEvent): { readonly name: string; readonly durationMs: number | null } {
  const { name, duration } = record(event.recording);
  return { name: text(name), durationMs: typeof duration === 'number' ? duration * 1000 : null };
}

/** A phone's REFER: by which of its channels, and to which number or other channel. */
export function eventTransfer(event: AriEvent): {
  readonly sourceId: string;
  readonly number: string;
  readonly destinationId: string;
  /** How it goes, in the repetitions that follow each report of ours; '' in the request itself. */
  readonly state: string;
} {
  const to = record(event.refer_to);
  return {
    sourceId: text(record(record(event.referred_by).source_channel).id),
    number: text(record(to.requested_destination).destination),
    destinationId: text(record(to.destination_channel).id),
    state: text(event.state),
  };
}

export function eventArguments(event: AriEvent): readonly string[] {
  return Array.isArray(event.args) ? event.args.filter((arg) => typeof arg === 'string') : [];
}

export function eventCause(event: AriEvent): number {
  return typeof event.cause === 'number' ? event.cause : 0;
}

/** `PJSIP/101` of the channel name `PJSIP/101-0000002a`. */
export function endpointOf(channelName: string): string {
  const dash = channelName.lastIndexOf('-');
  return dash < 0 ? channelName : channelName.slice(0, dash);
}
