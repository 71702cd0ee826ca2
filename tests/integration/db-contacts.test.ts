/** The address book on real databases: what is written, refused, found, removed and noted. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { AddressBook } from '../../src/app/contacts/address-book.js';
import { type Contact, type ContactFields, NO_FIELDS } from '../../src/app/contacts/contact.js';
import { importContacts } from '../../src/app/contacts/import.js';
import type { ContactEntry, ContactStore, Written } from '../../src/app/contacts/store.js';
import { asked } from '../../src/app/contacts/words.js';
import { isRefusal, type Refusal } from '../../src/core/refusal.js';
import { type Database, openDatabase } from '../../src/db/database.js';
import { account, CENTRE } from '../support/configuration.js';
import { databaseKinds, quietLog, type TestDatabase } from '../support/databases.js';

const ANNA: ContactFields = {
  ...{ name: 'Анна Ёлкина', company: 'ООО «Ромашка»', email: 'anna.elkina@example.ru', note: "It's\n«важно»" },
  ...{ clientCode: 'AB-100500', custom: { Город: 'Тверь', '': 'x' }, groupIds: ['vip'], managerId: 'a101' },
  numbers: [
    { number: '+74951234567', label: 'work' },
    { number: '2001', label: '' },
  ],
};
const deed = (at: number) => ({ by: 'a101', at });
const entry = (id: string, fields: Partial<ContactFields>, more: Partial<ContactEntry> = {}): ContactEntry => ({
  ...{ id, fields: { ...NO_FIELDS, ...fields }, expects: 'new', version: null },
  ...more,
});

describe.each(databaseKinds())('on $name', (kind) => {
  let place: TestDatabase;
  let database: Database;
  let contacts: ContactStore;
  beforeEach(async () => {
    place = await kind.create();
    database = await openDatabase({ url: place.url }, quietLog);
    contacts = database.addressBook.contacts;
    await contacts.saveGroup({ id: 'vip', name: 'VIP' }, deed(1));
  });
  afterEach(async () => {
    await database.close();
    await place.remove();
  });

  const write = async (...entries: ContactEntry[]) => await contacts.write(entries, deed(100));
  const idsOf = (found: readonly Contact[]) => found.map(({ id }) => id);
  const told = (results: readonly (Written | Refusal)[]) =>
    results.map((result) => (isRefusal(result) ? result.refused : result.contact.id));
  const found = async (typed: string, more: { groupId?: string; limit?: number } = {}) => {
    const query = { words: asked(typed), groupId: null, after: null, limit: 50, ...more };
    return idsOf((await contacts.search(query)).contacts);
  };

  test('a contact is kept as it was given, then as it was changed', async () => {
    const [written] = await write(entry('anna', ANNA));
    const anna = { ...ANNA, id: 'anna', version: 1, createdAt: 100, updatedAt: 100, removedAt: null };
    expect(written).toEqual({ contact: anna, before: null });
    expect(await contacts.find('anna')).toEqual(anna);
    const changed = { ...NO_FIELDS, name: 'Анна Берёзкина', numbers: [{ number: '2002', label: '' }] };
    await contacts.write([entry('anna', changed, { expects: 'present', version: 1 })], deed(200));
    expect(await contacts.find('anna')).toEqual({ ...anna, ...changed, version: 2, updatedAt: 200 });
    expect(await found('ромашка')).toEqual([]);
    expect(await found('березкина')).toEqual(['anna']);
    expect((await contacts.cards(null, 10)).map(({ number }) => number)).toEqual(['2002']);
    expect(await contacts.find('none')).toBeNull();
  });

  test('of many written at once each is written or refused by itself', async () => {
    await write(entry('anna', ANNA));
    const results = await write(
      entry('b', { name: 'B', numbers: [{ number: '2001', label: '' }] }),
      entry('c', { name: 'C', numbers: [{ number: '2003', label: '' }] }),
      entry('d', { name: 'D', numbers: [{ number: '2003', label: '' }] }),
      entry('e', { name: 'E', groupIds: ['none'] }),
      entry('anna', { name: 'F' }),
      entry('none', { name: 'G' }, { expects: 'present' }),
      entry('anna', { name: 'H' }, { expects: 'present', version: 7 }),
    );
    expect(told(results)).toEqual([
      ...['numberTaken', 'c', 'numberTaken', 'unknownReference', 'alreadyExists', 'notFound', 'changedMeanwhile'],
    ]);
    expect(results[0]).toMatchObject({ details: { number: '2001', contactId: 'anna', name: 'Анна Ёлкина' } });
    expect(results[2]).toMatchObject({ details: { number: '2003', contactId: 'c', name: 'C' } });
    expect(idsOf((await contacts.search({ words: [], groupId: null, after: null, limit: 9 })).contacts)).toEqual([
      'c',
      'anna',
    ]);
  });

  test('two who add the same number at once: one of them has it', async () => {
    const both = await Promise.all(
      ['a', 'b'].map((id) => write(entry(id, { name: id, numbers: [{ number: '2001', label: '' }] }))),
    );
    expect(told(both.flat()).filter((result) => result === 'numberTaken')).toHaveLength(1);
    expect(await contacts.cards(null, 10)).toHaveLength(1);
  });

  test('is found by every field as it is typed', async () => {
    await write(entry('anna', ANNA), entry('boris', { ...NO_FIELDS, name: 'Борис', company: 'Ромашка' }));
    for (const typed of ['ан', 'ЁЛК', 'елкина анна', 'анна ромаш', 'elkina@ex', 'важно', 'ab-1005', 'тверь', '2001'])
      expect([typed, await found(typed)]).toEqual([typed, ['anna']]);
    for (const typed of ['+7 (495) 123', '8 495 123-45-67', '4567', '951234', '234 56'])
      expect([typed, await found(typed)]).toEqual([typed, ['anna']]);
    expect((await found('ромашка')).sort()).toEqual(['anna', 'boris']);
    expect(await found('ромашка', { groupId: 'vip' })).toEqual(['anna']);
    for (const typed of ['нна', 'борис анна', '99']) expect([typed, await found(typed)]).toEqual([typed, []]);
  });

  test('a page says whether there are more; by name it is read on', async () => {
    await write(
      ...['Яна', 'анна', 'Борис', 'Ёлка'].map((name) => entry(name.toLowerCase(), { name, groupIds: ['vip'] })),
    );
    for (const groupId of [null, 'vip']) {
      const first = await contacts.search({ words: [], groupId, after: null, limit: 2 });
      expect([idsOf(first.contacts), first.more]).toEqual([['анна', 'борис'], true]);
      const next = await contacts.search({ words: [], groupId, after: 'борис', limit: 2 });
      expect([idsOf(next.contacts), next.more]).toEqual([['ёлка', 'яна'], false]);
    }
    expect(await contacts.search({ words: [], groupId: null, after: 'none', limit: 2 })).toEqual({
      contacts: [],
      more: false,
    });
    await write(...['иван', 'иванов', 'ивлев'].map((name) => entry(name, { name })));
    const page = await contacts.search({ words: [['ив']], groupId: null, after: null, limit: 2 });
    expect([idsOf(page.contacts), page.more]).toEqual([['иван', 'иванов'], true]);
  });

  test('what is removed is found by nothing, gives its numbers back, and comes back with its groups', async () => {
    await write(entry('anna', ANNA));
    expect(await contacts.remove('anna', deed(200))).toMatchObject({ id: 'anna', groupIds: ['vip'] });
    expect(await contacts.remove('anna', deed(200))).toBeNull();
    expect(await contacts.find('anna')).toBeNull();
    expect(await found('анна')).toEqual([]);
    expect((await contacts.search({ words: [], groupId: 'vip', after: null, limit: 9 })).contacts).toEqual([]);
    expect(await contacts.cards(null, 10)).toEqual([]);
    expect(await contacts.removed(5)).toMatchObject([{ id: 'anna', removedAt: 200 }]);
    const removed = await contacts.findRemoved('anna');
    expect(removed).toMatchObject({ ...ANNA, groupIds: ['vip'] });
    await contacts.write([entry('anna', removed ?? {}, { expects: 'removed' })], deed(300));
    expect(await contacts.find('anna')).toMatchObject({ ...ANNA, version: 2, removedAt: null });
    expect(await found('анна')).toEqual(['anna']);
    expect(await contacts.findRemoved('anna')).toBeNull();
  });

  test('what was removed long ago is forgotten, in the log of changes too', async () => {
    await write(entry('anna', ANNA), entry('boris', { name: 'Борис' }));
    await contacts.remove('anna', deed(200));
    await contacts.remove('boris', deed(300));
    expect(await contacts.purge(300)).toBe(1);
    expect(idsOf(await contacts.removed(5))).toEqual(['boris']);
    const log = await database.addressBook.changes.list({ since: 0, until: 999, entityId: 'anna', limit: 9 });
    expect(log).toMatchObject([
      { action: 'removed', fields: {} },
      { action: 'added', fields: {} },
    ]);
  });

  test('a group that is removed leaves its contacts', async () => {
    await write(entry('anna', ANNA));
    expect(await contacts.saveGroup({ id: 'other', name: 'VIP' }, deed(2))).toBe('alreadyExists');
    expect(await contacts.saveGroup({ id: 'vip', name: 'Важные' }, deed(2))).toBe('saved');
    expect(await contacts.groups()).toEqual([{ id: 'vip', name: 'Важные' }]);
    expect(await contacts.removeGroup('vip', deed(3))).toBe(true);
    expect(await contacts.removeGroup('vip', deed(3))).toBe(false);
    expect(await contacts.find('anna')).toMatchObject({ groupIds: [] });
  });

  test('cards are read page by page, with their groups', async () => {
    await write(entry('anna', ANNA), entry('boris', { name: 'Борис', numbers: [{ number: '112', label: '' }] }));
    const anna = { id: 'anna', name: 'Анна Ёлкина', managerId: 'a101', groupIds: ['vip'] };
    expect(await contacts.cards(null, 2)).toEqual([
      { number: '+74951234567', card: anna },
      { number: '112', card: { id: 'boris', name: 'Борис', managerId: null, groupIds: [] } },
    ]);
    expect(await contacts.cards('112', 2)).toEqual([{ number: '2001', card: anna }]);
    expect(await contacts.customNames()).toEqual(['', 'Город']);
  });

  test('a file is taken in: portions are written, rows are refused by themselves, and callers are known at once', async () => {
    const settings = () => ({ agents: new Map([['a101', account('101')]]), centre: CENTRE });
    const book = new AddressBook({ stores: database.addressBook, clock: { now: () => 100 }, log: quietLog, settings });
    await book.open();
    const rows = Array.from({ length: 120 }, (_, index) => ({
      ...{ line: index + 2, id: null },
      fields: {
        ...NO_FIELDS,
        name: `Contact ${index}`,
        numbers: [{ number: `+7916${1_000_000 + (index % 110)}`, label: '' }],
      },
    }));
    const report = await importContacts(book.contacts, 'a101', rows, false);
    expect(report).toMatchObject({ rows: 120, added: 110, changed: 0, refused: 10 });
    expect(report.problems.map(({ line }) => line)).toEqual(Array.from({ length: 10 }, (_, index) => 112 + index));
    const card = book.contactOf('8 916 100-01-09');
    expect(card?.name).toBe('Contact 109');
    const again = { line: 2, id: card?.id ?? '', fields: { ...NO_FIELDS, name: 'Changed' } };
    expect(await importContacts(book.contacts, 'a101', [again], true)).toMatchObject({ changed: 1, problems: [] });
    expect([await found('contact 109'), await found('changed'), book.contactOf('+79161000109')]).toEqual([
      [],
      [card?.id],
      null,
    ]);
    expect(
      await database.addressBook.changes.list({ since: 0, until: 999, entity: 'contact', limit: 999 }),
    ).toHaveLength(111);
  });

  test('numbers are blocked, counted, and blocked anew without losing the count', async () => {
    const { blacklist } = database.addressBook;
    const blocked = { number: '+7916', byAgentId: 'a101', reason: 'spam', blockedAt: 5, until: null };
    await blacklist.save({ ...blocked, calls: 0, lastCallAt: null }, deed(5));
    await blacklist.count('+7916', 7);
    await blacklist.count('+7916', 8);
    await blacklist.count('none', 8);
    await blacklist.save({ ...blocked, until: 99, reason: 'again', blockedAt: 9, calls: 0, lastCallAt: null }, deed(9));
    expect(await blacklist.list()).toEqual([
      { ...blocked, reason: 'again', until: 99, blockedAt: 9, calls: 2, lastCallAt: 8 },
    ]);
    expect(await blacklist.remove('+7916', deed(10))).toBe(true);
    expect(await blacklist.remove('+7916', deed(10))).toBe(false);
    expect(await blacklist.list()).toEqual([]);
  });

  test('tags have names of their own', async () => {
    const { tags } = database.addressBook;
    const complaint = { id: 'complaint', name: 'Жалоба', colour: '#ff0000', enabled: true };
    expect(await tags.save(complaint, deed(1))).toBe('saved');
    expect(await tags.save({ ...complaint, id: 'other' }, deed(1))).toBe('alreadyExists');
    expect(await tags.save({ ...complaint, colour: '#00ff00' }, deed(2))).toBe('saved');
    expect(await tags.list()).toEqual([{ ...complaint, colour: '#00ff00' }]);
    expect(await tags.save({ ...complaint, enabled: false }, deed(2))).toBe('saved');
    expect(await tags.named(complaint.name)).toEqual({ ...complaint, enabled: false });
    expect(await tags.named(complaint.name.toUpperCase())).toBeNull();
    expect(await tags.remove('complaint', deed(3))).toBe(true);
    expect(await tags.remove('complaint', deed(3))).toBe(false);
  });

  test('who changed what is noted, and listed by entity, person and time', async () => {
    await write(entry('anna', ANNA));
    const saved = entry('anna', { ...ANNA, name: 'Анна' }, { expects: 'present' });
    await contacts.write([saved], { by: 'a102', at: 200 });
    await database.addressBook.tags.save({ id: 't', name: 'T', colour: '#000000', enabled: true }, deed(300));
    const { changes } = database.addressBook;
    const [tag, changed, added, group] = await changes.list({ since: 0, until: 999, limit: 9 });
    expect([tag?.entity, added?.action, group]).toMatchObject(['tag', 'added', { entity: 'group', entityId: 'vip' }]);
    expect(changed).toMatchObject({
      ...{ at: 200, byAgentId: 'a102', entity: 'contact', entityId: 'anna', action: 'changed' },
      fields: { name: { before: 'Анна Ёлкина', after: 'Анна' } },
    });
    expect(Object.keys(changed?.fields ?? {})).toEqual(['name']);
    expect(await changes.list({ since: 0, until: 999, byAgentId: 'a102', limit: 9 })).toEqual([changed]);
    expect(await changes.list({ since: 0, until: 200, entity: 'contact', limit: 9 })).toEqual([added]);
    expect(await changes.list({ since: 0, until: 999, entityId: 'vip', limit: 9 })).toEqual([group]);
    expect(await changes.list({ since: 0, until: 999, limit: 1 })).toEqual([tag]);
  });
});
