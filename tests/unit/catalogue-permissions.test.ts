/** Who may do what: every command for every role, and what an agent may not see. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { catalogue } from '../../src/app/catalogue/catalogue.js';
import { createExecutor, type Execute } from '../../src/app/catalogue/execute.js';
import type { Role } from '../../src/app/directory.js';
import { createFakeApplication, type FakeApplication, recordingLog } from '../support/fake-application.js';
import { validInput } from '../support/fuzz.js';
import { type MemoryMessages, memoryMessages } from '../support/memory-messages.js';
import fc from '../support/properties.js';

/** What agents do with the lines of their calls. */
const LINE_COMMANDS =
  'hold resume swap consult transfer complete conference invite removeParty muteParty unmuteParty sendDigits tag untag record leaveMessage'
    .split(' ')
    .map((name) => `call.${name}`);

/** Written out by hand: a change of a role in the catalogue must be a change here too. */
const ALLOWED: Readonly<Record<Role, readonly string[]>> = {
  agent: [
    'me.get',
    'agent.logIn',
    'agent.logOut',
    'agent.setStatus',
    'agent.endWrapUp',
    'agent.setPin',
    'agent.list',
    'agent.get',
    'agent.colleague',
    'agent.colleagues',
    'call.dial',
    'call.pickUp',
    'call.park',
    'call.retrieve',
    'call.parked',
    'call.hangUp',
    'call.mute',
    'call.unmute',
    ...LINE_COMMANDS,
    'call.coach',
    'call.coachMode',
    'call.moveToDevice',
    'call.cancelMove',
    'phone.credentials',
    'phone.resume',
    'call.stopCoaching',
    'call.list',
    'call.get',
    'queue.list',
    'queue.get',
    'recording.list',
    'recording.get',
    'history.calls',
    'history.call',
    'history.sessions',
    'history.statuses',
    'statistics.queues',
    'statistics.agents',
    'message.list',
    'message.record',
    'message.rename',
    'message.remove',
    'voicemail.list',
    'voicemail.mark',
    'voicemail.remove',
    'contacts.search',
    'contacts.get',
    'contacts.ofNumber',
    'contacts.add',
    'contacts.save',
    'contacts.assignManager',
    'contacts.addToGroup',
    'contacts.takeBack',
    'contacts.groups.list',
    'blacklist.add',
    'blacklist.remove',
    'tags.list',
    'configuration.statuses.list',
    'configuration.keys.effective',
    ...['schedule', 'list', 'get', 'change', 'cancel', 'callNow', 'takeOver'].map((name) => `callback.${name}`),
    'sms.send',
    'sms.list',
    'sms.templates.list',
  ],
  supervisor: [
    'statistics.callbacks',
    'agent.forceStatus',
    'call.end',
    'contacts.remove',
    'contacts.removed',
    'contacts.restore',
    'contacts.groups.save',
    'contacts.groups.remove',
    'blacklist.list',
    'tags.save',
    'tags.remove',
    'changes.list',
    ...['list', 'get', 'validate', 'save', 'publish', 'remove'].map((name) => `scenarios.${name}`),
    'call.listen',
    'configuration.teams.list',
    'configuration.trainers.list',
    'configuration.trainers.save',
    'configuration.trainers.remove',
    'configuration.queues.list',
    'configuration.queues.save',
    'configuration.queues.remove',
    'configuration.members.list',
    'configuration.members.save',
    'configuration.members.remove',
    'configuration.statuses.save',
    'configuration.statuses.remove',
    'configuration.keys.list',
    'configuration.keys.save',
    'configuration.keys.remove',
    'sms.templates.save',
    'sms.templates.remove',
  ],
  administrator: [
    'recording.remove',
    'scenarios.assign',
    'configuration.agents.list',
    'configuration.agents.save',
    'configuration.agents.remove',
    'configuration.teams.save',
    'configuration.teams.remove',
    'configuration.routes.list',
    'configuration.routes.save',
    'configuration.routes.remove',
    'configuration.outgoingRules.list',
    'configuration.outgoingRules.save',
    'configuration.outgoingRules.remove',
    'configuration.centre.get',
    'configuration.centre.save',
    'integrations.get',
    'integrations.save',
    'webhooks.list',
    'webhooks.create',
    'webhooks.change',
    'webhooks.remove',
    'webhooks.test',
    'webhooks.dead.list',
    'webhooks.dead.retry',
  ],
};
const ROLES: readonly Role[] = ['agent', 'supervisor', 'administrator'];
const PERSON = { agent: 'anna', supervisor: 'vera', administrator: 'admin' } as const;

