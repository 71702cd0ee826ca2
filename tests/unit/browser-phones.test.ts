// Phones in agents' browsers: a password for a session, one page at a time, gone with the session or the login.
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { PhoneAccount, PhoneAccounts, PutResult } from '../../src/app/browser-phone/accounts.js';
import { BrowserPhones } from '../../src/app/browser-phone/browser-phones.js';
import type { PhoneCredentials } from '../../src/app/browser-phone/credentials.js';
import { indexSettings } from '../../src/app/settings-in-force.js';
import type { AgentEvent } from '../../src/core/agent/event.js';
import { isRefusal } from '../../src/core/refusal.js';
import { account } from '../support/configuration.js';
import { initialConfiguration } from '../support/fake-configuration.js';

/** The PBX's memory. */
class Endpoints implements PhoneAccounts {
  readonly passwords = new Map<string, string>();
  result: PutResult = 'done';

  async put({ endpoint, password }: PhoneAccount): Promise<PutResult> {
    if (this.result === 'done') this.passwords.set(endpoint, password);
    return this.result;
  }

  async remove(endpoint: string): Promise<void> {
    this.passwords.delete(endpoint);
  }

  async endpoints(): Promise<readonly string[]> {
    return ['trunk', ...this.passwords.keys()];
  }
}

const device = (name: string) => ({ id: name, address: `PJSIP/${name}`, autoAnswer: false });
const anna = account('101', { id: 'anna', devices: [device('101'), device('browser-101')] });
const boris = account('102', { id: 'boris', devices: [device('browser-102')] });
const clara = account('103', { id: 'clara', devices: [device('103')] });

let pbx: Endpoints;
let phones: BrowserPhones;
let agents = [anna, boris, clara];
const loggedIn = new Set<string>();
const inCall = new Set<string>();
let now = 0;
/** What is told of pages' WebSockets. */
let sockets: string[] = [];

function start(url: string | null = null): BrowserPhones {
  return new BrowserPhones({
    accounts: pbx,
    phoneSettings: { url, iceServers: [{ urls: ['stun:stun.example'] }] },
    settings: () => indexSettings({ ...initialConfiguration, agents }),
    isLoggedIn: (id) => loggedIn.has(id),
    resumption: { resume: () => [], legsOf: (id) => (inCall.has(id) ? [`${id}.1`] : []) },
    vanished: {
      lost: (agentId) => sockets.push(`${agentId} lost`),
      back: (agentId) => sockets.push(`${agentId} back`),
      talks: (agentId) => sockets.push(`${agentId} talks`),
      stop: () => undefined,
    },
    hasCalls: (id) => inCall.has(id),
    clock: { now: () => now },
    log: { debug() {}, info() {}, warn() {}, error() {} },
  });
}

beforeEach(() => {
  pbx = new Endpoints();
  agents = [anna, boris, clara];
  sockets = [];
  loggedIn.clear();
  loggedIn.add('anna');
  inCall.clear();
  phones = start();
});

const asks = (agentId: string, tokenHash = 'token') => phones.credentials({ agentId, role: 'agent', tokenHash });

async function given(agentId = 'anna', tokenHash = 'token'): Promise<PhoneCredentials> {
  const result = await asks(agentId, tokenHash);
  if (isRefusal(result)) throw new Error(result.message);
  return result;
}

const ticketOf = ({ url }: PhoneCredentials) => new URL(url, 'http://x').searchParams.get('ticket') ?? '';
const event = (type: 'agent.loggedOut' | 'agent.released' | 'agent.engaged', agentId = 'anna') => [
  { type, agentId } as AgentEvent,
];

describe('credentials', () => {
  test('are of the own browser, and the PBX knows the password', async () => {
    const { url, ...rest } = await given();
    expect(rest).toEqual({
      uri: 'sip:browser-101@ringmaster',
      username: 'browser-101',
      password: pbx.passwords.get('browser-101'),
      displayName: anna.name,
      iceServers: [{ urls: ['stun:stun.example'] }],
    });
    expect(rest.password).toMatch(/^[A-Za-z0-9_-]{32}$/);
    expect(url).toMatch(/^\/phone\?ticket=[A-Za-z0-9_-]{32}$/);
  });

  test('name the address of the PBX where browsers reach it themselves', async () => {
    phones = start('wss://pbx.example/ws');
    expect((await given()).url).toBe('wss://pbx.example/ws');
  });

  test('are refused without a session, to an account without such a phone, and while the PBX does not take them', async () => {
    expect(await asks('boris')).toMatchObject({ refused: 'notLoggedIn' });
    loggedIn.add('clara');
    expect(await asks('clara')).toMatchObject({ refused: 'noDevice' });
    expect(await asks('nobody')).toMatchObject({ refused: 'noDevice' });
    for (const result of ['refused', 'lost'] as const) {
      pbx.result = result;
      expect(await asks('anna')).toMatchObject({ refused: 'phoneSystemUnavailable' });
      expect(phones.holders()).toEqual([]);
    }
  });

  test('asked for again are others, and the page before is told that it has lost the phone', async () => {
    const first = await given();
    const admission = phones.admit(ticketOf(first));
    const second = await given();
    expect(second.password).not.toBe(first.password);
    expect(pbx.passwords.get('browser-101')).toBe(second.password);
    expect(admission?.over.reason).toBe('superseded');
  });

  test('asked for twice at once are given to one only', async () => {
    const results = await Promise.all([asks('anna'), asks('anna')]);
    expect(results.map(isRefusal)).toEqual([true, false]);
  });
});

