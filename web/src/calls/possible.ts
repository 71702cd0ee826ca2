/**
 * What can be done with a line now, and if not, why. The same rules as the service's own, so that a button that can be pressed is
 * hardly ever refused; what only the service knows (phones, trainers) it says itself. Pure.
 */
import type { CallView } from '../../../src/app/view.js';
import type { Panel } from './lines.js';

/** Keys of the words `why`. */
export type Reason =
  | 'nobodyThere'
  | 'stillRinging'
  | 'inQueue'
  | 'messagePlays'
  | 'isParked'
  | 'oneLineOnly'
  | 'severalLines'
  | 'severalParties'
  | 'noNumber'
  | 'disconnected'
  | 'pbxAway'
  | 'phoneRings'
  | 'sessionNotStarted'
  | 'pickUpDeskPhone'
  | 'callOver'
  | 'isHeld'
  | 'ringsElsewhere'
  | 'mayNotRecord'
  | 'trainerCalled'
  | 'optionGone'
  | 'phoneInOtherTab';

export type Action =
  | 'hold'
  | 'resume'
  | 'mute'
  | 'hangUp'
  | 'transfer'
  | 'consult'
  | 'invite'
  | 'complete'
  | 'conference'
  | 'record'
  | 'leaveMessage'
  | 'park'
  | 'moveToDevice'
  | 'coach'
  | 'tag';

/** What holds for all of them: no connection, or a PBX that is not heard. */
export interface Circumstances {
  readonly connected: boolean;
  readonly pbxHeard: boolean;
}

export function whyNothing({ connected, pbxHeard }: Circumstances): Reason | null {
  if (!connected) return 'disconnected';
  return pbxHeard ? null : 'pbxAway';
}

/** Null: it can be done. `all`: every line of the agent. */
export function whyNot(action: Action, panel: Panel, all: readonly Panel[]): Reason | null {
  switch (action) {
    case 'hangUp':
    case 'tag':
    case 'resume':
      return null;
    case 'hold':
      return alone(panel);
    case 'moveToDevice':
      // Asked again while the other phones ring, it is called off: whatever else has changed since.
      return movesAway(panel) ? null : whyNot('mute', panel, all);
    case 'mute':
    case 'consult':
    case 'coach':
      return ofCall(panel, all).some((each) => alone(each) === null) ? null : whyAlone(panel);
    case 'transfer':
    case 'park':
      return alone(panel) ?? seeks(panel);
    case 'leaveMessage':
      return alone(panel) ?? seeks(panel) ?? (othersOn(panel) > 1 ? 'severalParties' : null);
    case 'invite':
      return alone(panel) ?? waits(panel);
    case 'record':
      return panel.line.state === 'active' ? null : alone(panel);
    case 'complete':
      return joinedWith(panel, all).reason;
    case 'conference':
      return conferenceWith(panel, all).reason;
  }
}

/** Starting, stopping, pausing and going on with the recording are for those who may. */
export function whyNotRecord(panel: Panel, all: readonly Panel[], mayRecord: boolean): Reason | null {
  if (!mayRecord) return 'mayNotRecord';
  return panel.line.recording === 'no' ? whyNot('record', panel, all) : null;
}

/** `trainerId` null: the one who is set for the agent, whom the page does not know: not while any is called. */
export function whyNotCoach(panel: Panel, all: readonly Panel[], trainerId: string | null): Reason | null {
  const called = ownTrainers(panel).some(
    ({ coachId, state }) => state !== 'failed' && (trainerId === null || coachId === trainerId),
  );
  return called ? 'trainerCalled' : whyNot('coach', panel, all);
}

/** Whom the agent has called for help, those who did not come too; but not those whom the agent has called off. */
export function ownTrainers({ call, ownLegId }: Panel): CallView['coachings'] {
  const own = call.legs.find(({ id }) => id === ownLegId)?.agentId;
  return call.coachings.filter(
    ({ agentId, byAgentId, outcome }) => agentId === own && byAgentId === own && outcome !== 'withdrawn',
  );
}

