/** A centre in which people have worked for a while: names, contacts, callbacks. For pictures, and for looking at full screens. */
import { isRefusal } from '../../../src/core/refusal.js';
import { DID, type TestCentre } from '../../support/centre.js';
import { account } from '../../support/configuration.js';
import { connect } from '../../support/realtime-client.js';
import { PASSWORD } from './desk.js';

const NAMES = ['Анна Петрова', 'Олег Смирнов', 'Maria Rossi', 'Борис Ильин', 'Ян Ли'];

const CONTACTS = [
  ['Ирина Соколова', 'ООО «Ромашка»', '+79161234567', 'Просит звонить после обеда.'],
  ['Пётр Кузнецов', 'Вектор', '+79031112233', ''],
  ['John Smith', 'Acme Ltd', '+442079460958', 'Speaks English only.'],
  ['Елена Васильева', '', '+79257654321', ''],
] as const;

/** The first of the contacts, who calls: the telephone network knows no name. */
export const CLIENT = { from: '+79161234567' };

/** What the agent may ask for: commands of the catalogue, as the desktop sends them. */
export async function asAgent<T>(
  centre: TestCentre,
  number: string,
  work: (run: (name: string, input: unknown) => Promise<unknown>) => Promise<T>,
): Promise<T> {
  const body = JSON.stringify({ login: `agent${number}`, password: PASSWORD, session: false });
  const headers = { 'content-type': 'application/json' };
  const login = await fetch(`${centre.service.url}/api/v1/login`, { method: 'POST', headers, body });
  const { token } = (await login.json()) as { token: string };
  const client = await connect(centre.service.url, token);
  try {
    return await work(async (name, input) => {
      const answer = await client.command(name, input);
      if (!answer.ok) throw new Error(`${name}: ${answer.error.code}: ${answer.error.message}`);
      return answer.result;
    });
  } finally {
    client.close();
  }
}

export async function furnish(centre: TestCentre): Promise<void> {
  const saved = await centre.centre.configure(async (store) => {
    for (const [index, { number }] of centre.lab.bank.phones.entries())
      await store.saveAgent(
        account(number, { name: NAMES[index] ?? `Agent ${number}`, record: true, mayRecord: true }),
      );
  });
  if (isRefusal(saved)) throw new Error(saved.message);
  await asAgent(centre, '101', async (run) => {
    for (const [name, company, number, note] of CONTACTS)
      await run('contacts.add', { name, company, note, numbers: [{ number, label: '' }] });
    const tomorrow = new Date(Date.now() + 20 * 3_600_000).toISOString().slice(0, 16);
    const zone = 'Europe/Moscow';
    await run('callback.schedule', { number: '79031112233', name: 'Пётр Кузнецов', local: tomorrow, zone });
    await run('callback.schedule', {
      ...{ number: '442079460958', name: 'John Smith', local: tomorrow, zone: 'Europe/London' },
      ...{ queueId: 'sales', priority: 'high' },
    });
  });
  await talkOnce(centre);
}

/** One call for the history, with its recording. */
async function talkOnce(centre: TestCentre): Promise<void> {
  await centre.ready('101');
  const customer = await centre.lab.bank.trunk.call(DID, CLIENT);
  const offered = await centre.rung('101', 'the queue rings');
  await offered.answer();
  await customer.untilAnswered();
  await centre.until('they talk', () => centre.calls().some(({ phase }) => phase === 'talking'));
  await customer.hears(1_000);
  await customer.hangup();
  await centre.reset();
}