describe('a ticket', () => {
  test('is good once', async () => {
    const ticket = ticketOf(await given());
    expect(phones.admit(ticket)).toMatchObject({ agentId: 'anna' });
    expect(phones.admit(ticket)).toBeNull();
    expect(phones.admit('another')).toBeNull();
  });

  test('is good for half a minute', async () => {
    const ticket = ticketOf(await given());
    now += 30_001;
    expect(phones.admit(ticket)).toBeNull();
  });

  test('is not good any more after the session', async () => {
    const ticket = ticketOf(await given());
    phones.agentPublished(event('agent.loggedOut'));
    expect(phones.admit(ticket)).toBeNull();
  });
});

test('a WebSocket that closes is told of while the phone is that page, and not after its end or when another has it', async () => {
  const first = phones.admit(ticketOf(await given()));
  first?.closed();
  expect(sockets).toEqual(['anna back', 'anna lost']);
  const second = phones.admit(ticketOf(await given()));
  first?.closed();
  phones.agentPublished(event('agent.loggedOut'));
  second?.closed();
  expect(sockets).toEqual(['anna back', 'anna lost', 'anna back']);
});

test('a page that does not answer is told as lost, and as back; nobody is once another page has the phone', async () => {
  const page = phones.admit(ticketOf(await given()));
  expect(page?.talks()).toBe(false);
  inCall.add('anna');
  expect(page?.talks()).toBe(true);
  page?.quiet();
  page?.answers();
  expect(sockets).toEqual(['anna back', 'anna lost', 'anna back']);
  await given();
  page?.quiet();
  page?.answers();
  expect(sockets).toHaveLength(3);
});

test('pages that reach the PBX themselves are known by their voice: who talks at one is told, also after a restart', async () => {
  phones.agentPublished(event('agent.engaged'));
  expect(sockets).toEqual([]);
  phones = start('wss://pbx.example/ws');
  for (const agentId of ['anna', 'clara']) phones.agentPublished(event('agent.engaged', agentId));
  expect(sockets).toEqual(['anna talks']);
  inCall.add('boris');
  await phones.connected();
  expect(sockets).toEqual(['anna talks', 'boris talks']);
});

describe('the phone is over', () => {
  const held = async () => phones.admit(ticketOf(await given()))?.over;

  test('with the session, and only for its agent', async () => {
    const over = await held();
    phones.agentPublished(event('agent.loggedOut', 'boris'));
    expect(over?.aborted).toBe(false);
    phones.agentPublished(event('agent.loggedOut'));
    expect(over?.reason).toBe('ended');
    expect(pbx.passwords.size).toBe(0);
  });

  test('with the login that asked for it, and with all logins of the account', async () => {
    const one = await held();
    phones.loginEnded({ tokenHash: 'another' });
    expect(one?.aborted).toBe(false);
    phones.loginEnded({ tokenHash: 'token' });
    expect(one?.aborted).toBe(true);
    const two = await held();
    phones.loginEnded({ agentId: 'anna' });
    expect(two?.aborted).toBe(true);
    expect(pbx.passwords.size).toBe(0);
  });

  test('when the account has it no more', async () => {
    const over = await held();
    phones.configured();
    expect(over?.aborted).toBe(false);
    agents = [{ ...anna, devices: [device('101')] }];
    phones.configured();
    expect(over?.aborted).toBe(true);
  });

  test('but not in the middle of a call: then, when the call is over', async () => {
    const over = await held();
    inCall.add('anna');
    phones.loginEnded({ tokenHash: 'token' });
    expect(over?.aborted).toBe(false);
    phones.agentPublished(event('agent.released'));
    expect(over?.aborted).toBe(false);
    inCall.clear();
    phones.agentPublished(event('agent.released'));
    expect(over?.aborted).toBe(true);
    expect(pbx.passwords.size).toBe(0);
  });
});

describe('somebody is started anew', () => {
  test('the PBX: it is told the same passwords again', async () => {
    const { password } = await given();
    pbx.passwords.clear();
    await phones.connected();
    expect(pbx.passwords).toEqual(new Map([['browser-101', password]]));
  });

  test('we: phones of agents who are logged in stay until their session ends, others go', async () => {
    await given();
    pbx.passwords.set('browser-102', 'of a session that is over');
    pbx.passwords.set('browser-9', 'of nobody');
    phones = start();
    await phones.connected();
    expect([...pbx.passwords.keys()]).toEqual(['browser-101']);
    phones.agentPublished(event('agent.loggedOut'));
    expect(pbx.passwords.size).toBe(0);
  });
});
