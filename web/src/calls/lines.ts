/**
 * What this agent sees of the calls: a panel for each own line, and each call that rings the own phone. Pure: from the service's
 * pictures of the calls, and the own id.
 */
import type { CallView, LegView, LineView } from '../../../src/app/view.js';
import type { Callback } from '../../../src/core/callback/callback.js';

type Party = LegView['party'];

/** held: by this agent; waiting: another party has put this agent on hold, or nobody is there yet. */
export type PanelState =
  | 'active'
  | 'held'
  | 'waiting'
  | 'dialling'
  | 'queued'
  | 'message'
  | 'parked'
  | 'scenario'
  | 'recalled';

export interface PartyItem {
  readonly key: string;
  /** By which the party is muted and removed; null where it is not known. */
  readonly legId: string | null;
  readonly agentId: string | null;
  readonly party: Party;
  readonly rings: boolean;
  readonly muted: boolean;
  readonly onHold: boolean;
  readonly answeredBy: LegView['answeredBy'];
}

export interface Panel {
  readonly key: string;
  readonly callId: string;
  readonly lineId: string;
  readonly call: CallView;
  readonly line: LineView;
  readonly ownLegId: string;
  /** The microphone is off, for all lines of the call. */
  readonly muted: boolean;
  readonly state: PanelState;
  /** Since when it is in this agent's hands with these people. */
  readonly since: number;
  readonly heldSince: number | null;
  /** Everybody else, those who are rung last. */
  readonly parties: readonly PartyItem[];
  /** Who stands in the panel's title. */
  readonly main: Party;
}

export interface Incoming {
  readonly key: string;
  readonly callId: string;
  /** Null for a trainer, who is rung for no line. */
  readonly lineId: string | null;
  /** callback: the own phone rings first; queueCallback: the customer is there already. */
  readonly purpose: LineView['ringing'][number]['purpose'] | 'coach' | 'callback' | 'queueCallback';
  readonly who: Party;
  readonly queueName: string | null;
  readonly tags: readonly string[];
  readonly since: number;
  /** Since when a caller of a queue is there; null for others. */
  readonly waitsSince: number | null;
}

/** The agent's leg that is up, or has dialled; null while it only rings. */
export function ownLegOf(call: CallView, agentId: string): LegView | null {
  return call.legs.find((leg) => leg.agentId === agentId && (leg.phase === 'up' || leg.phase === 'arrived')) ?? null;
}

/** In the order in which they came about, so that no panel changes its place. */
export function panelsOf(calls: Iterable<CallView>, agentId: string): readonly Panel[] {
  return inOrder(calls).flatMap((call) => {
    const own = ownLegOf(call, agentId);
    return own === null ? [] : call.lines.flatMap((line) => panelOf(call, line, own) ?? []);
  });
}

function inOrder(calls: Iterable<CallView>): readonly CallView[] {
  return [...calls].sort((one, other) => one.startedAt - other.startedAt || (one.id < other.id ? -1 : 1));
}

function panelOf(call: CallView, line: LineView, own: LegView): Panel | null {
  const member = line.members.find(({ legId }) => legId === own.id);
  if (member === undefined) return null;
  const parties = [...talking(call, line, own.id), ...rung(call, line)];
  return {
    key: `${call.id}/${line.id}`,
    callId: call.id,
    lineId: line.id,
    call,
    line,
    ownLegId: own.id,
    muted: own.muted,
    state: stateOf(line, member.onHold, parties),
    since: sinceOf(call, line, own),
    heldSince: member.onHold ? member.since : null,
    parties,
    main: mainOf(call, parties),
  };
}

function talking(call: CallView, line: LineView, ownId: string): readonly PartyItem[] {
  return line.members.flatMap(({ legId, onHold }) => {
    const leg = call.legs.find(({ id }) => id === legId);
    if (leg === undefined || legId === ownId) return [];
    const { agentId, party, muted, answeredBy } = leg;
    return [{ key: legId, legId, agentId, party, rings: false, muted, onHold, answeredBy }];
  });
}

function rung(call: CallView, line: LineView): readonly PartyItem[] {
  return line.ringing.map(({ offerId, party, agentId }) => {
    const leg = call.legs.find(
      (each) =>
        (each.phase === 'dialling' || each.phase === 'ringing') &&
        each.agentId === agentId &&
        each.party.number === party.number,
    );
    const still = { rings: true, muted: false, onHold: false, answeredBy: null };
    return { key: offerId, legId: leg?.id ?? null, agentId, party, ...still };
  });
}

function stateOf(line: LineView, onHold: boolean, parties: readonly PartyItem[]): PanelState {
  if (onHold) return 'held';
  if (line.state === 'held') return line.awaitsAgentId === null ? 'waiting' : 'recalled';
  if (line.state === 'active' && parties.length > 0 && parties.every((each) => each.onHold)) return 'waiting';
  return line.state;
}