let application: FakeApplication;
let execute: Execute;
let prepared: MemoryMessages;
let revoked: string[];

beforeEach(async () => {
  application = await createFakeApplication();
  revoked = [];
  const logins = { revokeAll: async (agentId: string) => void revoked.push(agentId), setPin: async () => undefined };
  prepared = memoryMessages();
  execute = createExecutor({ application, messages: prepared.messages, logins, log: recordingLog() });
});

function as(role: Role, name: string, input: unknown) {
  return execute({ agentId: PERSON[role], role }, name, input);
}

async function codeOf(role: Role, name: string, input: unknown): Promise<string> {
  const outcome = await as(role, name, input);
  return outcome.ok ? 'ok' : outcome.error.code;
}

test('the matrix names every command exactly once', () => {
  expect(Object.values(ALLOWED).flat().sort()).toEqual([...catalogue.keys()].sort());
});

describe.each(ROLES)('as %s', (role) => {
  const allowed = ROLES.slice(0, ROLES.indexOf(role) + 1).flatMap((each) => ALLOWED[each]);

  test.each([...catalogue.values()].map((entry) => [entry.name, entry] as const))('%s', async (name, entry) => {
    const [input] = fc.sample(validInput(entry), { numRuns: 1, seed: 7 });
    const outcome = await as(role, name, input);
    // Own-data commands answer forbidden too, for another's data; the sentence tells the two apart.
    const refusedForRole =
      !outcome.ok && outcome.error.code === 'forbidden' && outcome.error.details?.role !== undefined;
    expect(refusedForRole).toBe(!allowed.includes(name));
  });
});

describe('an agent', () => {
  test("does not see another's call, and cannot act on it", async () => {
    expect(await codeOf('agent', 'call.get', { callId: 'call-anna' })).toBe('ok');
    for (const name of ['call.get', 'call.hangUp', 'call.mute', 'call.unmute']) {
      expect(await codeOf('agent', name, { callId: 'call-boris' })).toBe('notFound');
      expect(await codeOf('agent', name, { callId: 'no-such-call' })).toBe('notFound');
    }
    expect(application.liveCalls.has('call-boris')).toBe(true);
  });

  test('sees itself, its queues, its calls and its history only', async () => {
    expect(await as('agent', 'agent.list', {})).toMatchObject({ result: [{ id: 'anna' }] });
    expect(await as('agent', 'queue.list', {})).toMatchObject({ result: [{ id: 'sales' }] });
    expect(await as('agent', 'call.list', {})).toMatchObject({ result: [{ id: 'call-anna' }] });
    expect(await as('agent', 'history.calls', {})).toMatchObject({ result: [{ agentId: 'anna' }] });
    expect(await as('agent', 'statistics.agents', {})).toMatchObject({ result: [{ agentId: 'anna' }] });
    expect(await as('agent', 'statistics.queues', {})).toMatchObject({ result: [{ queueId: 'sales' }] });
    expect(await codeOf('agent', 'agent.get', { agentId: 'boris' })).toBe('notFound');
    expect(await codeOf('agent', 'queue.get', { queueId: 'service' })).toBe('notFound');
    expect(await codeOf('agent', 'history.calls', { agentId: 'boris' })).toBe('forbidden');
    expect(await codeOf('agent', 'history.call', { callId: 'call-of-anna' })).toBe('ok');
    for (const callId of ['call-of-boris', 'no-such-call'])
      expect(await codeOf('agent', 'history.call', { callId })).toBe('notFound');
    expect(await codeOf('supervisor', 'history.call', { callId: 'call-of-boris' })).toBe('ok');
    const recorded = async () => as('agent', 'history.call', { callId: 'call-of-anna' });
    expect(await recorded()).toMatchObject({ result: { recordings: [{ id: 'rec-anna' }] } });
    const configuration = application.configuration();
    application.reconfigure({ ...configuration, centre: { ...configuration.centre, agentsMayListen: false } });
    expect(await recorded()).toMatchObject({ result: { recordings: [] } });
  });
});

