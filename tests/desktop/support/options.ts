/** A centre in which agent 101 has something on every kind of key: a scenario, a trainer, a text, a group, a message, a tag, numbers. */
import type { Option } from '../../../src/core/option/option.js';
import type { TestCentre } from '../../support/centre.js';
import { account } from '../../support/configuration.js';
import { Smsc } from '../../support/smsc.js';
import { toneWav } from '../../support/wav-files.js';
import { PASSWORD } from './desk.js';

/** What the prepared message says. */
export const MESSAGE_HZ = 1_450;
/** The other phone of agent 101, who belongs to nobody else. */
export const MOBILE = '103';

const DEVICES = ['101', MOBILE].map((number) => ({
  ...{ id: `d${number}`, address: `PJSIP/${number}`, autoAnswer: false },
}));
const STEPS = {
  mark: { type: 'tag', tag: 'Order', next: 'bye' },
  bye: { type: 'play', prompt: { sound: 'vm-goodbye' }, next: 'end' },
  end: { type: 'hangUp' },
};

/** The gateway for short messages, and the settings by which the service finds it. */
export async function startSmsc() {
  const smsc = await Smsc.start();
  const account = { SMPP_URL: `smpp://127.0.0.1:${smsc.port}`, SMPP_SYSTEM_ID: 'ringmaster', SMPP_PASSWORD: 'secret' };
  return { smsc, outside: { SMS_GATEWAY: 'smpp', SMS_SENDER: 'Acme', ...account } as const };
}

export async function prepareKeys(centre: TestCentre): Promise<void> {
  const { addressBook, outside, scenarios } = centre.centre;
  const deed = { by: 'admin', at: Date.now() };
  await addressBook.tags.save({ id: 'order', name: 'Order', colour: '#2f9e44', enabled: true }, deed);
  await addressBook.contacts.saveGroup('admin', { id: 'g-1', name: 'Very important' });
  const text = 'My number: {agent.number}';
  await outside.sms.saveTemplate({ id: 't-1', name: 'Business card', language: 'en', text }, deed);
  await centre.accepted(scenarios.save('admin', 's-1', { name: 'Survey', start: 'mark', steps: STEPS }));
  await centre.accepted(scenarios.publish('admin', 's-1'));
  const messageId = await upload(centre, 'Call me back');
  await centre.configure(async (store) => {
    await store.saveAgent(account(MOBILE, { devices: [] }));
    await store.saveAgent(account('101', { devices: DEVICES, allow: ['X.', '+X.'] }));
    await store.saveOutgoingRule({
      ...{ id: 'plus', position: 2, pattern: '+X.', strip: 1, prepend: '', address: 'PJSIP/{number}@trunk' },
      ...{ callerNumber: '74950000000', record: false, detectMachines: false },
    });
    await store.removeMember('sales', 'a102');
    await store.saveTrainer({ of: 'agent', id: 'a101', trainerId: 'a102' });
    await store.saveKeySet({ scope: 'agent', ownerId: 'a101', betweenDigitsMs: null, keys: keysWith(messageId) });
  });
}

function keysWith(messageId: string) {
  const options: readonly Option[] = [
    { kind: 'scenario', scenarioId: 's-1' },
    { kind: 'coach', trainerId: 'a102' },
    { kind: 'contactGroup', groupId: 'g-1' },
    { kind: 'sms', templateId: 't-1' },
    { kind: 'leaveMessage', messageId },
    { kind: 'callback', inMinutes: 30, queueId: 'sales', priority: 'medium' },
    { kind: 'transfer', number: '102' },
    { kind: 'tag', tag: 'Order' },
    { kind: 'manager' },
    { kind: 'blacklist', when: 'now' },
  ];
  return options.map((option, index) => ({ sequence: `*${index}`, option, reserved: false }));
}

/** Agent 101's own, a tone. Answers its id. */
async function upload(centre: TestCentre, name: string): Promise<string> {
  const api = `${centre.service.url}/api/v1`;
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ login: 'agent101', password: PASSWORD, session: false });
  const { token } = (await (await fetch(`${api}/login`, { method: 'POST', headers, body })).json()) as {
    token: string;
  };
  const answer = await fetch(`${api}/messages?name=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'audio/wav' },
    body: new Uint8Array(toneWav({ rate: 8_000, seconds: 5, channels: [MESSAGE_HZ] })),
  });
  if (answer.status !== 201) throw new Error(`the message was not taken: ${answer.status}`);
  return ((await answer.json()) as { id: string }).id;
}
