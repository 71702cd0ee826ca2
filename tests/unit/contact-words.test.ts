/** One spelling for each number, and the words that contacts are found by. */
import { describe, expect, test } from '@jest/globals';
import { NO_FIELDS } from '../../src/app/contacts/contact.js';
import { PhoneNumbers } from '../../src/app/contacts/phone-number.js';
import { asked, sortName, wordsOf } from '../../src/app/contacts/words.js';
import fc from '../support/properties.js';

const RUSSIA = new PhoneNumbers(() => 'RU');

describe('a telephone number', () => {
  test.each([
    ['8 (495) 123-45-67', '+74951234567'],
    ['84951234567', '+74951234567'],
    ['74951234567', '+74951234567'],
    ['4951234567', '+74951234567'],
    ['+7 916 123 45 67', '+79161234567'],
    ['+1 202 555 0123', '+12025550123'],
    ['8 10 44 20 7183 8750', '+442071838750'],
  ])('%s is %s', (written, number) => {
    expect(RUSSIA.normalise(written)).toBe(number);
  });

  test.each(['112', '2001', '100500', '*98', '*98*1234567', '1234567', '71234567890123'])(
    '%s is no number of a country and stays as it is',
    (written) => {
      expect(RUSSIA.normalise(written)).toBe(written);
    },
  );

  test.each(['', 'anonymous', '+', '*#', '—'])('%s is none', (written) => {
    expect(RUSSIA.normalise(written)).toBe('');
  });

  test("belongs to the centre's country when it has no code of its own, and to the new one once that is changed", () => {
    let country = 'RU';
    const numbers = new PhoneNumbers(() => country);
    expect(numbers.normalise('030 901820')).toBe('030901820');
    country = 'DE';
    expect(numbers.normalise('030 901820')).toBe('+4930901820');
  });

  test('has one spelling: what is normalised is normalised', () => {
    fc.assert(
      fc.property(fc.oneof(fc.stringMatching(/^[+0-9 ()*#-]{0,20}$/), fc.string()), (written) => {
        const number = RUSSIA.normalise(written);
        expect(RUSSIA.normalise(number)).toBe(number);
        expect(number).toMatch(/^[0-9*#+]{0,32}$/);
      }),
    );
  });
});

describe('the words of a contact', () => {
  const anna = {
    ...NO_FIELDS,
    name: 'Анна-Мария Ёлкина',
    company: 'ООО «Ромашка»',
    email: 'anna.elkina@example.ru',
    custom: { city: 'Тверь' },
    numbers: [{ number: '+74951234567', label: '' }],
  };

  test('are those of every field, in lower case', () => {
    const words = wordsOf(anna);
    for (const word of ['анна', 'мария', 'елкина', 'ооо', 'ромашка', 'elkina', 'example', 'тверь'])
      expect(words).toContain(word);
  });

  test('are all ends of a number of three digits or more', () => {
    const ends = wordsOf(anna).filter((word) => /^\d+$/.test(word));
    expect(ends).toEqual('74951234567 4951234567 951234567 51234567 1234567 234567 34567 4567 567'.split(' '));
    expect(wordsOf({ ...NO_FIELDS, numbers: [{ number: '07', label: '' }] })).toEqual(['07']);
  });

  test('are bounded, however much is written', () => {
    const note = Array.from({ length: 1_000 }, (_, index) => `w${index}`).join(' ');
    expect(wordsOf({ ...anna, note })).toHaveLength(400);
    expect(Math.max(...wordsOf({ ...NO_FIELDS, name: 'я'.repeat(200) }).map((word) => word.length))).toBe(40);
  });

  test('are found by whatever is typed of them', () => {
    fc.assert(
      fc.property(fc.constantFrom(...wordsOf(anna)), fc.nat(), (word, cut) => {
        const typed = word.slice(0, 1 + (cut % word.length)).toUpperCase();
        const found = asked(typed).some((all) =>
          all.every((each) => wordsOf(anna).some((one) => one.startsWith(each))),
        );
        expect(found).toBe(true);
      }),
    );
  });
});

describe('what is typed', () => {
  test.each([
    ['Ёлкина  анна', [['елкина', 'анна']]],
    ['anna.elkina@', [['anna', 'elkina']]],
    ['495 12', [['49512'], ['495', '12']]],
    ['8 (495) 12', [['849512'], ['49512'], ['8', '495', '12']]],
    ['+7 (495) 123-45-67', [['74951234567'], ['7', '495', '123', '45', '67']]],
    ['дом 5', [['дом', '5']]],
    ['  ', []],
    ['—«»', []],
  ])('%s', (typed, words) => {
    expect(asked(typed)).toEqual(words);
  });
});

test('contacts are listed by name, or by company or number where they have none', () => {
  expect(sortName({ ...NO_FIELDS, name: 'Ёлкина, Анна', company: 'x' })).toBe('елкина анна');
  expect(sortName({ ...NO_FIELDS, company: 'ООО Ромашка' })).toBe('ооо ромашка');
  expect(sortName({ ...NO_FIELDS, numbers: [{ number: '+74951234567', label: '' }] })).toBe('74951234567');
});
