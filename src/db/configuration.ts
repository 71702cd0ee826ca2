/** Accounts, queues, members, statuses, numbers and settings. One change at a time: each bumps the version before it reads. */
import type { Knex } from 'knex';
import { z } from 'zod';
import type { ConfigurationStore, LoadedConfiguration, PhoneLogin } from '../app/configuration-store.js';
import type {
  AgentAccount,
  CentreSettings,
  OutgoingRule,
  Route,
  Team,
  TeamId,
  TrainerSetting,
} from '../app/directory.js';
import type { StatusDefinition } from '../core/agent/state.js';
import type { AgentId, QueueId } from '../core/call/state.js';
import type { KeyScope, KeySet } from '../core/option/option.js';
import type { QueueMember, QueueSettings } from '../core/queue/settings.js';
import { loadAccounts, saveAccount } from './accounts.js';
import {
  callbacksMustLeadSomewhere,
  dialledMustExist,
  mustBeFree,
  mustBeUnusedStatus,
  mustExist,
  mustHaveNoCallbacks,
  mustLeadSomewhere,
  mustNotBeDestination,
  personalMustLeadSomewhere,
  takeNumber,
} from './configuration-checks.js';
import { loadKeySets, removeKeySets, saveKeySet } from './key-sets.js';
import { centreRow, memberRow, outgoingRuleRow, phoneLoginRow, queueRow, routeRow, statusRow } from './rows.js';
import { publishedScenarios } from './scenario-rows.js';
import { loadTeams, removeTeam, saveTeam } from './teams.js';
import { loadTrainers, removeTrainer, saveTrainer } from './trainers.js';

