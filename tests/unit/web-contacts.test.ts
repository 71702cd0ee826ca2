/** The desktop's contact form: what is wrong with what was typed, what is sent, and whose a taken number is. */
import { describe, expect, test } from '@jest/globals';
import {
  contactInput,
  contactTitle,
  draftOf,
  draftProblems,
  rowOf,
  takenBy,
  withChange,
  withRow,
} from '../../web/src/contacts/contact-fields.js';
import { CommandError } from '../../web/src/link/command-error.js';
import { dialableOf, telephone } from '../../web/src/parts/telephone.js';

const contact = {
  ...{ id: 'c1', name: 'Anna', company: 'Acme', email: '', note: 'a\nb', clientCode: 'C-1', version: 3 },
  ...{
    numbers: [{ number: '+79161234567', label: 'work' }],
    custom: { city: 'Tver' },
    groupIds: ['vip'],
    managerId: 'm',
  },
};

describe('the form of a contact', () => {
  test('sends what was there when nothing was changed', () => {
    const { id: _id, version: _version, ...fields } = contact;
    expect(contactInput(draftOf(contact))).toEqual(fields);
  });

  test('a new one has a row for a number; rows left empty are not sent', () => {
    const draft = draftOf({ name: 'Boris' });
    expect(draft.numbers).toHaveLength(1);
    expect(contactInput({ ...draft, custom: withRow([]) })).toMatchObject({ name: 'Boris', numbers: [], custom: {} });
  });

  test('rows keep their keys while others come and go', () => {
    const rows = withRow(withRow([{ key: 4, value: 'a', label: '' }]));
    expect(rows.map(({ key }) => key)).toEqual([4, 5, 6]);
    expect(withChange(rows, 5, { value: 'b' }).map(({ value }) => value)).toEqual(['a', 'b', '']);
  });

  test('needs a name, a company or a number', () => {
    expect([...draftProblems(draftOf({}))]).toEqual([['name', 'needsSomething']]);
    expect([...draftProblems(draftOf({ company: 'Acme' }))]).toEqual([]);
    expect([...draftProblems(draftOf({ numbers: [{ number: '112', label: '' }] }))]).toEqual([]);
  });

  test('names what the service would refuse, at its row', () => {
    const numbers = [
      { number: '8 (916) 1', label: 'home|work' },
      { number: '89161', label: '' },
    ];
    const custom = [
      { key: 0, label: 'city', value: 'Tver' },
      { key: 1, label: ' city ', value: 'Omsk' },
      { key: 2, label: '', value: 'x' },
      { key: 3, label: 'constructor', value: 'x' },
    ];
    expect(Object.fromEntries(draftProblems({ ...draftOf({ name: 'A', numbers }), custom }))).toEqual({
      ...{ 'number-0': 'labelInvalid', 'number-1': 'numberTwice' },
      ...{ 'custom-1': 'fieldNameTwice', 'custom-2': 'fieldNameMissing', 'custom-3': 'fieldNameMissing' },
    });
  });

  test('finds the row of a number that is taken, however it was written', () => {
    const details = { number: '+79161234567', contactId: 'c9', name: 'Olga' };
    const taken = takenBy(new CommandError('numberTaken', '', details));
    expect(taken).toEqual(details);
    const rows = [
      { key: 7, value: '2001', label: '' },
      { key: 8, value: '8 (916) 123-45-67', label: '' },
    ];
    expect(taken === null ? null : rowOf(rows, taken)).toBe(8);
    expect(takenBy(new CommandError('changedMeanwhile', '', { version: 4 }))).toBeNull();
  });

  test('a contact is called by its name, its company, or its number', () => {
    expect(contactTitle(contact)).toBe('Anna');
    expect(contactTitle({ ...contact, name: '' })).toBe('Acme');
    expect(contactTitle({ ...contact, name: '', company: '' })).toBe('+79161234567');
  });
});

describe('telephone numbers', () => {
  test('Russian ones are grouped, others stay', () => {
    expect(telephone('+79161234567')).toBe('+7 916 123-45-67');
    expect(telephone('79161234567')).toBe('7 916 123-45-67');
    expect(telephone('+442071234567')).toBe('+442071234567');
    expect(telephone('101')).toBe('101');
  });

  test('what was typed or pasted is made bare; what cannot be dialled is nothing', () => {
    expect(dialableOf(' +7 (916) 123–45–67 ')).toBe('+79161234567');
    expect(dialableOf('*98#')).toBe('*98#');
    expect(dialableOf('mum')).toBeNull();
    expect(dialableOf('')).toBeNull();
    expect(dialableOf('1'.repeat(33))).toBeNull();
  });
});
