/** The same centre on a bad day: names as long as they come, a full line, voicemail, prepared messages. For looking at full screens. */
import { isRefusal } from '../../../src/core/refusal.js';
import type { TestCentre } from '../../support/centre.js';
import { account } from '../../support/configuration.js';
import { Browser } from '../../support/recorded.js';
import { toneWav } from '../../support/wav-files.js';
import { PASSWORD } from './desk.js';

/** Who asks for the mailbox; whoever calls may leave a message. */
export const MAILBOX_NUMBER = '+74957654321';
const LONG = {
  '101': 'Анна Петрова',
  '102': 'Константин Александрович Преображенский-Верещагин',
  '103': 'Maximiliana Bartholomew-Featherstonehaugh',
  '104': 'Наталья Ивановна Кузнецова',
  '105': 'Ян Ли',
};
/** A caller whose name the telephone network tells, without a break in it. */
export const LONG_CALLER = { from: '+79169998877', name: 'Wolfeschlegelsteinhausenbergerdorff' };
const QUEUE_NAME = 'Послепродажное обслуживание корпоративных клиентов';

/** Once for all tests of a file. */
export async function crowd(centre: TestCentre): Promise<void> {
  const saved = await centre.centre.configure(async (store) => {
    for (const [number, name] of Object.entries(LONG)) {
      const role = number === '101' ? 'supervisor' : 'agent';
      await store.saveAgent(account(number, { name, role, record: true, mayRecord: true }));
    }
    await store.removeMember('sales', 'a105');
    await store.saveQueue({ ...centre.defaultQueue, id: 'service', name: QUEUE_NAME, number: '501' });
    await store.saveMember({ queueId: 'service', agentId: 'a101', priority: 0 });
    await store.saveTrainer({ of: 'agent', id: 'a101', trainerId: 'a104' });
  });
  if (isRefusal(saved)) throw new Error(saved.message);
  await namesToChoose(centre);
  await messages(centre);
  await mailbox(centre);
}

async function namesToChoose({ centre }: TestCentre): Promise<void> {
  const groups = ['VIP', 'Очень важные корпоративные клиенты Северо-Западного округа', 'Suppliers and subcontractors'];
  for (const [index, name] of groups.entries())
    await centre.addressBook.contacts.saveGroup('admin', { id: `g-${index}`, name });
}

/** One of a name that is long, one of a short one, one for all. */
async function messages(centre: TestCentre): Promise<void> {
  const [own, admin] = [
    await Browser.logIn(centre, 'agent101', PASSWORD),
    await Browser.logIn(centre, 'admin', 'administrator'),
  ];
  const there = await own.json<readonly object[]>('GET', '/messages');
  if (there.body.length > 0) return;
  const wav = new Uint8Array(toneWav({ rate: 8_000, seconds: 3, channels: [440] }));
  const post = async (who: Browser, name: string, more = '') => {
    const answer = await who.request('POST', `/messages?name=${encodeURIComponent(name)}${more}`, wav, 'audio/wav');
    if (answer.status !== 201) throw new Error(`${name}: ${answer.status} ${await answer.text()}`);
  };
  await post(own, 'Перезвоните мне, пожалуйста, в рабочее время по добавочному 101');
  await post(own, 'Call me back');
  await post(admin, 'Мы сегодня не работаем', '&shared=true');
}

async function mailbox(centre: TestCentre): Promise<void> {
  const admin = await Browser.logIn(centre, 'admin', 'administrator');
  const box = { type: 'voicemail', greeting: ['beep'], maxMs: 2_000, to: { queueId: 'sales' }, next: 'end' };
  const steps = { hello: { type: 'answer', next: 'box' }, box, end: { type: 'hangUp' } };
  for (const [method, path, body] of [
    ['PUT', '/scenarios/box', { scenario: { name: 'Box', start: 'hello', steps } }],
    ['POST', '/scenarios/box/publish', {}],
    ['PUT', `/scenarios/box/numbers/${encodeURIComponent(MAILBOX_NUMBER)}`, {}],
  ] as const) {
    const { status } = await admin.json(method, path, body);
    if (status !== 200) throw new Error(`${path}: ${status}`);
  }
}