export class StoredConfiguration implements ConfigurationStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** In one transaction, so that what is loaded fits together. */
  load(): Promise<LoadedConfiguration> {
    return this.#knex.transaction(
      async (read) => ({
        agents: await loadAccounts(read),
        queues: z.array(queueRow).parse(await read('queues').select('settings').orderBy('name')),
        members: z.array(memberRow).parse(await read('queue_members').select().orderBy(['queue_id', 'agent_id'])),
        statuses: z.array(statusRow).parse(await read('statuses').select().orderBy(['position', 'id'])),
        routes: z.array(routeRow).parse(await read('routes').select().orderBy('number')),
        outgoingRules: z
          .array(outgoingRuleRow)
          .parse(await read('outgoing_rules').select().orderBy(['position', 'id'])),
        centre: centreRow.parse(await read('centre_settings').first('settings')),
        keySets: await loadKeySets(read),
        scenarios: await publishedScenarios(read),
        phoneLogins: z.array(phoneLoginRow).parse(await read('phone_logins').select()),
        trainers: await loadTrainers(read),
        teams: await loadTeams(read),
      }),
      this.#knex.client.config.client === 'pg' ? { isolationLevel: 'repeatable read' } : {},
    );
  }

  saveAgent(account: AgentAccount, passwordHash?: string): Promise<void> {
    return this.#change((change) => saveAccount(change, account, passwordHash));
  }

  removeAgent(id: AgentId): Promise<boolean> {
    return this.#change(async (change) => {
      await mustNotBeDestination(change, 'agent', id);
      await takeNumber(change, 'agent', id, null);
      await removeKeySets(change, ['agent'], id);
      return (await change('agents').where({ id }).delete()) > 0;
    });
  }

  saveQueue(queue: QueueSettings): Promise<void> {
    return this.#change(async (change) => {
      await mustBeFree(change, 'queues', 'name', queue.name, queue.id);
      await takeNumber(change, 'queue', queue.id, queue.number);
      const { id, name, number, serviceLevelMs } = queue;
      const row = { id, name, number, service_level_ms: serviceLevelMs, settings: JSON.stringify(queue) };
      await change('queues').insert(row).onConflict('id').merge();
      // After the row is there: a queue may overflow into itself.
      await mustLeadSomewhere(change, queue.overflow, 'overflow');
      await callbacksMustLeadSomewhere(change, queue.callbacks);
    });
  }

  removeQueue(id: QueueId): Promise<boolean> {
    return this.#change(async (change) => {
      await mustNotBeDestination(change, 'queue', id);
      await mustHaveNoCallbacks(change, id);
      await takeNumber(change, 'queue', id, null);
      await removeKeySets(change, ['queue', 'customer'], id);
      return (await change('queues').where({ id }).delete()) > 0;
    });
  }

  saveMember({ queueId, agentId, priority }: QueueMember): Promise<void> {
    return this.#change(async (change) => {
      await mustExist(change, 'queues', queueId, 'queueId');
      await mustExist(change, 'agents', agentId, 'agentId');
      const row = { queue_id: queueId, agent_id: agentId, priority };
      await change('queue_members').insert(row).onConflict(['queue_id', 'agent_id']).merge();
    });
  }

  removeMember(queueId: QueueId, agentId: AgentId): Promise<boolean> {
    return this.#change(
      async (change) => (await change('queue_members').where({ queue_id: queueId, agent_id: agentId }).delete()) > 0,
    );
  }

  saveStatus(status: StatusDefinition): Promise<void> {
    return this.#change(async (change) => {
      const { name, ...columns } = status;
      const row = { ...columns, name_en: name.en, name_ru: name.ru };
      await change('statuses').insert(row).onConflict('id').merge();
    });
  }

  removeStatus(id: string): Promise<boolean> {
    return this.#change(async (change) => {
      await mustBeUnusedStatus(change, id);
      return (await change('statuses').where({ id }).delete()) > 0;
    });
  }

  savePhoneLogin({ address, agentId }: PhoneLogin): Promise<void> {
    return this.#knex.transaction(async (change) => {
      await change('phone_logins').where({ address }).orWhere({ agent_id: agentId }).delete();
      await change('phone_logins').insert({ address, agent_id: agentId });
    });
  }

  async removePhoneLogin(agentId: AgentId): Promise<void> {
    await this.#knex('phone_logins').where({ agent_id: agentId }).delete();
  }

  saveRoute({ to, ...columns }: Route): Promise<void> {
    return this.#change(async (change) => {
      await mustLeadSomewhere(change, to, 'to');
      const row = { ...columns, destination: JSON.stringify(to) };
      await change('routes').insert(row).onConflict('number').merge();
    });
  }

  removeRoute(number: string): Promise<boolean> {
    return this.#change(async (change) => (await change('routes').where({ number }).delete()) > 0);
  }

  saveOutgoingRule(rule: OutgoingRule): Promise<void> {
    return this.#change(async (change) => {
      const { callerNumber, detectMachines, ...columns } = rule;
      const row = { ...columns, caller_number: callerNumber, detect_machines: detectMachines };
      await change('outgoing_rules').insert(row).onConflict('id').merge();
    });
  }

  removeOutgoingRule(id: string): Promise<boolean> {
    return this.#change(async (change) => (await change('outgoing_rules').where({ id }).delete()) > 0);
  }

  saveCentre(settings: CentreSettings): Promise<void> {
    return this.#change(async (change) => {
      await mustExist(change, 'statuses', settings.statusAfterLogin, 'statusAfterLogin');
      await dialledMustExist(change, settings.featureCodes);
      await mustLeadSomewhere(change, settings.defaultRoute, 'defaultRoute');
      await personalMustLeadSomewhere(change, settings.personalCallbacks);
      await change('centre_settings').update({ settings: JSON.stringify(settings) });
    });
  }

  saveKeySet(set: KeySet): Promise<void> {
    return this.#change((change) => saveKeySet(change, set));
  }

  removeKeySet(scope: KeyScope, ownerId: string): Promise<boolean> {
    return this.#change((change) => removeKeySets(change, [scope], ownerId));
  }

  saveTrainer(setting: TrainerSetting): Promise<void> {
    return this.#change((change) => saveTrainer(change, setting));
  }

  removeTrainer(of: TrainerSetting['of'], id: string): Promise<boolean> {
    return this.#change((change) => removeTrainer(change, of, id));
  }

  saveTeam(team: Team): Promise<void> {
    return this.#change((change) => saveTeam(change, team));
  }

  removeTeam(id: TeamId): Promise<boolean> {
    return this.#change((change) => removeTeam(change, id));
  }

  /**
   * The first statement writes, on both databases: it makes other changes wait, so checks hold, and on SQLite a transaction
   * that began by reading would be refused as soon as the journal has written meanwhile.
   */
  async #change<T>(body: (change: Knex.Transaction) => Promise<T>): Promise<T> {
    return await this.#knex.transaction(async (change) => {
      await change('centre_settings').increment('version', 1);
      return await body(change);
    });
  }
}
