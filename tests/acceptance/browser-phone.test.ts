// The phone in an agent's browser: its password lives in the real Asterisk for as long as the session, and not longer.
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import { ariHttp } from '../../lab/ari.js';
import type { PhoneCredentials } from '../../src/app/browser-phone/credentials.js';
import { CUSTOMER, DID, TestCentre } from '../support/centre.js';
import { SipRegistration } from '../support/sip-registration.js';

jest.setTimeout(90_000);
let centre: TestCentre;

beforeAll(async () => {
  centre = await TestCentre.start({ phones: ['101', '102'] });
  const devices = ['101', 'browser-101'].map((id) => ({ id, address: `PJSIP/${id}`, autoAnswer: false }));
  await centre.saveAgent('101', { devices });
});
afterEach(() => centre.reset());
afterAll(() => centre.stop());

const anna = { agentId: 'a101', role: 'agent', tokenHash: 'a token' } as const;
const asked = (): Promise<PhoneCredentials> => centre.accepted(centre.centre.browserPhone.credentials(anna));
const opened = async () => SipRegistration.open(centre.service.url, await asked());

async function endpoint(): Promise<string | undefined> {
  const { body } = await ariHttp(centre.lab.pbx, 'GET', 'endpoints/PJSIP');
  return (body as { resource: string; state: string }[]).find(({ resource }) => resource === 'browser-101')?.state;
}

/** Asterisk carries out what it is asked a moment later. */
async function untilEndpoint(state: string | undefined): Promise<void> {
  const limit = AbortSignal.timeout(10_000);
  while ((await endpoint()) !== state) {
    if (limit.aborted) throw new Error(`the endpoint is not ${state} but ${await endpoint()}`);
    await pause(20);
  }
}

test('registers with the password of the session, with no other, and not after the session', async () => {
  expect(await endpoint()).toBeUndefined();
  await centre.ready('101');
  const phone = await opened();
  expect(await phone.register('guessed')).toBe(401);
  expect(await phone.register()).toBe(200);
  await untilEndpoint('online');
  const closed = phone.closed();
  await centre.accepted(centre.centre.agents.logOut('a101'));
  expect(await closed).toBe(4002);
  await untilEndpoint(undefined);
  await centre.ready('101');
  const next = await opened();
  expect(await next.register(phone.credentials.password)).toBe(401);
  expect(await next.register()).toBe(200);
  next.socket.close();
});

test('another page has the phone: the first is told so, and its password is good no more', async () => {
  await centre.ready('101');
  const first = await opened();
  expect(await first.register()).toBe(200);
  const closed = first.closed();
  const second = await opened();
  expect(await closed).toBe(4001);
  expect(await second.register(first.credentials.password)).toBe(401);
  expect(await second.register()).toBe(200);
  second.socket.close();
});

test('the login ends: so does the phone', async () => {
  await centre.ready('101');
  const phone = await opened();
  expect(await phone.register()).toBe(200);
  const closed = phone.closed();
  centre.centre.browserPhone.loginEnded({ tokenHash: anna.tokenHash });
  expect(await closed).toBe(4002);
  await untilEndpoint(undefined);
});

test('a call that rings it says which leg it is of; one that the agent dials on the page is to be answered at once', async () => {
  await centre.ready('101');
  const phone = await opened();
  expect(await phone.register()).toBe(200);
  const ringing = phone.request('INVITE');
  await centre.lab.bank.trunk.call(DID, CUSTOMER);
  const invite = await ringing;
  const legs = centre.calls().flatMap((call) => call.legs.map(({ id }) => id));
  expect(legs).toContain(/^X-Ringmaster-Leg: *(\S+)/im.exec(invite)?.[1]);
  expect(invite).not.toContain('answer-after=0');
  phone.answer(invite, '486 Busy Here');
  await centre.lab.bank.trunk.hangupAll();
  await centre.untilClean();
  const dialled = phone.request('INVITE');
  await centre.accepted(centre.centre.calls.dial('a101', { agentId: 'a102' }));
  const request = await dialled;
  expect(request).toContain('answer-after=0');
  // The desk phone rings besides, or is about to.
  phone.answer(request, '486 Busy Here');
  await centre.accepted(centre.centre.calls.hangUp('a101', centre.calls()[0]?.id ?? '', null));
  await centre.untilClean();
  phone.socket.close();
});

test('Asterisk is started anew: it knows the same password again', async () => {
  await centre.ready('101');
  const phone = await opened();
  expect(await phone.register()).toBe(200);
  const closed = phone.closed();
  await centre.lab.pbx.restart();
  expect(await closed).toBe(1001);
  await untilEndpoint('offline');
  const again = await opened();
  expect(await again.register()).toBe(200);
  again.socket.close();
});

test('the controller is started anew: the page is cut off, asks again, and is the phone again', async () => {
  await centre.ready('101');
  const phone = await opened();
  expect(await phone.register()).toBe(200);
  const closed = phone.closed();
  await centre.restart();
  expect(await closed).toBe(1012);
  const again = await opened();
  expect(await again.register()).toBe(200);
  again.socket.close();
});
