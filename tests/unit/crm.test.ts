/** The page and the card of a call: addresses that nothing in them can lead astray, and lookups that never hold a call up. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { Crm } from '../../src/app/crm/crm.js';
import { callFields, webAddress } from '../../src/app/crm/fields.js';
import { INTEGRATION_DEFAULTS, type IntegrationSettings } from '../../src/app/integrations/settings.js';
import type { WebAnswer, WebRequest } from '../../src/app/integrations/web-client.js';
import type { Call } from '../../src/core/call/state.js';
import { silentLog } from '../support/fake-application.js';
import { NO_CALLERS } from '../support/memory-contacts.js';
import fc from '../support/properties.js';

const call = (id: string, more: Partial<Call> = {}): Call =>
  ({
    id,
    phase: 'live',
    direction: 'inbound',
    from: { number: '+79161234567', name: 'Пётр & Co' },
    dialled: '+74951112233',
    marks: { queueId: 'sales', queuedAt: null, place: null, connectedAt: null, agentId: null },
    ...more,
  }) as Call;

const CALLERS = {
  contactOf: (number: string) =>
    number === '+79161234567' ? { id: 'k1', name: 'Пётр', groupIds: [], managerId: null } : null,
};

describe('the page', () => {
  const template =
    'https://crm.example/find/{queue.id}?phone={caller.number}&name={caller.name}&id={call.id}&contact={contact.id}';

  test('has the fields of the call, escaped', () => {
    expect(webAddress(template, callFields(call('c1'), 'Sales', CALLERS))).toBe(
      'https://crm.example/find/sales?phone=%2B79161234567&name=%D0%9F%D1%91%D1%82%D1%80%20%26%20Co&id=c1&contact=k1',
    );
  });

  test('of an outgoing call has the number that was dialled', () => {
    const fields = callFields(call('c1', { direction: 'outbound' }), '', NO_CALLERS);
    expect(webAddress('https://crm.example/{caller.number}', fields)).toBe('https://crm.example/%2B74951112233');
  });

  test('whatever a caller is called, the address stays on its host and in its place', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('..', '.', '../x', '@evil', '#', '?')),
        (name) => {
          const address = webAddress('https://crm.example/a/{caller.name}/b?x={caller.name}#{caller.name}', {
            'caller.name': name,
          });
          if (address === null) throw new Error('no address');
          const url = new URL(address);
          expect(url.origin).toBe('https://crm.example');
          expect(url.pathname.split('/')).toHaveLength(4);
          expect(url.pathname.startsWith('/a/') && url.pathname.endsWith('/b')).toBe(true);
          expect([...url.searchParams.keys()]).toEqual(['x']);
        },
      ),
    );
  });

  test('is none where it is not for the web, or too long', () => {
    expect(webAddress('javascript:alert({call.id})', {})).toBeNull();
    expect(webAddress('no url', {})).toBeNull();
    expect(webAddress('https://crm.example/{a}', { a: 'x'.repeat(5_000) })).toBeNull();
  });
});

describe('the card', () => {
  const lookup = {
    url: 'https://crm.example/api?phone={caller.number}',
    timeoutMs: 3_000,
    cacheMs: 60_000,
    fields: [
      { name: 'Company', path: 'data.0.company' },
      { name: 'Debt', path: 'data.0.debt' },
      { name: 'All', path: 'data' },
    ],
  };
  let settings: IntegrationSettings;
  let asked: { request: WebRequest; answer: (answer: WebAnswer) => void }[];
  let changed: string[];
  let now: number;
  let crm: Crm;

  beforeEach(() => {
    settings = { ...INTEGRATION_DEFAULTS, crmLookup: lookup };
    asked = [];
    changed = [];
    now = 1_000;
    const web = {
      ask: (request: WebRequest) => new Promise<WebAnswer>((answer) => void asked.push({ request, answer })),
    };
    const parts = { web, clock: { now: () => now }, log: silentLog, authorization: 'Bearer secret' };
    crm = new Crm({ ...parts, settings: () => settings });
    crm.onAnswer((id) => void changed.push(id));
  });

  const answered = (body: unknown, status = 200): WebAnswer => ({
    kind: 'answered',
    status,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    cut: false,
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const cardOf = (id: string) => crm.viewOf(call(id), 'Sales', NO_CALLERS);
  const customer = (index: number) => call(`c${index}`, { from: { number: `+7916${index}`, name: '' } });

  test('is asked for once, shown when it is there, and told', async () => {
    crm.follow(call('c1'), 'Sales', NO_CALLERS);
    crm.follow(call('c1'), 'Sales', NO_CALLERS);
    expect(cardOf('c1')).toEqual({ url: null, lookup: 'asking', card: [] });
    expect(asked.map(({ request }) => request)).toMatchObject([
      {
        url: 'https://crm.example/api?phone=%2B79161234567',
        method: 'GET',
        headers: { Authorization: 'Bearer secret' },
        timeoutMs: 3_000,
      },
    ]);
    asked[0]?.answer(answered({ data: [{ company: 'Acme', debt: 12.5 }] }));
    await settle();
    expect(changed).toEqual(['c1']);
    expect(cardOf('c1')).toMatchObject({
      lookup: 'done',
      card: [
        { name: 'Company', value: 'Acme' },
        { name: 'Debt', value: '12.5' },
      ],
    });
  });

  test('of two calls with the same number is asked for once, and known for a while', async () => {
    crm.follow(call('c1'), '', NO_CALLERS);
    crm.follow(call('c2'), '', NO_CALLERS);
    expect(asked).toHaveLength(1);
    asked[0]?.answer(answered({ data: [{ company: 'Acme' }] }));
    await settle();
    expect(changed).toEqual(['c1', 'c2']);
    crm.follow(call('c3'), '', NO_CALLERS);
    expect(cardOf('c3').card).toEqual([{ name: 'Company', value: 'Acme' }]);
    now += 60_001;
    crm.follow(call('c4'), '', NO_CALLERS);
    expect(asked).toHaveLength(2);
  });

  test.each([
    ['an error', answered({}, 500)],
    ['no JSON', answered('<html>')],
    ['too much', { ...answered({}), cut: true } as WebAnswer],
    ['no answer', { kind: 'failed', code: 'timeout', reached: true } as WebAnswer],
  ])('%s is a failed lookup, and asked for anew at the next call', async (_what, given) => {
    crm.follow(call('c1'), '', NO_CALLERS);
    asked[0]?.answer(given);
    await settle();
    expect(cardOf('c1')).toMatchObject({ lookup: 'failed', card: [] });
    crm.follow(call('c2'), '', NO_CALLERS);
    expect(asked).toHaveLength(2);
  });

  test('not found is an empty card', async () => {
    crm.follow(call('c1'), '', NO_CALLERS);
    asked[0]?.answer(answered('', 404));
    await settle();
    expect(cardOf('c1')).toMatchObject({ lookup: 'done', card: [] });
  });

  test('a slow system is asked eight questions at a time, and not more than 200 wait', async () => {
    for (let index = 0; index < 300; index += 1) crm.follow(customer(index), '', NO_CALLERS);
    await settle();
    expect(asked).toHaveLength(8);
    expect(crm.viewOf(customer(299), '', NO_CALLERS).lookup).toBe('failed');
    asked[0]?.answer(answered({}));
    await settle();
    expect(asked).toHaveLength(9);
  });

  test('an answer for a call that has ended is told to nobody', async () => {
    crm.follow(call('c1'), '', NO_CALLERS);
    crm.follow(call('c1', { phase: 'ended' }), '', NO_CALLERS);
    asked[0]?.answer(answered({}));
    await settle();
    expect(changed).toEqual([]);
    expect(cardOf('c1').lookup).toBe('off');
  });

  test('calls between colleagues are no matter of the CRM; a queue may have a page of its own, or none', () => {
    settings = {
      ...settings,
      crmUrl: 'https://crm.example/',
      crmQueueUrls: [
        { queueId: 'sales', url: 'https://sales.example/' },
        { queueId: 'service', url: null },
      ],
    };
    const inQueue = (queueId: string | null) =>
      crm.viewOf(call('c1', { marks: { ...call('c1').marks, queueId } }), '', NO_CALLERS).url;
    expect([inQueue('sales'), inQueue('service'), inQueue('other'), inQueue(null)]).toEqual([
      'https://sales.example/',
      null,
      'https://crm.example/',
      'https://crm.example/',
    ]);
    const internal = call('c1', { direction: 'internal' });
    crm.follow(internal, '', NO_CALLERS);
    expect(crm.viewOf(internal, '', NO_CALLERS).url).toBeNull();
    expect(asked).toEqual([]);
  });

  test('other settings forget what was answered before', async () => {
    crm.follow(call('c1'), '', NO_CALLERS);
    asked[0]?.answer(answered({ data: [{ company: 'Acme' }] }));
    await settle();
    settings = { ...settings, crmLookup: { ...lookup, fields: [] } };
    crm.follow(call('c2'), '', NO_CALLERS);
    expect(asked).toHaveLength(2);
  });
});
