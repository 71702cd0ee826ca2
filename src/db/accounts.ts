/** The tables of agents' accounts and their devices. Called inside the transactions of the configuration. */
import type { Knex } from 'knex';
import { z } from 'zod';
import { ConfigurationConflict } from '../app/configuration-store.js';
import type { AgentAccount, Device } from '../app/directory.js';
import type { AgentId } from '../core/call/state.js';
import { mustBeFree, mustExist, takeNumber } from './configuration-checks.js';
import { accountRow, deviceRow } from './rows.js';

/** `passwordHash` undefined keeps the present one. */
export async function saveAccount(change: Knex, account: AgentAccount, passwordHash?: string): Promise<void> {
  await mustBeFree(change, 'agents', 'login', account.login, account.id);
  await takeNumber(change, 'agent', account.id, account.number);
  const { devices, allow, mayRecord, teamId, ...columns } = account;
  if (teamId !== null) await mustExist(change, 'teams', teamId, 'teamId');
  const row = { ...columns, allow: JSON.stringify(allow), may_record: mayRecord, team_id: teamId };
  const secret = passwordHash === undefined ? {} : { password_hash: passwordHash };
  await change('agents')
    .insert({ ...row, ...secret })
    .onConflict('id')
    .merge({ ...row, ...secret });
  await replaceDevices(change, account.id, devices);
  if (account.disabled) await change('tokens').where({ agent_id: account.id }).delete();
}

export async function loadAccounts(read: Knex): Promise<AgentAccount[]> {
  const rights = ['allow', 'disabled', 'record', 'may_record'];
  const columns = ['id', 'login', 'name', 'number', 'role', 'language', 'team_id', ...rights];
  const accounts = z.array(accountRow).parse(await read('agents').select(columns).orderBy('login'));
  const devices = new Map<AgentId, Device[]>();
  for (const { agentId, ...device } of z
    .array(deviceRow)
    .parse(await read('devices').orderBy(['agent_id', 'position']))) {
    const known = devices.get(agentId);
    if (known === undefined) devices.set(agentId, [device]);
    else known.push(device);
  }
  return accounts.map((account) => ({ ...account, devices: devices.get(account.id) ?? [] }));
}

async function replaceDevices(change: Knex, agentId: AgentId, devices: readonly Device[]): Promise<void> {
  await change('devices').where({ agent_id: agentId }).delete();
  for (const [position, device] of devices.entries()) {
    const other: unknown = await change('devices')
      .where({ id: device.id })
      .orWhere({ address: device.address })
      .first('id');
    if (other !== undefined) throw new ConfigurationConflict('alreadyExists', 'devices');
    const { id, address, autoAnswer } = device;
    await change('devices').insert({ id, agent_id: agentId, address, auto_answer: autoAnswer, position });
  }
}
