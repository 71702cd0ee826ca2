// A customer's call on a real Asterisk, as other systems see it: the CRM is asked and its page named, webhooks tell the call's events in
// order, and the agent sends a short message to the customer through a real SMPP connection.
import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { CallView } from '../../src/app/view.js';
import { CUSTOMER, DID, TestCentre } from '../support/centre.js';
import { connect } from '../support/realtime-client.js';
import { Smsc } from '../support/smsc.js';
import { expectTalking } from '../support/talking.js';
import { type Asked, answer, silence, WebServer } from '../support/web-server.js';

jest.setTimeout(120_000);
let centre: TestCentre;
let smsc: Smsc;
let web: WebServer;

beforeAll(async () => {
  smsc = await Smsc.start();
  web = await WebServer.start();
  const account = { SMPP_URL: `smpp://127.0.0.1:${smsc.port}`, SMPP_SYSTEM_ID: 'ringmaster', SMPP_PASSWORD: 'secret' };
  const outside = { SMS_GATEWAY: 'smpp', SMS_SENDER: 'Acme', CRM_AUTHORIZATION: 'Bearer crm', ...account } as const;
  centre = await TestCentre.start({ phones: ['101'], outside });
  await smsc.until('bound', () => smsc.binds > 0);
});
afterEach(() => centre.reset());
afterAll(async () => {
  await centre.stop();
  await smsc.stop();
  await web.stop();
});

async function logIn(login: string, password: string): Promise<string> {
  const response = await fetch(`${centre.service.url}/api/v1/login`, {
    method: 'POST',
    body: JSON.stringify({ login, password, session: false }),
  });
  const { token } = (await response.json()) as { token: string };
  return token;
}

