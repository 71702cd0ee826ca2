/** Keys during a call as a supervisor configures them, and as an agent sees them. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { createExecutor, type Execute } from '../../src/app/catalogue/execute.js';
import type { Role } from '../../src/app/directory.js';
import { createFakeApplication, type FakeApplication, silentLog } from '../support/fake-application.js';
import { memoryMessages } from '../support/memory-messages.js';

let execute: Execute;
let application: FakeApplication;
let addMessage: (id: string, agentId: string | null) => Promise<unknown>;

beforeEach(async () => {
  const { messages, store } = memoryMessages();
  application = await createFakeApplication();
  const deed = { by: 'vera', at: 1 };
  const sale = { id: 'sale', name: 'sale', colour: '#00ff00', enabled: true };
  await application.addressBook.tags.save(sale, deed);
  await application.addressBook.tags.save({ ...sale, id: 'old', name: 'old', enabled: false }, deed);
  execute = createExecutor({
    application,
    messages,
    logins: { revokeAll: async () => undefined, setPin: async () => undefined },
    log: silentLog,
  });
  const rest = { sound: 's', durationMs: 1_000, bytes: 16_000, createdAt: 1, state: 'ready' } as const;
  addMessage = (id, agentId) => store.add({ id, agentId, name: id, ...rest }, 9);
});

async function as(role: Role, name: string, input: unknown): Promise<unknown> {
  const agentId = { agent: 'anna', supervisor: 'vera', administrator: 'admin' }[role];
  const outcome = await execute({ agentId, role }, `configuration.keys.${name}`, input);
  return outcome.ok ? outcome.result : outcome.error;
}

const saved = (scope: string, ownerId: string, keys: readonly unknown[], more: object = {}) =>
  as('supervisor', 'save', { scope, ownerId, keys, ...more });
const hold = (sequence: string, more: object = {}) => ({ sequence, option: { kind: 'hold' }, ...more });
const problems = (...told: readonly (readonly [string, string])[]) => ({
  code: 'keysInvalid',
  details: { problems: told.map(([code, place]) => expect.objectContaining({ code, place })) },
});

describe('a supervisor', () => {
  test('sets, sees, replaces and removes the keys of an agent', async () => {
    expect(await saved('agent', 'anna', [hold('*1')])).toMatchObject({ set: { betweenDigitsMs: null }, warnings: [] });
    await saved('agent', 'anna', [hold('*2')], { betweenDigitsMs: 800 });
    const keys = [{ ...hold('*2'), reserved: false }];
    expect(await as('supervisor', 'list', {})).toEqual([
      { scope: 'agent', ownerId: 'anna', betweenDigitsMs: 800, keys },
    ]);
    const removal = { scope: 'agent', ownerId: 'anna' };
    expect(await as('supervisor', 'remove', removal)).toEqual({ removed: true });
    expect(await as('supervisor', 'remove', removal)).toMatchObject({ code: 'notFound' });
  });

  test('is told of every mistake, with its place, and nothing is saved', async () => {
    const answer = await saved('queue', 'sales', [hold('*1'), hold('*1'), hold('9x'), hold('*2', { reserved: true })]);
    expect(answer).toMatchObject(
      problems(
        ['sequenceInvalid', 'keys.2.sequence'],
        ['reservedOutsideCentre', 'keys.3.reserved'],
        ['duplicateSequence', 'keys.1.sequence'],
      ),
    );
    expect(await as('supervisor', 'list', {})).toEqual([]);
  });

  test('is told of an option that there is not, and where', async () => {
    const answer = await saved('agent', 'anna', [hold('*1'), { sequence: '*2', option: { kind: 'dance' } }]);
    expect(answer).toMatchObject({ code: 'invalidInput', details: { issues: [{ path: 'keys.1.option.kind' }] } });
  });

  test('is warned of a sequence that begins another', async () => {
    expect(await saved('agent', 'anna', [hold('*1'), hold('*12')])).toMatchObject({
      warnings: [{ code: 'waitsForLonger', place: 'keys.0.sequence', severity: 'warning' }],
    });
  });

  test('may not use the sequences that the centre has reserved', async () => {
    await saved('centre', 'centre', [hold('*0', { reserved: true })]);
    expect(await saved('agent', 'anna', [hold('*0')])).toMatchObject(problems(['reservedSequence', 'keys.0.sequence']));
  });

  test('refers to messages that there are: shared ones, or for an agent the own ones', async () => {
    await addMessage('shared', null);
    await addMessage('own', 'anna');
    const leave = (messageId: string) => ({ sequence: '*5', option: { kind: 'leaveMessage', messageId } });
    expect(await saved('centre', 'centre', [leave('shared')])).toMatchObject({ warnings: [] });
    expect(await saved('agent', 'anna', [leave('own')])).toMatchObject({ warnings: [] });
    const unknown = problems(['unknownReference', 'keys.0.option.messageId']);
    expect(await saved('agent', 'boris', [leave('own')])).toMatchObject(unknown);
    expect(await saved('centre', 'centre', [leave('none')])).toMatchObject(unknown);
  });

  test('refers to groups, templates and scenarios that there are', async () => {
    await application.addressBook.contacts.saveGroup('vera', { id: 'vip', name: 'VIP' });
    const vip = { sequence: '*1', option: { kind: 'contactGroup', groupId: 'vip' } };
    expect(await saved('queue', 'sales', [vip])).toMatchObject({ warnings: [] });
    const missing = [
      { kind: 'contactGroup', groupId: 'none' },
      { kind: 'sms', templateId: 'none' },
      { kind: 'scenario', scenarioId: 'none' },
    ].map((option, index) => ({ sequence: `*${index}`, option }));
    expect(await saved('queue', 'sales', missing)).toMatchObject(
      problems(
        ['unknownReference', 'keys.0.option.groupId'],
        ['unknownReference', 'keys.1.option.templateId'],
        ['unknownReference', 'keys.2.option.scenarioId'],
      ),
    );
  });

  test('refers to tags that there are, and that are used', async () => {
    const tagged = (sequence: string, tag: string) => ({ sequence, option: { kind: 'tag', tag } });
    expect(await saved('customer', 'sales', [tagged('*1', 'sale')])).toMatchObject({ warnings: [] });
    expect(await saved('queue', 'sales', [tagged('*1', 'sold'), tagged('*2', 'old')])).toMatchObject(
      problems(['unknownReference', 'keys.0.option.tag'], ['disabledReference', 'keys.1.option.tag']),
    );
  });

  test('names an owner that there is', async () => {
    const unknown = { code: 'unknownReference', details: { field: 'ownerId' } };
    expect(await saved('agent', 'nobody', [hold('*1')])).toMatchObject(unknown);
    expect(await saved('customer', 'nothing', [])).toMatchObject(unknown);
    expect(await saved('team', 'nobody', [])).toMatchObject(unknown);
    expect(await saved('centre', 'sales', [hold('*1')])).toMatchObject(unknown);
  });
});

describe('an agent', () => {
  test('sees what the own keys do, and in calls of a queue', async () => {
    await saved('centre', 'centre', [hold('*1')], { betweenDigitsMs: 900 });
    await saved('queue', 'sales', [{ sequence: '*1', option: { kind: 'tag', tag: 'sale' } }]);
    expect(await as('agent', 'effective', { agentId: 'anna' })).toEqual({
      betweenDigitsMs: 900,
      keys: [{ ...hold('*1'), reserved: false, from: 'centre', name: null }],
      warnings: [],
    });
    expect(await as('agent', 'effective', { agentId: 'anna', queueId: 'sales' })).toMatchObject({
      keys: [{ option: { kind: 'tag', tag: 'sale' }, from: 'queue' }],
    });
  });

  test('has those of the own team before those of the queue, and after the own ones', async () => {
    const configuration = application.configuration();
    const agents = configuration.agents.map((agent) => (agent.id === 'anna' ? { ...agent, teamId: 'north' } : agent));
    application.reconfigure({ ...configuration, agents, teams: [{ id: 'north', name: 'North' }] });
    const swap = (sequence: string) => ({ sequence, option: { kind: 'swap' } });
    await saved('queue', 'sales', [hold('*1'), hold('*2'), hold('*3')]);
    await saved('team', 'north', [swap('*1'), swap('*2')]);
    await saved('agent', 'anna', [hold('*1')]);
    expect(await as('agent', 'effective', { agentId: 'anna', queueId: 'sales' })).toMatchObject({
      keys: [
        { sequence: '*1', option: { kind: 'hold' }, from: 'agent' },
        { sequence: '*2', option: { kind: 'swap' }, from: 'team' },
        { sequence: '*3', option: { kind: 'hold' }, from: 'queue' },
      ],
    });
    expect(await as('supervisor', 'effective', { agentId: 'boris' })).toMatchObject({ keys: [] });
  });

  test('sees by name what the own keys refer to, and nothing of what others have', async () => {
    const deed = { by: 'vera', at: 1 };
    await application.addressBook.contacts.saveGroup('vera', { id: 'vip', name: 'Very important' });
    const card = { id: 'card', name: 'Business card', language: 'en', text: 'Hello' } as const;
    await application.outside.sms.saveTemplate(card, deed);
    await addMessage('call-me', 'anna');
    const { scenarios } = application;
    await scenarios.save('vera', 'survey', { name: 'How was it', start: 'end', steps: { end: { type: 'hangUp' } } });
    await scenarios.publish('vera', 'survey');
    const configuration = application.configuration();
    const numberOf = (id: string) => configuration.agents.find((agent) => agent.id === id)?.number ?? '';
    const options = [
      { kind: 'scenario', scenarioId: 'survey' },
      { kind: 'coach', trainerId: 'boris' },
      { kind: 'contactGroup', groupId: 'vip' },
      { kind: 'sms', templateId: 'card' },
      { kind: 'leaveMessage', messageId: 'call-me' },
      { kind: 'callback', inMinutes: 5, queueId: 'sales', priority: 'medium' },
      { kind: 'transfer', number: numberOf('boris') },
      { kind: 'consult', number: '89031112233' },
      { kind: 'coach', trainerId: null },
    ];
    const keys = options.map((option, index) => ({ sequence: `*${index}`, option }));
    expect(await saved('agent', 'anna', keys)).toMatchObject({ warnings: [] });
    const names = async (role: Role) => {
      const seen = (await as(role, 'effective', { agentId: 'anna' })) as { keys: readonly { name: string | null }[] };
      return seen.keys.map(({ name }) => name);
    };
    const sales = configuration.queues.find(({ id }) => id === 'sales')?.name;
    const boris = configuration.agents.find(({ id }) => id === 'boris')?.name;
    const called = ['How was it', boris, 'Very important', 'Business card', 'call-me', sales, boris, null, null];
    expect(await names('agent')).toEqual(called);
    // The agent's own message is named for a supervisor, too, who looks at the agent's keys.
    expect(await names('supervisor')).toEqual(called);
    await application.addressBook.contacts.removeGroup('vera', 'vip');
    expect((await names('agent'))[2]).toBeNull();
  });

  test('does not see those of others', async () => {
    expect(await as('agent', 'effective', { agentId: 'boris' })).toMatchObject({ code: 'forbidden' });
    expect(await as('supervisor', 'effective', { agentId: 'boris' })).toMatchObject({ keys: [] });
  });
});
