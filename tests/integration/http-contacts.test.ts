/** The address book over HTTP: its commands, and its files in and out. */
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Contact, ContactFields } from '../../src/app/contacts/contact.js';
import { isRefusal } from '../../src/core/refusal.js';
import { cellWriter, headOf, rowReader } from '../../src/http/contact-columns.js';
import { type FakeService, startFakeService } from '../support/fake-service.js';
import fc from '../support/properties.js';

/** Logging in is slow on purpose. */
const LONG_MS = 30_000;
jest.setTimeout(LONG_MS);

let service: FakeService;
const tokens = new Map<string, Promise<string>>();
beforeEach(async () => {
  tokens.clear();
  service = await startFakeService();
});
afterEach(() => service.close());

async function ask(who: string, method: string, path: string, body?: string | Uint8Array) {
  const token = tokens.get(who) ?? service.token(who);
  tokens.set(who, token);
  const headers = { authorization: `Bearer ${await token}` };
  const sent = body === undefined ? {} : { body };
  const response = await fetch(`${service.url}/api/v1${path}`, { method, headers, ...sent });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  return { status: response.status, answer: isJson ? JSON.parse(text) : text };
}

const imported = (csv: string | Uint8Array, query = '') => ask('vera', 'POST', `/contacts/import${query}`, csv);
const names = async () => (await ask('vera', 'GET', '/contacts')).answer.contacts.map((each: Contact) => each.name);

describe('commands', () => {
  test('an agent adds, finds, changes and reads a contact; removing it is a supervisor’s matter', async () => {
    const anna = JSON.stringify({ name: 'Анна', numbers: [{ number: '8 495 123-45-67', label: 'work' }] });
    const { status, answer: added } = await ask('anna', 'POST', '/contacts', anna);
    expect([status, added]).toMatchObject([200, { numbers: [{ number: '+74951234567', label: 'work' }], version: 1 }]);
    const path = `/contacts/${added.id}`;
    expect((await ask('anna', 'GET', '/contacts?text=%D0%90%D0%9D')).answer).toEqual({
      contacts: [added],
      more: false,
    });
    expect((await ask('anna', 'GET', '/contacts/of-number/84951234567')).answer).toEqual(added);
    const changed = await ask('anna', 'PUT', path, JSON.stringify({ name: 'Анна Б', version: 1 }));
    expect(changed.answer).toMatchObject({ name: 'Анна Б', numbers: [], version: 2 });
    const late = await ask('anna', 'PUT', path, JSON.stringify({ name: 'Анна В', version: 1 }));
    expect([late.status, late.answer.error.code]).toEqual([409, 'changedMeanwhile']);
    expect((await ask('anna', 'DELETE', path)).status).toBe(403);
    expect((await ask('vera', 'DELETE', path)).answer).toEqual({ removed: true });
    expect((await ask('anna', 'GET', path)).status).toBe(404);
    expect((await ask('vera', 'GET', '/removed-contacts')).answer).toMatchObject([{ id: added.id }]);
    expect((await ask('vera', 'POST', `/removed-contacts/${added.id}/restore`)).answer).toMatchObject({ version: 3 });
  });

  test('a number that is taken says whose it is', async () => {
    await ask('anna', 'PUT', '/contacts/of-number/2001/manager', JSON.stringify({ name: 'Anna' }));
    const { answer: owner } = await ask('anna', 'GET', '/contacts/of-number/2001');
    expect(owner).toMatchObject({ name: 'Anna', managerId: 'anna' });
    const again = await ask('anna', 'POST', '/contacts', JSON.stringify({ numbers: [{ number: '2001' }] }));
    expect([again.status, again.answer.error]).toMatchObject([
      409,
      { code: 'numberTaken', details: { number: '2001', contactId: owner.id, name: 'Anna' } },
    ]);
  });
});

