/** Short messages through any provider's HTTP interface, against a real server that answers, refuses, hangs and is gone. */
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { HttpSmsGateway, type HttpSmsOptions } from '../../src/outside/http-sms-gateway.js';
import { isPrivateAddress, NodeWebClient } from '../../src/outside/web-client.js';
import { answer, hangUp, silence, WebServer } from '../support/web-server.js';

jest.setTimeout(60_000);

const PART = {
  smsId: 'id-1',
  number: '+79161234567',
  text: 'Say "hi" & <bye>\n50%',
  coding: 'gsm',
  index: 0,
  total: 1,
  reference: 1,
} as const;
const web = new NodeWebClient({ allowPrivateAddresses: true });
let server: WebServer;

beforeEach(async () => {
  server = await WebServer.start();
});
afterEach(() => server.stop());

const submit = (more: Partial<HttpSmsOptions> = {}, client = web) =>
  new HttpSmsGateway(
    {
      url: `${server.url}/send?to={number}&text={text}&id={id}`,
      method: 'GET',
      headers: {},
      body: null,
      sender: 'Acme',
      timeoutMs: 10_000,
      success: [200, 299],
      successBody: null,
      idPath: null,
      repeatable: false,
      ...more,
    },
    client,
  ).submit(PART);
const post = (type: string, body: string) => ({
  method: 'POST',
  url: `${server.url}/send`,
  headers: { 'Content-Type': type, Authorization: 'Bearer x' },
  body,
});

describe('what is sent', () => {
  test('the URL has the fields escaped', async () => {
    expect(await submit()).toEqual({ kind: 'taken', gatewayId: null });
    const url = new URL(server.asked[0]?.url ?? '', server.url);
    expect(Object.fromEntries(url.searchParams)).toEqual({ to: PART.number, text: PART.text, id: 'id-1' });
  });

  test('a JSON body stays JSON whatever the text', async () => {
    await submit(post('application/json', '{"to":"{number}","from":"{sender}","text":"{text}"}'));
    expect(JSON.parse(server.asked[0]?.body ?? '')).toEqual({ to: PART.number, from: 'Acme', text: PART.text });
    expect(server.asked[0]?.headers).toMatchObject({ authorization: 'Bearer x', 'content-type': 'application/json' });
  });

  test('a form stays a form, and XML stays XML', async () => {
    await submit(post('application/x-www-form-urlencoded', 'to={number}&text={text}'));
    expect(new URLSearchParams(server.asked[0]?.body).get('text')).toBe(PART.text);
    await submit(post('text/xml; charset=utf-8', '<sms>{text}</sms>'));
    expect(server.asked[1]?.body).toBe('<sms>Say &#34;hi&#34; &#38; &#60;bye&#62;\n50%</sms>');
  });
});

describe('what the answer means', () => {
  test('taken, with the id from the answer', async () => {
    server.usual = answer(202, '{"messages":[{"id":12345}]}');
    expect(await submit({ idPath: 'messages.0.id' })).toEqual({ kind: 'taken', gatewayId: '12345' });
    expect(await submit({ idPath: 'messages.1.id' })).toEqual({ kind: 'taken', gatewayId: null });
    server.usual = answer(200, 'OK 77');
    expect(await submit({ idPath: 'id' })).toEqual({ kind: 'taken', gatewayId: null });
  });

  test('refused for good: a status, or an answer that does not match', async () => {
    server.usual = answer(400);
    expect(await submit()).toEqual({ kind: 'refused', code: 'http:400', again: false });
    server.usual = answer(200, 'ERROR 5');
    expect(await submit({ successBody: /^OK/ })).toEqual({ kind: 'refused', code: 'http:answer', again: false });
    server.usual = answer(200);
    expect(await submit({ success: [201, 201] })).toEqual({ kind: 'refused', code: 'http:200', again: false });
  });

  test('refused for now: too many, unavailable, nobody there', async () => {
    for (const status of [429, 503]) {
      server.usual = answer(status);
      expect(await submit()).toEqual({ kind: 'refused', code: `http:${status}`, again: true });
    }
    const url = `${server.url}/send`;
    await server.stop();
    expect(await submit({ url })).toEqual({ kind: 'refused', code: 'http:ECONNREFUSED', again: true });
    server = await WebServer.start();
  });

  test('nobody knows: no answer in time, a broken connection, a failure in between; repeated only where that is safe', async () => {
    for (const [behaviour, timeoutMs] of [
      [silence, 100],
      [hangUp, 10_000],
      [answer(502), 10_000],
    ] as const) {
      server.usual = behaviour;
      expect(await submit({ timeoutMs })).toEqual({ kind: 'unknown' });
      expect(await submit({ timeoutMs, repeatable: true })).toMatchObject({ kind: 'refused', again: true });
    }
  });

  test('a redirect is not followed, an endless answer is cut off', async () => {
    server.usual = answer(302, '', { location: `${server.url}/other` });
    expect(await submit()).toMatchObject({ kind: 'refused', code: 'http:302' });
    expect(server.asked).toHaveLength(1);
    server.usual = answer(200, 'x'.repeat(1_000_000));
    expect(await submit()).toEqual({ kind: 'taken', gatewayId: null });
  });
});

describe('private addresses, where they are refused', () => {
  const careful = new NodeWebClient({ allowPrivateAddresses: false });

  test('are not asked, by number or by name', async () => {
    expect(await submit({}, careful)).toMatchObject({ kind: 'refused', code: 'http:privateAddress' });
    const url = `http://localhost:${server.port}/`;
    expect(await submit({ url }, careful)).toMatchObject({ kind: 'refused', code: 'http:privateAddress' });
    expect(server.asked).toEqual([]);
  });

  test('are those of the own machine and of private networks, also written as IPv6', () => {
    const own = ['127.0.0.1', '10.1.2.3', '172.31.0.1', '192.168.1.1', '169.254.169.254', '0.0.0.0', '::1', 'fd00::1'];
    expect([...own, '::ffff:127.0.0.1', 'fe80::1', '100.64.0.1'].filter((each) => !isPrivateAddress(each))).toEqual([]);
    expect(['8.8.8.8', '172.32.0.1', '2001:4860::1', '::ffff:8.8.8.8'].filter(isPrivateAddress)).toEqual([]);
  });
});
