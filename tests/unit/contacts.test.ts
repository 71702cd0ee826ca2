/** The address book above the database: what is checked, what is in memory, what calls are told. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { LoadedConfiguration } from '../../src/app/configuration-store.js';
import { AddressBook } from '../../src/app/contacts/address-book.js';
import { type ContactFields, NO_FIELDS } from '../../src/app/contacts/contact.js';
import { indexSettings } from '../../src/app/settings-in-force.js';
import { isRefusal } from '../../src/core/refusal.js';
import { account, CENTRE } from '../support/configuration.js';
import { memoryAddressBook } from '../support/memory-contacts.js';

const CONFIGURATION: LoadedConfiguration = {
  ...{
    statuses: [],
    members: [],
    routes: [],
    outgoingRules: [],
    phoneLogins: [],
    queues: [],
    keySets: [],
    scenarios: [],
    trainers: [],
    teams: [],
  },
  agents: [account('101')],
  centre: CENTRE,
};
const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const number = (written: string, label = '') => ({ number: written, label });
const fields = (more: Partial<ContactFields>): ContactFields => ({ ...NO_FIELDS, ...more });

let stores: ReturnType<typeof memoryAddressBook>;
let book: AddressBook;
let settings = indexSettings(CONFIGURATION);
let now: number;

const newBook = () => new AddressBook({ stores, clock: { now: () => now }, log, settings: () => settings });

beforeEach(() => {
  now = 1_000;
  settings = indexSettings(CONFIGURATION);
  stores = memoryAddressBook();
  book = newBook();
});

async function added(more: Partial<ContactFields>) {
  const contact = await book.contacts.add('a101', fields(more));
  if (isRefusal(contact)) throw new Error(contact.message);
  return contact;
}

async function present(written: string): Promise<ContactFields> {
  const contact = await book.contacts.ofNumber(written);
  if (isRefusal(contact)) throw new Error(contact.message);
  return contact;
}

describe('a contact', () => {
  test('keeps its numbers in one spelling, each once', async () => {
    const numbers = [number('8 495 123-45-67', 'work'), number('+74951234567', 'same'), number('2001')];
    expect((await added({ name: 'Anna', numbers })).numbers).toEqual([number('+74951234567', 'work'), number('2001')]);
  });

  test.each<[string, Partial<ContactFields>, string]>([
    ['without anything', {}, 'invalidInput'],
    ['with a number that is none', { name: 'A', numbers: [number('call me')] }, 'numberInvalid'],
    ['with a manager whom nobody knows', { name: 'A', managerId: 'nobody' }, 'unknownReference'],
    ['in a group that is not there', { name: 'A', groupIds: ['none'] }, 'unknownReference'],
  ])('%s is refused', async (_what, more, refused) => {
    expect(await book.contacts.add('a101', fields(more))).toMatchObject({ refused });
    expect(stores.contacts.rows.size).toBe(0);
  });

  test('with a number that another has is refused, and it is said whose it is', async () => {
    const anna = await added({ name: 'Anna', numbers: [number('84951234567')] });
    expect(await book.contacts.add('a101', fields({ numbers: [number('+7 495 1234567')] }))).toMatchObject({
      refused: 'numberTaken',
      details: { number: '+74951234567', contactId: anna.id, name: 'Anna' },
    });
  });

  test('is not overwritten by somebody who read an older version, unless no version is given', async () => {
    const { id } = await added({ name: 'Anna' });
    expect(await book.contacts.save('a101', id, fields({ name: 'B' }), 1)).toMatchObject({ name: 'B', version: 2 });
    expect(await book.contacts.save('a101', id, fields({ name: 'C' }), 1)).toMatchObject({
      refused: 'changedMeanwhile',
    });
    expect(await book.contacts.save('a101', id, fields({ name: 'C' }), null)).toMatchObject({ name: 'C', version: 3 });
    expect(await book.contacts.save('a101', 'none', fields({ name: 'C' }), null)).toMatchObject({
      refused: 'notFound',
    });
  });
});

describe('whose number it is', () => {
  test('is known at once, however it is written, and after a restart', async () => {
    await book.contacts.saveGroup('a101', { id: 'vip', name: 'VIP' });
    const { id } = await added({
      ...{ name: 'Anna', numbers: [number('84951234567'), number('2001')] },
      ...{ managerId: 'a101', groupIds: ['vip'] },
    });
    const card = { id, name: 'Anna', groupIds: ['vip'], managerId: 'a101' };
    for (const written of ['+74951234567', '74951234567', '4951234567', '2001'])
      expect(book.contactOf(written)).toMatchObject(card);
    const again = newBook();
    expect(again.contactOf('2001')).toBeNull();
    await again.open();
    await again.ready;
    expect(again.contactOf('84951234567')).toMatchObject(card);
  });

  test('follows every change: of a number, of a group, at removal and back', async () => {
    await book.contacts.saveGroup('a101', { id: 'vip', name: 'VIP' });
    const { id } = await added({ name: 'Anna', numbers: [number('2001')], groupIds: ['vip'] });
    await book.contacts.save('a101', id, fields({ name: 'Anna', numbers: [number('2002')], groupIds: ['vip'] }), null);
    expect(book.contactOf('2001')).toBeNull();
    await book.contacts.removeGroup('a101', 'vip');
    expect(book.contactOf('2002')).toMatchObject({ name: 'Anna', groupIds: [] });
    expect(await book.contacts.remove('a101', id)).toBe(true);
    expect(book.contactOf('2002')).toBeNull();
    expect(await book.contacts.ofNumber('2002')).toMatchObject({ refused: 'notFound' });
  });

  test('a removed contact comes back, unless somebody has got its number', async () => {
    const { id } = await added({ name: 'Anna', numbers: [number('2001')] });
    await book.contacts.remove('a101', id);
    const other = await added({ name: 'Boris', numbers: [number('2001')] });
    expect(await book.contacts.restore('a101', id)).toMatchObject({ refused: 'numberTaken' });
    await book.contacts.remove('a101', other.id);
    expect(await book.contacts.restore('a101', id)).toMatchObject({ id, name: 'Anna', removedAt: null });
    expect(book.contactOf('2001')).toMatchObject({ id });
    expect(await book.contacts.restore('a101', id)).toMatchObject({ refused: 'notFound' });
  });
});

describe('for a number', () => {
  test('a contact is made and gets a manager; the next time the same one goes into a group', async () => {
    await book.contacts.saveGroup('a101', { id: 'vip', name: 'VIP' });
    const first = await book.contacts.note('a101', '8 916 123-45-67', { managerId: 'a101', name: 'Anna' });
    expect(first).toMatchObject({ name: 'Anna', managerId: 'a101', numbers: [number('+79161234567')] });
    const second = await book.contacts.note('a101', '+79161234567', { groupId: 'vip', name: 'Another' });
    expect(second).toMatchObject({ name: 'Anna', managerId: 'a101', groupIds: ['vip'], version: 2 });
    expect(stores.contacts.rows.size).toBe(1);
    expect(await book.contacts.note('a101', 'anonymous', { groupId: 'vip' })).toMatchObject({
      refused: 'numberInvalid',
    });
  });

  test('what was done is taken back by whoever did it, once; what others have changed since stays', async () => {
    await book.contacts.saveGroup('a101', { id: 'vip', name: 'VIP' });
    const { id } = await added({ numbers: [number('2001')] });
    await book.contacts.note('a101', '2001', { groupId: 'vip', name: 'Anna' });
    await book.contacts.note('a101', '2001', { managerId: 'a101' });
    await book.contacts.save('a101', id, { ...(await present('2001')), company: 'Vector' }, 3);
    expect(await book.contacts.takeBack('a102', id, 2)).toMatchObject({ refused: 'notFound' });
    const left = { id, name: '', company: 'Vector', groupIds: [], managerId: 'a101' };
    expect(await book.contacts.takeBack('a101', id, 2)).toMatchObject(left);
    expect(await book.contacts.takeBack('a101', id, 2)).toMatchObject({ refused: 'notFound' });
    expect(await book.contacts.takeBack('a101', id, 3)).toMatchObject({ ...left, managerId: null });
  });

  test('a contact that was new is gone when it is taken back, unless somebody has changed it', async () => {
    const note = { managerId: 'a101', name: 'Anna' };
    const made = await book.contacts.note('a101', '2001', note);
    if (isRefusal(made)) throw new Error(made.message);
    expect(await book.contacts.takeBack('a101', made.id, made.version)).toBe('removed');
    expect(book.contactOf('2001')).toBeNull();
    expect(await book.contacts.takeBack('a101', made.id, made.version)).toMatchObject({ refused: 'notFound' });
    const again = await book.contacts.note('a101', '2001', note);
    if (isRefusal(again)) throw new Error(again.message);
    await book.contacts.save('a101', again.id, { ...(await present('2001')), company: 'Vector' }, null);
    const left = await book.contacts.takeBack('a101', again.id, again.version);
    expect(left).toMatchObject({ name: '', company: 'Vector', managerId: null });
  });

  test('what was so before is not taken back, and the former manager is the manager again', async () => {
    settings = indexSettings({ ...CONFIGURATION, agents: [account('101'), account('102')] });
    const { id } = await added({ name: 'Anna', numbers: [number('2001')], managerId: 'a102' });
    await book.contacts.note('a101', '2001', { managerId: 'a101' });
    await book.contacts.note('a101', '2001', { managerId: 'a101' });
    expect(await book.contacts.takeBack('a101', id, 3)).toMatchObject({ refused: 'notFound' });
    expect(await book.contacts.takeBack('a101', id, 2)).toMatchObject({ managerId: 'a102' });
  });

  test("nothing fails because the manager's account is gone", async () => {
    await book.contacts.saveGroup('a101', { id: 'vip', name: 'VIP' });
    await book.contacts.note('a101', '2001', { managerId: 'a101' });
    settings = indexSettings({ ...CONFIGURATION, agents: [] });
    expect(await book.contacts.note('a101', '2001', { groupId: 'vip' })).toMatchObject({
      groupIds: ['vip'],
      managerId: null,
    });
  });
});

describe('a blocked number', () => {
  test('is blocked however it is written, until its time is over or it is taken off', async () => {
    await book.blacklist.add('a101', '8 916 123-45-67', 'spam', 2_000);
    expect(['+79161234567', '79161234567', '89161234567'].map((each) => book.isBlocked(each))).toEqual([
      true,
      true,
      true,
    ]);
    expect(book.isBlocked('+79161234568')).toBe(false);
    now = 2_000;
    expect(book.isBlocked('+79161234567')).toBe(false);
    expect(await book.blacklist.add('a101', '+79161234567', 'spam', 1_999)).toMatchObject({ refused: 'invalidInput' });
    await book.blacklist.add('a101', '+79161234567', 'again', null);
    expect(book.isBlocked('89161234567')).toBe(true);
    const again = newBook();
    await again.open();
    await again.ready;
    expect(again.isBlocked('89161234567')).toBe(true);
    expect(await book.blacklist.remove('a101', '89161234567')).toBe(true);
    expect(await book.blacklist.remove('a101', '89161234567')).toBe(false);
    expect(book.isBlocked('89161234567')).toBe(false);
  });

  test('counts the calls that were rejected, and keeps the count when it is blocked anew', async () => {
    await book.blacklist.add('a101', '2001', 'spam', null);
    book.blacklist.counted('2001', 1_500);
    book.blacklist.counted('2001', 1_600);
    await book.blacklist.add('a101', '2001', 'more spam', null);
    expect(book.blacklist.list()).toMatchObject([{ number: '2001', reason: 'more spam', calls: 2, lastCallAt: 1_600 }]);
  });

  test('must be a number', async () => {
    expect(await book.blacklist.add('a101', 'anonymous', '', null)).toMatchObject({ refused: 'numberInvalid' });
    expect(book.isBlocked('anonymous')).toBe(false);
  });
});

describe('searching', () => {
  const found = async (text: string) => {
    const page = await book.contacts.search({ text, groupId: null, after: null, limit: 9 });
    return page.contacts.map(({ name }) => name);
  };

  test('nothing typed is everything, nothing that can be looked for is nothing', async () => {
    await added({ name: 'Boris' });
    await added({ name: 'Anna', numbers: [number('84951234567')] });
    for (const text of ['', '  ']) expect(await found(text)).toEqual(['Anna', 'Boris']);
    for (const text of ['%', '«»', '_']) expect([text, await found(text)]).toEqual([text, []]);
    for (const text of ['AN', '8 495 123']) expect([text, await found(text)]).toEqual([text, ['Anna']]);
  });
});
