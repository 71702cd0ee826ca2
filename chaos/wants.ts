/** What a supervisor should see of a call in each situation. */
import type { CallView, LineView } from '../src/app/view.js';
import type { Picture } from './door.js';

/** In the order in which calls are spread over them. */
export const SITUATIONS = [
  'talking',
  'waiting',
  'ringing',
  'consult',
  'held',
  'message',
  'conference',
  'recorded',
  'consultRinging',
  'wrapUp',
] as const;

export type Situation = (typeof SITUATIONS)[number];

/** What became of a call by what its people did while nobody could command it. */
export type Outcome = 'gone' | 'recalled' | 'twoLeft' | 'targetRings' | 'transferring' | 'queued';

/** True when it is so; `agentId` is the agent whose call it is. */
export type Want = (call: CallView | undefined, picture: Picture, agentId: string) => boolean;

const isActive = (line: LineView, people: number): boolean =>
  line.state === 'active' && line.members.length === people && line.members.every(({ onHold }) => !onHold);

const isTalk = (call: CallView | undefined): call is CallView =>
  call?.phase === 'talking' && call.lines.length === 1 && call.lines.every((line) => isActive(line, 2));

const rings = (call: CallView | undefined, purpose: string): boolean =>
  call?.lines.some(({ ringing }) => ringing.some((offer) => offer.purpose === purpose)) === true &&
  call.legs.some(({ phase }) => phase === 'ringing');

const has = (call: CallView | undefined, ...states: readonly string[]): boolean =>
  call?.lines.length === states.length && states.every((state) => call.lines.some((line) => line.state === state));

export const WANTS: Readonly<Record<Situation | Outcome, Want>> = {
  talking: isTalk,
  waiting: (call) => call?.phase === 'queued' && call.position !== null && !rings(call, 'queue'),
  ringing: (call) => call?.phase === 'queued' && rings(call, 'queue'),
  held: (call) => has(call, 'held'),
  consultRinging: (call) => has(call, 'held', 'dialling') && rings(call, 'consult'),
  consult: (call) => has(call, 'held', 'active'),
  conference: (call) => call?.lines.length === 1 && call.lines.every((line) => line.conference && isActive(line, 3)),
  recorded: (call) => isTalk(call) && call.lines.every(({ recording }) => recording === 'yes'),
  message: (call) => has(call, 'message'),
  wrapUp: (call, { agents }, agentId) =>
    call === undefined && agents.some(({ id, status }) => id === agentId && status?.id === 'callHandling'),
  gone: (call, { agents }, agentId) =>
    call === undefined && agents.some(({ id, activity }) => id === agentId && activity === 'idle'),
  recalled: (call) => rings(call, 'recall'),
  twoLeft: isTalk,
  targetRings: (call) => has(call, 'dialling') && rings(call, 'consult'),
  transferring: (call) => has(call, 'dialling') && rings(call, 'transfer'),
  queued: (call) => call?.phase === 'queued' && call.position !== null,
};
