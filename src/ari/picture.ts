/** What Asterisk has of ours now: channels and bridges as the application's picture. */
import type { Picture, PictureLeg } from '../app/phone-system.js';
import { UNKNOWN_MUSIC } from '../core/call/actual.js';
import { isCoachingId } from '../core/call/coaching.js';
import type { ActualConversation, ActualLeg, ActualStage } from '../core/call/plan.js';
import type { Coachings, PictureSnoop } from './coachings.js';
import type { AriConnection } from './connection.js';
import { isVisit } from './dialling-stay.js';
import type { Entrances } from './entrances.js';
import { type Bridge, type Channel, readBridge, readChannel } from './event-shapes.js';
import { arrivalOf, type Detector, detectorWith } from './facts.js';
import type { Ids } from './ids.js';
import { FALLBACK_CONTEXT } from './steps.js';

/**
 * `entrances` knows which legs that called in are in our application; `coachings` which trainers are just being put in their places.
 * @throws AriUnavailable when Asterisk does not answer; Error when it answers with an error.
 */
export async function takePicture(
  connection: AriConnection,
  app: string,
  ids: Ids,
  { entrances, coachings }: { readonly entrances: Entrances; readonly coachings: Coachings },
): Promise<
  Omit<Picture, 'startedAt'> & { readonly detectors: readonly Detector[]; readonly snoops: readonly PictureSnoop[] }
> {
  const [all, bridges] = await Promise.all([
    list(connection, 'channels', readChannel),
    list(connection, 'bridges', readBridge),
  ]);
  const inside = await Promise.all(
    all.map((channel) => !offered(channel, app) || ids.isOurs(channel.id) || entrances.isIn(channel.id)),
  );
  const channels = all.filter((_, index) => inside[index]);
  const detected = new Set(channels.flatMap(({ id, appName }) => (appName === '' ? [] : [ids.detectedLeg(id)])));
  const ours = bridges.filter((bridge) => ids.isOurs(bridge.id));
  const bridgeOf = new Map<string, string>();
  // A visit is nowhere to be; as a conversation that nobody wants it is closed, should it be left over.
  const places = ours.filter((bridge) => !isVisit(bridge.id));
  for (const bridge of places) for (const channelId of bridge.channelIds) bridgeOf.set(channelId, bridge.id);
  const snoops = snoopsIn(channels, bridgeOf, ids);
  leaveUnheard(bridgeOf, snoops);
  for (const [coachingId, legId] of coachings.making()) bridgeOf.set(legId, coachingId);
  return {
    legs: channels.flatMap((channel) =>
      pictureLeg(channel, bridgeOf.get(channel.id) ?? null, detected.has(channel.id), app, ids),
    ),
    snoops,
    detectors: channels.flatMap((channel) => detectorOf(channel, app, ids)),
    conversations: ours.map((bridge) => ({
      callId: ids.callOf(bridge.id),
      conversationId: bridge.id,
      mode: modeOf(bridge),
    })),
  };
}

/**
 * One that is not at work in the dial plan: it has not been sent there yet, or is back. A copy whose dial plan has ended is in no
 * application, and Asterisk keeps it for as long as the leg is there.
 */
function detectorOf({ id, appName, appData }: Channel, app: string, ids: Ids): readonly Detector[] {
  if (ids.detectedLeg(id) === null) return [];
  if (appName === '') return [detectorWith(id, [], ids)];
  const [name, ...args] = appData.split(',');
  return appName === 'Stasis' && name === app ? [detectorWith(id, args, ids)] : [];
}

function snoopsIn(
  channels: readonly Channel[],
  bridgeOf: ReadonlyMap<string, string>,
  ids: Ids,
): readonly PictureSnoop[] {
  return channels.flatMap(({ id: snoopId }) => {
    const coachingId = ids.coachingOf(snoopId);
    return coachingId === null ? [] : [{ coachingId, snoopId, inPlace: bridgeOf.get(snoopId) === coachingId }];
  });
}

/** A trainer's leg in a place without its snoop hears nobody: it is nowhere. */
function leaveUnheard(bridgeOf: Map<string, string>, snoops: readonly PictureSnoop[]): void {
  const whole = new Set(snoops.flatMap(({ coachingId, inPlace }) => (inPlace ? [coachingId] : [])));
  for (const [channelId, bridgeId] of bridgeOf)
    if (isCoachingId(bridgeId) && !whole.has(bridgeId)) bridgeOf.delete(channelId);
}

function modeOf(bridge: Bridge): ActualConversation['mode'] {
  if (isCoachingId(bridge.id)) return 'coaching';
  return bridge.channelIds.length > 2 ? 'conference' : 'pair';
}

async function list<T>(
  connection: AriConnection,
  uri: string,
  read: (value: unknown) => T | null,
): Promise<readonly T[]> {
  const { status, body } = await connection.request('GET', uri);
  if (status !== 200 || !Array.isArray(body)) throw new Error(`GET ${uri}: ${status}`);
  return body.map(read).filter((item) => item !== null);
}

/** A channel that we dialled, or that came in by our dial plan and is still in our application; no other. */
function pictureLeg(
  channel: Channel,
  conversationId: string | null,
  detecting: boolean,
  app: string,
  ids: Ids,
): readonly PictureLeg[] {
  if (ids.isBesideLegs(channel.id)) return [];
  // Handed over for good. Its end is all that Asterisk tells of a leg that we dialled, and releasing it again would be refused.
  if (channel.context === FALLBACK_CONTEXT) return [];
  const ours = ids.isOurs(channel.id);
  const arrival = ours ? null : arrivedIn(channel, app, ids);
  if (!ours && arrival === null) return [];
  const actual: ActualLeg = {
    stage: stageOf(channel, ours),
    // What a waiting leg hears cannot be asked.
    ringing: false,
    music: conversationId === null ? UNKNOWN_MUSIC : null,
    announcementId: null,
    conversationId,
    absorbs: null,
    muted: false,
    detecting,
    shows: null,
    releasing: false,
  };
  return [{ legId: channel.id, callId: ids.callOf(channel.id), actual, arrival }];
}

function arrivedIn(channel: Channel, app: string, ids: Ids) {
  if (offered(channel, app)) return arrivalOf(channel, (channel.appData.split(',')[2] ?? '').split(':'), ids);
  if (channel.appName !== 'Stasis') return null;
  const [name, ...args] = channel.appData.split(',');
  return name === app ? arrivalOf(channel, args, ids) : null;
}

/** The dial plan offers it, or has offered it and it is in our application now: the channel looks the same. */
function offered(channel: Channel, app: string): boolean {
  return channel.appName === 'StasisBroadcast' && channel.appData.split(',')[1] === `^${app}$`;
}

function stageOf(channel: Channel, ours: boolean): ActualStage {
  if (channel.state === 'Up') return 'up';
  if (!ours) return 'arrived';
  // Down is a leg that was created, and also one that was dialled and does not ring yet.
  if (channel.state === 'Down' || channel.state === 'Rsrvd') return 'created';
  return channel.state === 'Ringing' ? 'rings' : 'dialled';
}
