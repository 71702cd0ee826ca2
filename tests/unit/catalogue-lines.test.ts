/** Commands about lines as a client sends them: whose call may be meant, and what reaches the application. */
import { beforeEach, expect, test } from '@jest/globals';
import { createExecutor } from '../../src/app/catalogue/execute.js';
import { createFakeApplication, type FakeApplication, recordingLog } from '../support/fake-application.js';
import { memoryMessages } from '../support/memory-messages.js';

const TO = { to: { kind: 'number', number: '102' } };
const ABOUT_A_CALL: readonly (readonly [string, object])[] = [
  ['call.hold', {}],
  ['call.resume', {}],
  ['call.park', {}],
  ['call.consult', TO],
  ['call.transfer', TO],
  ['call.complete', {}],
  ['call.conference', {}],
  ['call.invite', TO],
  ['call.removeParty', { legId: 'call-boris-caller' }],
  ['call.muteParty', { legId: 'call-boris-caller' }],
  ['call.unmuteParty', { legId: 'call-boris-caller' }],
  ['call.sendDigits', { digits: '1' }],
  ['call.tag', { tag: 'complaint' }],
  ['call.untag', { tag: 'complaint' }],
  ['call.record', { action: 'start' }],
  ['call.leaveMessage', { messageId: 'mine' }],
];

let application: FakeApplication;
let run: (name: string, input: object) => Promise<unknown>;

beforeEach(async () => {
  application = await createFakeApplication();
  const deed = { by: 'vera', at: 1 };
  const tag = { id: 'complaint', name: 'complaint', colour: '#ff0000' };
  await application.addressBook.tags.save({ ...tag, enabled: true }, deed);
  await application.addressBook.tags.save({ ...tag, id: 'old', name: 'old', enabled: false }, deed);
  const prepared = memoryMessages();
  const file = { sound: 'ringmaster/messages/mine', durationMs: 1_000, bytes: 16_044 };
  await prepared.store.add({ id: 'mine', agentId: 'anna', name: 'm', ...file, createdAt: 1, state: 'ready' }, 50);
  const logins = { revokeAll: async () => undefined, setPin: async () => undefined };
  const execute = createExecutor({ application, messages: prepared.messages, logins, log: recordingLog() });
  run = async (name, input) => {
    const outcome = await execute({ agentId: 'anna', role: 'agent' }, name, input);
    return outcome.ok ? outcome.result : outcome.error.code;
  };
});

test.each(ABOUT_A_CALL)("%s finds neither another's call nor one that is not there", async (name, input) => {
  const before = application.liveCalls.get('call-boris');
  for (const callId of ['call-boris', 'no-such-call']) expect(await run(name, { ...input, callId })).toBe('notFound');
  expect(application.liveCalls.get('call-boris')).toBe(before);
});

test.each(['call.complete', 'call.conference'])(
  "%s does not reach into another's call by way of one's own",
  async (name) => {
    expect(await run(name, { callId: 'call-anna', withCallId: 'call-boris' })).toBe('notFound');
    expect([...application.liveCalls.keys()]).toEqual(['call-anna', 'call-boris']);
  },
);

test('a line left out is the present one; swap takes up the one that was held', async () => {
  const callId = 'call-anna';
  expect(await run('call.swap', {})).toBe('wrongState');
  expect(await run('call.hold', { callId })).toMatchObject({ lines: [{ state: 'held' }] });
  expect(await run('call.swap', {})).toMatchObject({ id: callId, lines: [{ state: 'active' }] });
  expect(await run('call.hold', { callId, lineId: 'no-such-line' })).toBe('notFound');
});

test('a prepared message of another, or none, is not found', async () => {
  expect(await run('call.leaveMessage', { callId: 'call-anna', messageId: 'not-mine' })).toBe('notFound');
  expect(await run('call.leaveMessage', { callId: 'call-anna', messageId: 'mine' })).toMatchObject({
    lines: [{ state: 'message' }],
  });
});

test('a microphone, a tag and a recording are seen in the call', async () => {
  const callId = 'call-anna';
  const legId = 'call-anna-caller';
  expect(await run('call.muteParty', { callId, legId })).toMatchObject({ legs: [{ id: legId, muted: true }, {}] });
  expect(await run('call.unmuteParty', { callId, legId })).toMatchObject({ legs: [{ id: legId, muted: false }, {}] });
  await run('call.tag', { callId, tag: 'complaint' });
  expect(await run('call.tag', { callId, tag: 'complaint' })).toMatchObject({ tags: ['complaint'] });
  expect(await run('call.tag', { callId, tag: 'Complaint' })).toBe('tagUnknown');
  expect(await run('call.tag', { callId, tag: 'old' })).toBe('tagDisabled');
  expect(await run('call.get', { callId })).toMatchObject({ tags: ['complaint'] });
  expect(await run('call.untag', { callId, tag: 'never given' })).toMatchObject({ tags: ['complaint'] });
  expect(await run('call.untag', { callId, tag: 'complaint' })).toMatchObject({ tags: [] });
  expect(await run('call.record', { callId, action: 'pause' })).toMatchObject({ lines: [{ recording: 'paused' }] });
});