test('what an agent has blocked the same agent may take back, and supervisors; nobody else lifts or shortens it', async () => {
  const [number, other] = ['+79161234567', '+79160000000'];
  const blocked = async () => {
    const listed = await as('supervisor', 'blacklist.list', {});
    const rows = listed.ok ? (listed.result as readonly { number: string; byAgentId: string; reason: string }[]) : [];
    return rows.map((row) => [row.number, row.byAgentId, row.reason]);
  };
  expect(await codeOf('agent', 'blacklist.remove', { number })).toBe('notFound');
  expect(await codeOf('agent', 'blacklist.add', { number, reason: 'spam' })).toBe('ok');
  expect(await codeOf('agent', 'blacklist.remove', { number: '8 916 123-45-67' })).toBe('ok');
  expect(await blocked()).toEqual([]);
  await as('supervisor', 'blacklist.add', { number: other, reason: 'threatens' });
  const again = await as('agent', 'blacklist.add', { number: other, reason: 'mine', until: Date.now() + 60_000 });
  expect(again).toMatchObject({ ok: true, result: { byAgentId: 'vera', until: null, reason: '' } });
  expect(await codeOf('agent', 'blacklist.remove', { number: other })).toBe('notFound');
  expect(await blocked()).toEqual([[other, 'vera', 'threatens']]);
  await as('agent', 'blacklist.add', { number });
  expect(await codeOf('supervisor', 'blacklist.remove', { number })).toBe('ok');
});

test('a supervisor may see the agents, and their figures, of one team', async () => {
  const north = { id: 'north', name: 'North' };
  expect(await as('administrator', 'configuration.teams.save', north)).toMatchObject({ result: north });
  expect(await as('supervisor', 'configuration.teams.list', {})).toMatchObject({ result: [north] });
  const boris = application.configuration().agents.find(({ id }) => id === 'boris');
  await as('administrator', 'configuration.agents.save', { ...boris, teamId: 'north' });
  const only = async (role: Role, name: string, input: object = {}) => {
    const outcome = await as(role, name, { teamId: 'north', ...input });
    return outcome.ok ? outcome.result : outcome.error;
  };
  expect(await only('supervisor', 'agent.list')).toEqual([expect.objectContaining({ id: 'boris' })]);
  expect(await only('supervisor', 'statistics.agents')).toEqual([expect.objectContaining({ agentId: 'boris' })]);
  expect(await only('supervisor', 'agent.list', { teamId: 'south' })).toEqual([]);
  expect(await only('administrator', 'configuration.agents.list')).toEqual([expect.objectContaining({ id: 'boris' })]);
  // Whoever is no supervisor learns of nobody else by it.
  expect(await only('agent', 'agent.list')).toEqual([]);
  expect(await as('administrator', 'configuration.teams.remove', { id: 'north' })).toMatchObject({ ok: true });
  expect(await codeOf('administrator', 'configuration.teams.remove', { id: 'north' })).toBe('notFound');
});

describe('prepared messages', () => {
  const made = async (agentId: string | null, name: string) => {
    const id = `${agentId ?? 'shared'}-${name}`;
    const file = { sound: `ringmaster/messages/${id}`, durationMs: 1_000, bytes: 16_044 };
    await prepared.store.add({ id, agentId, name, ...file, createdAt: 1, state: 'ready' }, 50);
    prepared.files.record(file.sound, 1_000);
    return id;
  };

  test("are the agent's own and those for all; another's do not exist", async () => {
    await made('anna', 'a');
    await made(null, 'b');
    const foreign = await made('boris', 'c');
    for (const role of ROLES) {
      const listed = await as(role, 'message.list', {});
      expect(listed).toMatchObject({ result: role === 'agent' ? [{ name: 'a' }, { name: 'b' }] : [{ name: 'b' }] });
      expect(JSON.stringify(listed)).not.toContain('ringmaster/');
      expect(await codeOf(role, 'message.rename', { messageId: foreign, name: 'x' })).toBe('notFound');
      expect(await codeOf(role, 'message.remove', { messageId: foreign })).toBe('notFound');
    }
    expect(prepared.files.files.has(`ringmaster/messages/${foreign}`)).toBe(true);
  });

  test('for all are changed by supervisors only', async () => {
    const messageId = await made(null, 'b');
    expect(await codeOf('agent', 'message.rename', { messageId, name: 'x' })).toBe('forbidden');
    expect(await codeOf('agent', 'message.remove', { messageId })).toBe('forbidden');
    expect(await codeOf('supervisor', 'message.rename', { messageId, name: 'x' })).toBe('ok');
    expect(await codeOf('supervisor', 'message.remove', { messageId })).toBe('ok');
    expect(prepared.files.files.size).toBe(0);
  });

  test('of the own are changed by the agent', async () => {
    const messageId = await made('anna', 'a');
    await made('anna', 'taken');
    expect(await codeOf('agent', 'message.rename', { messageId, name: 'taken' })).toBe('alreadyExists');
    expect(await as('agent', 'message.rename', { messageId, name: 'x' })).toMatchObject({ result: { name: 'x' } });
    expect(await as('agent', 'message.remove', { messageId })).toEqual({ ok: true, result: { removed: true } });
    expect(await codeOf('agent', 'message.remove', { messageId })).toBe('notFound');
  });
});

