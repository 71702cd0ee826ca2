/** The call centre under test, set up through the API: for each call a queue, a number and two agents of its own. */
import { sine, wavFile } from '../lab/tone.js';
import { Door } from './door.js';
import { SITUATIONS, type Situation } from './wants.js';

const PASSWORD = 'chaos-password';
/** How long what ends by itself lasts: a ringing consult, a message, wrap-up. */
const RING_MS = 120_000;
const LASTS_MS = 150_000;
const MESSAGE_HZ = 1_850;

/** Where one call is: what its people are and dial. */
export interface Place {
  readonly situation: Situation;
  readonly queueId: string;
  /** What the customer dials. */
  readonly dialled: string;
  readonly agent: Member;
  readonly colleague: Member;
}

export interface Member {
  readonly id: string;
  readonly number: string;
  readonly door: Door;
}

export interface Places {
  readonly places: readonly Place[];
  readonly supervisor: Door;
  readonly messageId: string;
}

/** The phones that so many calls need. */
export const phonesFor = (calls: number): readonly string[] =>
  Array.from({ length: calls * 2 }, (_, index) => String(101 + index));

export async function settle(url: () => string, administratorPassword: string, calls: number): Promise<Places> {
  const supervisor = await new Door(url).logIn('admin', administratorPassword, false);
  const centre = (await supervisor.send('GET', '/configuration/centre')) as object;
  const settings = { missedLimit: 0, transferRingMs: RING_MS, recordingMinimumFreeMb: 0, statusAfterLogin: 'ready' };
  await supervisor.send('PUT', '/configuration/centre', { ...centre, ...settings });
  const messageId = await supervisor.upload('Closed', wavFile(sine(MESSAGE_HZ, LASTS_MS)));
  const places: Place[] = [];
  for (let index = 0; index < calls; index += 1) places.push(await place(url, supervisor, index));
  return { places, supervisor, messageId };
}

async function place(url: () => string, supervisor: Door, index: number): Promise<Place> {
  const situation = SITUATIONS[index % SITUATIONS.length] ?? 'talking';
  const queueId = `queue-${index}`;
  const dialled = `+7495${String(1_000_000 + index)}`;
  await supervisor.send('PUT', `/configuration/queues/${queueId}`, {
    name: `Queue ${index}`,
    ringMs: 300_000,
    wrapUpMs: situation === 'wrapUp' ? LASTS_MS : 0,
    retryMs: { busy: 1_000, rejected: 1_000, noAnswer: 1_000, unavailable: 1_000 },
    announce: { position: false, estimatedWait: false },
    record: situation === 'recorded',
  });
  const route = { to: { kind: 'queue', queueId } };
  await supervisor.send('PUT', `/configuration/routes/${encodeURIComponent(dialled)}`, route);
  const agent = await member(url, supervisor, 101 + index * 2);
  const colleague = await member(url, supervisor, 102 + index * 2);
  // In the queue of the one who waits nobody works.
  if (situation !== 'waiting')
    await supervisor.send('PUT', `/configuration/queues/${queueId}/members/${agent.id}`, { priority: 0 });
  return { situation, queueId, dialled, agent, colleague };
}

async function member(url: () => string, supervisor: Door, phone: number): Promise<Member> {
  const number = String(phone);
  const id = `agent-${number}`;
  const account = { login: id, name: `Agent ${number}`, number, password: PASSWORD };
  const devices = [{ id: `phone-${number}`, address: `PJSIP/${number}` }];
  await supervisor.send('PUT', `/configuration/agents/${id}`, { ...account, role: 'agent', devices });
  return { id, number, door: await new Door(url).logIn(id, PASSWORD, true) };
}