describe('a file of contacts', () => {
  const HEAD = 'name,numbers,groups,manager,custom.city\r\n';
  beforeEach(async () => {
    await ask('vera', 'PUT', '/contact-groups/vip', JSON.stringify({ name: 'VIP' }));
  });

  test('is taken in row by row: each is written, or it is said what is wrong with it', async () => {
    const rows = [
      'Анна,"work: 8 495 123-45-67 | 2001",VIP,anna,Тверь',
      'Борис,84951234567,,,',
      ',,,,',
      'Вера,call me,,,',
      'Галя,2002,Strangers,,',
      'Дима,2003,,nobody,',
      'Ева,2004,,,"Нижний',
      'Новгород"',
      `${'Ж'.repeat(201)},2005,,,`,
    ];
    const { status, answer } = await imported(HEAD + rows.join('\r\n'));
    expect(status).toBe(200);
    expect(answer).toMatchObject({ rows: 8, added: 1, changed: 0, refused: 7 });
    expect(answer.problems.map(({ line, code }: { line: number; code: string }) => `${line} ${code}`)).toEqual([
      ...['3 numberTaken', '4 invalidInput', '5 numberInvalid', '6 unknownReference', '7 unknownReference'],
      ...['9 invalidInput', '10 invalidInput'],
    ]);
    const [anna] = (await ask('vera', 'GET', '/contacts')).answer.contacts;
    expect(anna).toMatchObject({
      numbers: [
        { number: '+74951234567', label: 'work' },
        { number: '2001', label: '' },
      ],
      ...{ groupIds: ['vip'], managerId: 'anna', custom: { city: 'Тверь' } },
    });
    expect(answer.problems[0].details).toEqual({ number: '+74951234567', contactId: anna.id, name: 'Анна' });
  });

  test('is taken in as a whole or not at all where that is wanted', async () => {
    const good = `${HEAD}Анна,2001,,,\r\nБорис,2002,,,\r\n`;
    const { answer } = await imported(`${good}Вера,2001,,,\r\nГаля,2003,Strangers,,`, '?whole=true');
    expect(answer).toMatchObject({ rows: 4, added: 0, refused: 4 });
    expect(answer.problems.map(({ line }: { line: number }) => line)).toEqual([4, 5]);
    expect(await names()).toEqual([]);
    expect((await imported(good, '?whole=true')).answer).toMatchObject({ added: 2, refused: 0, problems: [] });
    expect((await imported(good, '?whole=true')).answer).toMatchObject({ added: 0, refused: 2 });
  });

  test('may be separated by semicolons, begin with a byte order mark, and be written as Windows writes Russian', async () => {
    expect((await imported('\uFEFFname;number;number2\nАнна;2001;2002\n')).answer).toMatchObject({ added: 1 });
    const windows = Uint8Array.from([...Buffer.from('name\n'), 0xc1, 0xee, 0xf0, 0xe8, 0xf1]);
    const unread = await imported(windows);
    expect([unread.status, unread.answer.error.code]).toEqual([400, 'invalidInput']);
    expect((await imported(windows, '?encoding=windows-1251')).answer).toMatchObject({ added: 1 });
    expect(await names()).toEqual(['Анна', 'Борис']);
  });

  test.each([
    ['without anything', ''],
    ['with an unknown column', 'name,shoe size\nx,y'],
    ['with a column twice', 'name,name\nx,y'],
  ])('%s is refused', async (_what, csv) => {
    expect((await imported(csv)).answer.error.code).toBe('invalidInput');
    expect(await names()).toEqual([]);
  });

  test('is for supervisors only', async () => {
    for (const [method, path] of [
      ['POST', '/contacts/import'],
      ['GET', '/contacts.csv'],
    ] as const)
      expect((await ask('anna', method, path, method === 'POST' ? 'name\nx' : undefined)).answer.error).toMatchObject({
        code: 'forbidden',
      });
  });

  test('that was written is read again: nothing is lost, and contacts keep their ids', async () => {
    const rows = [
      'Анна Ёлкина,"work: +74951234567 | 2001",VIP,anna,Тверь',
      '"=HYPERLINK(""http://x"")","-x: 2002",,,@city',
      '"Кавычки "" и; запятые, и так",+79161234567,,,',
    ];
    await imported(HEAD + rows.join('\r\n'));
    const before = (await ask('vera', 'GET', '/contacts')).answer.contacts;
    for (const separator of [',', ';']) {
      const { answer: file } = await ask('vera', 'GET', `/contacts.csv?separator=${encodeURIComponent(separator)}`);
      expect(file).toContain("'=HYPERLINK");
      expect((await imported(file)).answer).toMatchObject({ rows: 3, changed: 3, refused: 0 });
      const after = (await ask('vera', 'GET', '/contacts')).answer.contacts;
      const plain = (contacts: readonly Contact[]) => contacts.map(({ version: _version, ...rest }) => rest);
      expect(plain(after)).toEqual(plain(before));
    }
    const one = await ask('vera', 'GET', '/contacts.csv?groupId=vip');
    expect(one.answer.trim().split('\r\n')).toHaveLength(2);
  });
});

test('a contact as cells is the contact again', () => {
  const groups = [
    { id: 'g1', name: 'VIP' },
    { id: 'g2', name: 'Долг: да' },
  ];
  const people = { groups, agents: [{ id: 'a1', login: 'anna' }] };
  const customNames = ['city', 'Город 2'];
  const text = fc
    .stringMatching(/^([а-яa-z=+@"';,-][ а-яa-z"';,=-]{0,10}[а-яa-z])?$/)
    .filter((value) => !/^'\s*[=+@-]/.test(value));
  const fields: fc.Arbitrary<ContactFields> = fc.record({
    ...{ name: text, company: text, email: text, note: text, clientCode: text },
    custom: fc.record({ city: text, 'Город 2': text }),
    numbers: fc.array(
      fc.record({ number: fc.stringMatching(/^\+?[0-9]{2,12}$/), label: fc.stringMatching(/^([а-яa-z=+-]{1,9})?$/) }),
      { maxLength: 3 },
    ),
    groupIds: fc.subarray(['g1', 'g2']),
    managerId: fc.constantFrom(null, 'a1'),
  });
  const read = rowReader(people, headOf(customNames));
  if (isRefusal(read)) throw new Error(read.message);
  const write = cellWriter(people, customNames);
  fc.assert(
    fc.property(fields, (given) => {
      const times = { version: 1, createdAt: 0, updatedAt: 0, removedAt: null };
      const custom = Object.fromEntries(Object.entries(given.custom).filter(([, value]) => value !== ''));
      expect(read(7, write({ ...given, ...times, id: 'x' }))).toEqual({
        line: 7,
        id: 'x',
        fields: { ...given, custom },
      });
    }),
  );
});