describe('scenarios', () => {
  const steps = { hello: { type: 'play', prompt: 'welcome', next: 'end' }, end: { type: 'hangUp' } };
  const scenario = { name: 'Day', start: 'hello', steps };
  const faulty = { ...scenario, steps: { ...steps, hello: { type: 'play', prompt: 'nope', next: 'x' } } };
  const scenarioId = 'day';
  const FAULTS = [
    { path: 'steps.hello.next', code: 'unknownStep', severity: 'error' },
    { path: 'steps.end', code: 'unreachableStep', severity: 'warning' },
    { path: 'steps.hello.prompt.0', code: 'unknownSound', severity: 'error' },
  ];

  test('a draft is kept with its faults, and published as a new version once it has none', async () => {
    const saved = await as('supervisor', 'scenarios.save', { scenarioId, scenario: faulty });
    expect(saved).toMatchObject({ ok: true, result: { id: 'day', version: null, faults: FAULTS } });
    const refused = await as('supervisor', 'scenarios.publish', { scenarioId });
    expect(refused).toMatchObject({ ok: false, error: { code: 'scenarioInvalid', details: { faults: FAULTS } } });
    await as('supervisor', 'scenarios.save', { scenarioId, scenario });
    for (const version of [1, 2]) {
      const published = await as('supervisor', 'scenarios.publish', { scenarioId });
      expect(published).toMatchObject({ ok: true, result: { version, faults: [] } });
    }
    const got = await as('supervisor', 'scenarios.get', { scenarioId });
    expect(got).toMatchObject({
      result: { scenario, versions: [{ version: 2 }, { version: 1, publishedBy: 'vera' }] },
    });
  });

  test('one that is not there is not found; to nothing else of the commands it matters', async () => {
    for (const name of ['get', 'publish', 'remove'])
      expect(await codeOf('supervisor', `scenarios.${name}`, { scenarioId })).toBe('notFound');
    expect(await as('supervisor', 'scenarios.validate', { scenario: faulty })).toMatchObject({
      result: { faults: FAULTS },
    });
    expect(await as('supervisor', 'scenarios.list', {})).toEqual({ ok: true, result: [] });
  });

  test('a number is led there, and what else was set for it stays', async () => {
    const number = '+74951234567';
    const route = { number, to: { kind: 'hangup' }, priority: 5, record: true };
    await as('administrator', 'configuration.routes.save', route);
    expect(await codeOf('administrator', 'scenarios.assign', { scenarioId, number })).toBe('ok');
    const routes = await as('administrator', 'configuration.routes.list', {});
    expect(routes).toMatchObject({ result: [{ ...route, to: { kind: 'scenario', scenarioId } }] });
  });
});

describe('a supervisor', () => {
  test('sees everyone, and may end any call', async () => {
    const agents = await as('supervisor', 'agent.list', {});
    expect(agents.ok && agents.result).toHaveLength(4);
    expect(await codeOf('supervisor', 'agent.get', { agentId: 'boris' })).toBe('ok');
    expect(await codeOf('supervisor', 'queue.get', { queueId: 'service' })).toBe('ok');
    expect(await codeOf('supervisor', 'call.end', { callId: 'call-boris' })).toBe('ok');
    expect(application.liveCalls.has('call-boris')).toBe(false);
  });
});