async function api<T>(token: string, method: string, path: string, body?: object): Promise<T> {
  const response = await fetch(`${centre.service.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const result = (await response.json()) as T;
  expect({ status: response.status, result }).toMatchObject({ status: 200 });
  return result;
}

async function talking() {
  await centre.ready('101');
  const customer = await centre.lab.bank.trunk.call(DID, CUSTOMER);
  const offered = await centre.rung('101', 'the agent is rung');
  await offered.answer();
  const call = await centre.until('they talk', () => centre.calls().find(({ phase }) => phase === 'talking'));
  return { customer, offered, call };
}

const about = (kind: string, asked: readonly Asked[]) =>
  asked
    .filter(({ url }) => url === '/hook')
    .map(({ body }) => JSON.parse(body) as { type: string; sequence: number; subject: { kind: string; id: string } })
    .filter(({ subject }) => subject.kind === kind);

describe('other systems and a call', () => {
  test('the CRM fills the card, its page is named, and webhooks tell the whole call in order', async () => {
    const admin = await logIn('admin', 'administrator');
    const crm = `${web.url}/crm?phone={caller.number}`;
    const fields = [{ name: 'Company', path: 'contact.company' }];
    await api(admin, 'PUT', '/integrations', {
      crmUrl: `${web.url}/page/{queue.name}?phone={caller.number}&call={call.id}`,
      crmLookup: { url: crm, fields },
    });
    const hook = { name: 'All', url: `${web.url}/hook`, types: ['call.*', 'agent.*'] };
    const { secret, id } = await api<{ secret: string; id: string }>(admin, 'POST', '/webhooks', hook);
    web.usual = (response, { url }) => response.end(url.startsWith('/crm') ? '{"contact":{"company":"Acme"}}' : '');
    const desktop = await connect(centre.service.url, admin);

    const { customer, call } = await talking();
    const card = (view: unknown) => (view as CallView | null)?.crm.card[0]?.value;
    await desktop.until('the card', () =>
      desktop.changes.some(({ topic, view }) => topic === 'call' && card(view) === 'Acme'),
    );
    expect(centre.calls()[0]?.crm).toEqual({
      url: `${web.url}/page/Sales?phone=%2B79161234567&call=${encodeURIComponent(call.id)}`,
      lookup: 'done',
      card: [{ name: 'Company', value: 'Acme' }],
    });
    expect(web.asked.find(({ url }) => url.startsWith('/crm'))).toMatchObject({
      url: '/crm?phone=%2B79161234567',
      headers: { authorization: 'Bearer crm' },
    });
    await customer.hangup();
    await centre.untilClean();
    await web.until('the end is told', (asked) => about('call', asked).some(({ type }) => type === 'call.ended'));

    const told = about('call', web.asked);
    expect(told.map(({ type }) => type)).toEqual([
      'call.started',
      'call.queued',
      'call.offered',
      'call.connected',
      'call.ended',
    ]);
    expect(told.map(({ sequence }) => sequence)).toEqual(
      [...told.map(({ sequence }) => sequence)].sort((a, b) => a - b),
    );
    expect(new Set(told.map(({ subject }) => subject.id))).toEqual(new Set([call.id]));
    for (const { headers, body } of web.asked.filter(({ url }) => url === '/hook')) {
      const [, t, v1] = /^t=(\d+),v1=(\w+)$/.exec(String(headers['ringmaster-signature'])) ?? [];
      expect(createHmac('sha256', secret).update(`${t}.${body}`).digest('hex')).toBe(v1);
    }
    await web.until('the agent is told of', (asked) =>
      about('agent', asked).some(({ type }) => type === 'agent.engaged'),
    );
    await api(admin, 'DELETE', `/webhooks/${id}`);
    desktop.close();
  });

  test('a CRM and a receiver that never answer hold no call up', async () => {
    const admin = await logIn('admin', 'administrator');
    await api(admin, 'PUT', '/integrations', { crmLookup: { url: `${web.url}/slow?{caller.number}`, fields: [] } });
    const hook = { name: 'Slow', url: `${web.url}/hook` };
    const { id } = await api<{ id: string }>(admin, 'POST', '/webhooks', hook);
    web.usual = silence;
    const { customer, offered } = await talking();
    await expectTalking(customer, offered);
    expect(centre.calls()[0]?.crm).toMatchObject({ lookup: 'asking', card: [] });
    await customer.hangup();
    await centre.untilClean();
    await api(admin, 'DELETE', `/webhooks/${id}`);
    await api(admin, 'PUT', '/integrations', {});
    web.usual = answer(200);
  });

  test('the agent sends a business card to the customer, and the desktop sees it delivered', async () => {
    const admin = await logIn('admin', 'administrator');
    const account = centre.centre.configuration().agents.find(({ id }) => id === 'a101');
    await api(admin, 'PUT', '/configuration/agents/a101', { ...account, password: 'secret-101' });
    await api(admin, 'PUT', '/integrations', { company: 'Ромашка' });
    const text = '{company}: {agent.name}, добавочный {agent.number}';
    await api(admin, 'PUT', '/sms-templates/card', { name: 'Card', language: 'ru', text });
    const agent = await logIn('agent101', 'secret-101');
    const desktop = await connect(centre.service.url, agent);
    const { customer, call } = await talking();
    const sent = await api<{ id: string }>(agent, 'POST', '/sms', { templateId: 'card' });
    expect(sent).toMatchObject({ callId: call.id, number: CUSTOMER.from, state: 'queued' });
    await smsc.until('handed over', () => smsc.submitted.length === 1);
    expect(smsc.submitted[0]).toMatchObject({
      to: CUSTOMER.from.slice(1),
      from: 'Acme',
      text: 'Ромашка: Agent 101, добавочный 101',
    });
    const stateSeen = (state: string) => () =>
      desktop.changes.some(
        ({ topic, id, view }) => topic === 'sms' && id === sent.id && (view as { state: string }).state === state,
      );
    await desktop.until('it is sent', stateSeen('sent'));
    await smsc.report(smsc.submitted[0]?.id ?? '', 'DELIVRD');
    await desktop.until('it is delivered', stateSeen('delivered'));
    expect(await api(agent, 'GET', `/sms?callId=${call.id}`)).toMatchObject([{ id: sent.id, state: 'delivered' }]);
    await customer.hangup();
    desktop.close();
  });
});
