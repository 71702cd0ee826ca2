/** Tells the changes of the call centre in sentences. */
import type { AgentView, CallView, LegView } from '../src/app/view.js';
import type { ChangeMessage } from '../src/realtime/protocol.js';
import { clock } from './print.js';
import type { Watch } from './watch.js';

/** Status ids to the words people see. */
export type StatusNames = ReadonlyMap<string, string>;

/** What a change says beyond the picture before it; often nothing. */
export function narrate(change: ChangeMessage, before: Watch, statuses: StatusNames): readonly string[] {
  if (change.topic === 'agent') return agentSentences(before.agents.get(change.id), change.view, statuses);
  if (change.topic === 'call') return callSentences(before.calls.get(change.id), change.view, before);
  return [];
}

function agentSentences(
  before: AgentView | undefined,
  now: AgentView | null,
  statuses: StatusNames,
): readonly string[] {
  if (now === null) return [];
  const who = `${now.name} (${now.number})`;
  if (before?.loggedIn === true && !now.loggedIn) return [`${who} logs out`];
  const { status } = now;
  if (status === null || (status.id === before?.status?.id && status.since === before.status.since)) return [];
  const came = before?.loggedIn === true ? '' : 'logs in; ';
  const until = status.until === null ? '' : ` until ${clock(new Date(status.until))}`;
  return [`${who} ${came}status: ${statuses.get(status.id) ?? status.id}${until}`];
}

function callSentences(before: CallView | undefined, now: CallView | null, watch: Watch): readonly string[] {
  if (now === null) return before === undefined ? [] : [`The call of ${caller(before)} is over${talked(before)}`];
  const sentences: string[] = [];
  if (before === undefined) sentences.push(`${caller(now)} calls ${now.dialled}`);
  if (now.position !== null && now.position !== before?.position) {
    const queue = watch.queues.get(now.queueId ?? '')?.name ?? now.queueId;
    sentences.push(`${caller(now)} waits in the queue ${queue}, place ${now.position}`);
  }
  for (const leg of now.legs) {
    const earlier = before?.legs.find(({ id }) => id === leg.id);
    sentences.push(...legSentences(earlier, leg, watch));
  }
  if (now.phase === 'talking' && before?.phase !== 'talking') sentences.push(`${talkers(now, watch)} talk`);
  return sentences;
}

function legSentences(before: LegView | undefined, now: LegView, watch: Watch): readonly string[] {
  if (now.agentId === null || before?.phase === now.phase) return [];
  const who = nameOf(now, watch);
  if (now.phase === 'dialling') return [`The call is offered to ${who}`];
  if (now.phase === 'ringing') return [`The phone of ${who} rings`];
  return now.phase === 'up' ? [`${who} answers`] : [];
}

function nameOf(leg: LegView, watch: Watch): string {
  const agent = leg.agentId === null ? undefined : watch.agents.get(leg.agentId);
  return agent === undefined ? leg.party.name || leg.party.number : `${agent.name} (${agent.number})`;
}

function talkers(call: CallView, watch: Watch): string {
  return call.legs
    .filter(({ phase }) => phase === 'up')
    .map((leg) => nameOf(leg, watch))
    .join(' and ');
}

function caller({ from }: CallView): string {
  return from.name === '' ? from.number : `${from.name} (${from.number})`;
}

function talked({ connectedAt }: CallView): string {
  return connectedAt === null ? '' : `, ${((Date.now() - connectedAt) / 1000).toFixed(1)} s after the answer`;
}