describe('an administrator', () => {
  const account = { id: 'anna', login: 'anna', name: 'Anna', number: '101' };

  test("gives a new password, which ends the account's open logins and is never answered", async () => {
    const saved = await as('administrator', 'configuration.agents.save', { ...account, password: 'new password' });
    expect(saved.ok).toBe(true);
    expect(JSON.stringify(saved)).not.toContain('password');
    expect(revoked).toEqual(['anna']);
    expect((await application.credentials.passwordHash('anna'))?.hash).toMatch(/^\$scrypt\$/);
  });

  test('cannot remove, disable or demote the own account', async () => {
    const own = { ...account, id: 'admin', login: 'admin' };
    expect(await codeOf('administrator', 'configuration.agents.save', { ...own, role: 'agent' })).toBe('forbidden');
    expect(
      await codeOf('administrator', 'configuration.agents.save', { ...own, role: 'administrator', disabled: true }),
    ).toBe('forbidden');
    expect(await codeOf('administrator', 'configuration.agents.remove', { id: 'admin' })).toBe('forbidden');
  });

  test('cannot remove an agent during a call', async () => {
    application.loggedIn.add('anna');
    expect(await codeOf('administrator', 'configuration.agents.remove', { id: 'anna' })).toBe('inCall');
    application.liveCalls.clear();
    expect(await codeOf('administrator', 'configuration.agents.remove', { id: 'anna' })).toBe('ok');
    expect(revoked).toEqual(['anna']);
    expect(application.loggedIn.has('anna')).toBe(false);
  });

  test('is told of conflicts the database finds', async () => {
    expect(await codeOf('administrator', 'configuration.agents.save', { ...account, id: 'new' })).toBe('alreadyExists');
    const member = { queueId: 'nowhere', agentId: 'anna' };
    expect(await codeOf('administrator', 'configuration.members.save', member)).toBe('unknownReference');
  });
});

test('changes of the configuration are noted: who, what, and no secret', async () => {
  const account = { id: 'anna', login: 'anna', name: 'Anna', number: '101', password: 'correct horse' };
  await as('administrator', 'configuration.agents.save', account);
  await as('supervisor', 'configuration.members.remove', { queueId: 'sales', agentId: 'anna' });
  await as('supervisor', 'configuration.members.remove', { queueId: 'none', agentId: 'anna' });
  await as('supervisor', 'configuration.queues.list', {});
  const listed = await as('supervisor', 'changes.list', {});
  expect(listed).toMatchObject({
    ok: true,
    result: [
      {
        ...{ byAgentId: 'admin', entity: 'configuration', entityId: 'agents/anna', action: 'changed' },
        fields: { name: { before: 'anna', after: 'Anna' }, password: { after: '***' } },
      },
      { byAgentId: 'vera', entity: 'configuration', entityId: 'members/sales/anna', action: 'removed' },
    ],
  });
  expect(JSON.stringify(listed)).not.toContain('correct horse');
});

test('of trainers, keys and teams it is noted who changed what, from what to what; the same once more is no change', async () => {
  const notes = async (name: string, ...inputs: readonly object[]) => {
    for (const input of inputs)
      expect(await as('administrator', `configuration.${name}`, input)).toMatchObject({ ok: true });
    const listed = await as('supervisor', 'changes.list', { entity: 'configuration' });
    const changes = listed.ok ? (listed.result as readonly { entityId: string; action: string; fields: object }[]) : [];
    return changes.map(({ entityId, action, fields }) => [entityId, action, fields]);
  };
  const north = { id: 'north', name: 'North' };
  const added = [
    'teams/north',
    'added',
    { id: { before: null, after: 'north' }, name: { before: null, after: 'North' } },
  ];
  expect(await notes('teams.save', north, north)).toEqual([added]);
  const trainer = { of: 'team', id: 'north', trainerId: 'vera' };
  await notes('trainers.save', trainer);
  expect((await notes('trainers.save', { ...trainer, trainerId: 'boris' })).slice(-1)).toEqual([
    ['trainers/team/north', 'changed', { trainerId: { before: 'vera', after: 'boris' } }],
  ]);
  const keys = { scope: 'team', ownerId: 'north', keys: [] };
  expect((await notes('keys.save', keys)).at(-1)).toMatchObject(['keys/team/north', 'added', {}]);
  expect((await notes('keys.remove', { scope: 'team', ownerId: 'north' })).at(-1)).toMatchObject([
    ...['keys/team/north', 'removed', { scope: { before: 'team', after: null } }],
  ]);
});

test('a fault is told as internal, with the id that the log has, and nothing more', async () => {
  const log = recordingLog();
  const failing = {
    ...application,
    views: {
      ...application.views,
      agent: () => {
        throw new Error('secret path');
      },
    },
  };
  const parts = {
    application: failing,
    messages: prepared.messages,
    logins: { revokeAll: async () => {}, setPin: async () => {} },
    log,
  };
  const outcome = await createExecutor(parts)({ agentId: 'anna', role: 'agent' }, 'me.get', {});
  expect(outcome).toMatchObject({ ok: false, error: { code: 'internal' } });
  expect(JSON.stringify(outcome)).not.toContain('secret');
  expect(log.errors).toHaveLength(1);
  expect(log.errors[0]?.details).toMatchObject(outcome.ok ? {} : { faultId: outcome.error.details?.faultId });
});
