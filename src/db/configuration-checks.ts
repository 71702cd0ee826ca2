/**
 * What a configuration change may run into. Read inside the transaction of the change, which has the configuration to itself,
 * so the answer still holds when the change is written.
 */
import type { Knex } from 'knex';
import { z } from 'zod';
import { ConfigurationConflict } from '../app/configuration-store.js';
import type { FeatureCode } from '../app/feature-codes/features.js';
import { SYSTEM_STATUS } from '../core/agent/state.js';
import type { PersonalCallbackRule, QueueCallbackRule } from '../core/callback/rule.js';
import type { Destination } from '../core/queue/settings.js';
import { referencesOf } from '../core/scenario/references.js';
import { centreRow, queueRow, routeRow } from './rows.js';
import { published, publishedScenarios } from './scenario-rows.js';

/** Fails if another row already has this value. */
export async function mustBeFree(
  change: Knex,
  table: string,
  column: string,
  value: string,
  ownId: string,
): Promise<void> {
  const other: unknown = await change(table).where(column, value).whereNot('id', ownId).first('id');
  if (other !== undefined) throw new ConfigurationConflict('alreadyExists', column);
}

/** Gives the internal number to the agent or queue, in place of its present one; null takes it away. */
export async function takeNumber(
  change: Knex,
  kind: 'agent' | 'queue',
  ownerId: string,
  number: string | null,
): Promise<void> {
  await change('internal_numbers').where({ kind, owner_id: ownerId }).delete();
  if (number === null) return;
  const other: unknown = await change('internal_numbers').where({ number }).first('number');
  if (other !== undefined) throw new ConfigurationConflict('alreadyExists', 'number');
  await change('internal_numbers').insert({ number, kind, owner_id: ownerId });
}

export async function mustExist(change: Knex, table: string, id: string, field: string): Promise<void> {
  const row: unknown = await change(table).where({ id }).first('id');
  if (row === undefined) throw new ConfigurationConflict('unknownReference', field);
}

export async function mustLeadSomewhere(change: Knex, to: Destination, field: string): Promise<void> {
  if (to.kind === 'queue') await mustExist(change, 'queues', to.queueId, field);
  if (to.kind === 'agent') await mustExist(change, 'agents', to.agentId, field);
  if (to.kind === 'scenario') {
    const row: unknown = await published(change).andWhere({ id: to.scenarioId }).first('id');
    if (row === undefined) throw new ConfigurationConflict('unknownReference', field);
  }
}

/** Where customers go for whom there is no agent, and what they hear. */
export async function callbacksMustLeadSomewhere(change: Knex, rule: QueueCallbackRule): Promise<void> {
  if (rule.fallback !== null) await mustLeadSomewhere(change, rule.fallback, 'callbacks.fallback');
  for (const field of ['greeting', 'apology'] as const) {
    const sound = rule[field];
    if (sound === null || typeof sound === 'string') continue;
    const shared = { id: sound.message, agent_id: null, state: 'ready' };
    const row: unknown = await change('messages').where(shared).first('id');
    if (row === undefined) throw new ConfigurationConflict('unknownReference', `callbacks.${field}.message`);
  }
}

/** Customers have been promised something: a queue with open callbacks stays. */
export async function mustHaveNoCallbacks(change: Knex, queueId: string): Promise<void> {
  const open = change('callbacks').where({ queue_id: queueId }).whereIn('state', ['scheduled', 'calling']);
  const row: unknown = await open.first('id');
  if (row !== undefined) throw new ConfigurationConflict('stillInUse', 'callbacks');
}

/** The queues that take over from agents who cannot be had. */
export async function personalMustLeadSomewhere(change: Knex, { away }: PersonalCallbackRule): Promise<void> {
  for (const [why, { queueId }] of Object.entries(away))
    if (queueId !== null) await mustExist(change, 'queues', queueId, `personalCallbacks.away.${why}.queueId`);
}

/** Fails if a route, a queue's overflow, the default route or a published scenario leads there. */
export async function mustNotBeDestination(
  change: Knex,
  kind: 'agent' | 'queue' | 'scenario',
  id: string,
): Promise<void> {
  const leadsThere = (to: Destination) =>
    (to.kind === 'agent' && kind === 'agent' && to.agentId === id) ||
    (to.kind === 'queue' && kind === 'queue' && to.queueId === id) ||
    (to.kind === 'scenario' && kind === 'scenario' && to.scenarioId === id);
  const routes = z.array(routeRow).parse(await change('routes').select());
  if (routes.some((route) => leadsThere(route.to))) throw new ConfigurationConflict('stillInUse', 'route');
  const queues = z.array(queueRow).parse(await change('queues').select('settings'));
  const others = queues.filter((queue) => queue.id !== id);
  if (others.some((queue) => leadsThere(queue.overflow))) throw new ConfigurationConflict('stillInUse', 'overflow');
  if (others.some(({ callbacks }) => callbacks.fallback !== null && leadsThere(callbacks.fallback)))
    throw new ConfigurationConflict('stillInUse', 'callbacks.fallback');
  const centre = centreRow.parse(await change('centre_settings').first('settings'));
  if (leadsThere(centre.defaultRoute)) throw new ConfigurationConflict('stillInUse', 'defaultRoute');
  const takesOver = Object.values(centre.personalCallbacks.away).some(({ queueId }) => queueId === id);
  if (kind === 'queue' && takesOver) throw new ConfigurationConflict('stillInUse', 'personalCallbacks');
  const scenarios = (await publishedScenarios(change)).filter((each) => kind !== 'scenario' || each.id !== id);
  if (scenarios.some(({ scenario }) => referencesOf(scenario).some((to) => to.kind === kind && to.id === id)))
    throw new ConfigurationConflict('stillInUse', 'scenario');
}

/** Statuses that agents set by dialling. */
export async function dialledMustExist(change: Knex, codes: readonly FeatureCode[]): Promise<void> {
  for (const [position, { statusId }] of codes.entries())
    if (statusId !== null) await mustExist(change, 'statuses', statusId, `featureCodes.${position}.statusId`);
}

/** Fails for a status the system sets itself, that follows a login, that is dialled, or that an agent is in. */
export async function mustBeUnusedStatus(change: Knex, id: string): Promise<void> {
  if (Object.values<string>(SYSTEM_STATUS).includes(id)) throw new ConfigurationConflict('stillInUse', 'system');
  const centre = centreRow.parse(await change('centre_settings').first('settings'));
  if (centre.statusAfterLogin === id) throw new ConfigurationConflict('stillInUse', 'statusAfterLogin');
  const dialled = centre.featureCodes.find(({ statusId }) => statusId === id);
  if (dialled !== undefined) throw new ConfigurationConflict('stillInUse', 'featureCodes', dialled.code);
  const agent: unknown = await change('agent_states').where({ status_id: id }).first('agent_id');
  if (agent !== undefined) throw new ConfigurationConflict('stillInUse', 'agent');
}