/** Since both have been there; while somebody is rung, since that began. */
function sinceOf(call: CallView, line: LineView, own: LegView): number {
  const there = line.members.flatMap(({ legId }) => (legId === own.id ? [] : call.legs.find(({ id }) => id === legId)));
  const others = there.flatMap((leg) => leg?.since ?? []);
  if (others.length > 0) return Math.max(own.since, Math.min(...others));
  const [offer] = line.ringing;
  return offer?.since ?? own.since;
}

function mainOf(call: CallView, parties: readonly PartyItem[]): Party {
  const main = parties.find(({ agentId, rings }) => agentId === null && !rings) ?? parties[0];
  if (main !== undefined) return main.party;
  return { number: call.dialled, name: '' };
}

/** What rings the agent's phone now. `callbackCalls`: ids of calls that the system makes for callbacks. */
export function incomingOf(
  calls: Iterable<CallView>,
  agentId: string,
  callbackCalls: ReadonlySet<string> = new Set(),
): readonly Incoming[] {
  return inOrder(calls).flatMap((call) => {
    const isCallback = callbackCalls.has(call.id);
    return [
      ...call.lines
        .flatMap((line) => rungOn(call, line, agentId))
        .map((each) => (isCallback ? asCallback(each) : each)),
      ...asTrainer(call, agentId),
    ];
  });
}

function asCallback(incoming: Incoming): Incoming {
  if (incoming.purpose === 'own') return { ...incoming, purpose: 'callback' };
  return incoming.purpose === 'queue' ? { ...incoming, purpose: 'queueCallback' } : incoming;
}

/** Each callback that is being made has the call of its last attempt. */
export function callbackCallsOf(callbacks: Iterable<Callback>): ReadonlySet<string> {
  const calling = [...callbacks].filter(({ state }) => state === 'calling');
  return new Set(calling.flatMap(({ attempts }) => attempts.at(-1)?.callId ?? []));
}

function rungOn(call: CallView, line: LineView, agentId: string): readonly Incoming[] {
  return line.ringing.flatMap((ring) => {
    if (ring.agentId !== agentId) return [];
    const fromQueue = ring.purpose === 'queue';
    return {
      key: ring.offerId,
      callId: call.id,
      lineId: line.id,
      purpose: ring.purpose,
      who: whoCalls(call, line, ring),
      queueName: call.queueName,
      tags: call.tags,
      since: ring.since,
      waitsSince: fromQueue ? call.startedAt : null,
    };
  });
}

/** Before an own call it is who will be called; else whoever is on the line. */
function whoCalls(call: CallView, line: LineView, ring: LineView['ringing'][number]): Party {
  if (ring.purpose === 'own') return line.calls ?? { number: call.dialled, name: '' };
  const members = line.members.flatMap(({ legId }) => call.legs.find(({ id }) => id === legId) ?? []);
  const asks = members.find((leg) => ring.byAgentId !== null && leg.agentId === ring.byAgentId);
  return (asks ?? members.find((leg) => leg.agentId === null) ?? members[0])?.party ?? call.from;
}

function asTrainer(call: CallView, agentId: string): readonly Incoming[] {
  return call.coachings.flatMap((each) => {
    if (each.coachId !== agentId || each.state !== 'ringing') return [];
    const agent = call.legs.find((leg) => leg.agentId === each.agentId);
    return {
      key: `${call.id}/coach/${each.agentId}`,
      callId: call.id,
      lineId: null,
      purpose: 'coach' as const,
      who: agent?.party ?? call.from,
      queueName: call.queueName,
      tags: call.tags,
      since: agent?.since ?? call.startedAt,
      waitsSince: null,
    };
  });
}

/** The one the agent talks on, else the one that was put on hold last: what a shortcut means. */
export function presentOf(panels: readonly Panel[]): Panel | null {
  const active = panels.find(({ heldSince }) => heldSince === null);
  if (active !== undefined) return active;
  return panels.reduce<Panel | null>(
    (last, each) => (last === null || (each.heldSince ?? 0) > (last.heldSince ?? 0) ? each : last),
    null,
  );
}

/** Whom the agent talks with from outside, for what concerns customers: callbacks, the blacklist, contacts. */
export function customerOf(panel: Panel): Party | null {
  return outsiderOf(panel)?.party ?? null;
}

export function outsiderOf({ parties }: Panel): PartyItem | null {
  return (
    parties.find(({ agentId, rings }) => agentId === null && !rings) ??
    parties.find(({ agentId }) => agentId === null) ??
    null
  );
}