export function movesAway({ call, ownLegId }: Panel): boolean {
  const own = call.legs.find(({ id }) => id === ownLegId)?.agentId;
  return call.moves.some(({ agentId }) => agentId === own);
}

function othersOn({ line, ownLegId }: Panel): number {
  return line.members.filter(({ legId }) => legId !== ownLegId).length;
}

function alone(panel: Panel): Reason | null {
  return othersOn(panel) > 0 ? null : whyAlone(panel);
}

function whyAlone(panel: Panel): Reason {
  return waits(panel) ?? (panel.line.ringing.length > 0 ? 'stillRinging' : 'nobodyThere');
}

/** In a queue, in a slot, or hearing a message. */
function waits({ line: { state } }: Panel): Reason | null {
  if (state === 'queued') return 'inQueue';
  if (state === 'message') return 'messagePlays';
  return state === 'parked' ? 'isParked' : null;
}

function seeks(panel: Panel): Reason | null {
  return waits(panel) ?? (panel.line.ringing.length > 0 ? 'stillRinging' : null);
}

function ofCall({ callId }: Panel, all: readonly Panel[]): readonly Panel[] {
  return all.filter((each) => each.callId === callId);
}

/** The present line of each other call. */
function otherCalls(panel: Panel, all: readonly Panel[]): readonly Panel[] {
  const ids = [...new Set(all.map(({ callId }) => callId))].filter((id) => id !== panel.callId);
  return ids.flatMap((id) => {
    const lines = all.filter(({ callId }) => callId === id);
    const present = lines.find(({ heldSince }) => heldSince === null) ?? latest(lines);
    return present === undefined ? [] : [present];
  });
}

function latest(panels: readonly Panel[]): Panel | undefined {
  return [...panels].sort((one, other) => (other.heldSince ?? 0) - (one.heldSince ?? 0))[0];
}

export type Joined = { readonly reason: Reason } | { readonly reason: null; readonly other: Panel };

/** Whom completing joins with this line: the one it was opened from, or the only other one. */
export function joinedWith(panel: Panel, all: readonly Panel[]): Joined {
  const others = ofCall(panel, all).filter(({ key }) => key !== panel.key);
  const origin = others.find(({ lineId }) => lineId === panel.line.originId);
  const opened = others.filter(({ line }) => line.originId === panel.lineId);
  const [only, ...more] = origin !== undefined ? [origin] : opened.length === 1 ? opened : others;
  if (only !== undefined) return more.length > 0 ? { reason: 'severalLines' } : withLine(panel, only);
  const [call, ...moreCalls] = otherCalls(panel, all);
  if (call === undefined) return { reason: 'oneLineOnly' };
  return moreCalls.length > 0 ? { reason: 'severalLines' } : withLine(panel, call);
}

/** Those who wait on hold are joined by those who are being asked. */
export function withLine(panel: Panel, other: Panel): Joined {
  const [from, into] = seeks(other) === null ? [panel, other] : [other, panel];
  const sameCall = from.callId === into.callId;
  const why =
    seeks(into) ??
    alone(into) ??
    (seeks(from) === null ? alone(from) : null) ??
    (from.line.state === 'message' || from.line.state === 'parked' ? waits(from) : null) ??
    (sameCall ? null : waits(from));
  return why === null ? { reason: null, other } : { reason: why };
}

/** All lines of the call; else the present one of the only other call. */
export function conferenceWith(panel: Panel, all: readonly Panel[]): Joined {
  const lines = ofCall(panel, all);
  const other = lines.find(({ key }) => key !== panel.key);
  if (other !== undefined) {
    const waiting = lines.map(waits).find((why) => why !== null) ?? null;
    return waiting === null ? { reason: null, other } : { reason: waiting };
  }
  const [call, ...more] = otherCalls(panel, all);
  if (call === undefined) return { reason: 'oneLineOnly' };
  return more.length > 0 ? { reason: 'severalLines' } : withLine(panel, call);
}

/** A new call: the own phone must be free to ring. */
export function whyNoNewCall(agent: { loggedIn: boolean; activity: string } | null, rings: boolean): Reason | null {
  if (agent?.loggedIn === false) return 'sessionNotStarted';
  return rings ? 'phoneRings' : null;
}
