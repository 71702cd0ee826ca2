/** Dates and times as people type them, and as the desktop shows them in its language. */
import { describe, expect, test } from '@jest/globals';
import { daysAfter, minutesAfter, shownDate, typedDate, typedTime } from '../../web/src/parts/typed-time.js';

const TODAY = '2026-11-23';

describe('a date', () => {
  test('is shown with the day first, so that no month is taken for a day', () => {
    expect(shownDate('2027-03-04', 'en')).toBe('4 Mar 2027');
    expect(shownDate('2027-03-04', 'ru')).toBe('04.03.2027');
    expect([shownDate('', 'en'), shownDate('2027-02-31x', 'ru')]).toEqual(['', '']);
  });

  test.each([
    ...['04.03.2027', '4.3.2027', '4/3/27', '4 Mar 2027', '4 march 2027', '4 марта 2027 г.', '2027-03-04', '4-3-2027'],
    ...['4.3', '4 мар', '04/03'],
  ])('%s is 4 March 2027', (typed) => {
    expect(typedDate(typed, TODAY)).toBe('2027-03-04');
  });

  test('without a year is today or later', () => {
    expect(typedDate('23.11', TODAY)).toBe('2026-11-23');
    expect(typedDate('22.11', TODAY)).toBe('2027-11-22');
    expect(typedDate('5 мая', TODAY)).toBe('2027-05-05');
  });

  test.each(['', '4', '31.02.2027', '29.2.2027', '4.13.2027', '4 foo 2027', '4.3.227', '2027-3', 'tomorrow'])(
    '%s is none',
    (typed) => {
      expect(typedDate(typed, TODAY)).toBeNull();
    },
  );

  test('what is shown is read as the same date, in both languages', () => {
    for (let day = 0; day < 400; day += 1) {
      const date = daysAfter(TODAY, day);
      for (const language of ['en', 'ru'] as const) expect(typedDate(shownDate(date, language), TODAY)).toBe(date);
    }
  });

  test('a day later may be another month', () => {
    expect([daysAfter('2027-02-28', 1), daysAfter('2027-01-01', -1)]).toEqual(['2027-03-01', '2026-12-31']);
    expect(daysAfter('', 1)).toBe('');
  });
});

describe('a time', () => {
  test.each([
    ['9', '09:00'],
    ['930', '09:30'],
    ['0930', '09:30'],
    ['9.30', '09:30'],
    ['9:30', '09:30'],
    ['9-30 am', '09:30'],
    ['9:30 PM', '21:30'],
    ['12am', '00:00'],
    ['12 p.m.', '12:00'],
    ['23:59', '23:59'],
    ['00:00', '00:00'],
    ['15', '15:00'],
    ['1530', '15:30'],
  ])('%s is %s', (typed, time) => {
    expect(typedTime(typed)).toBe(time);
  });

  test.each(['', '24:00', '9:60', '13 pm', 'noon', '9:3', '12345'])('%s is none', (typed) => {
    expect(typedTime(typed)).toBeNull();
  });

  test('goes round the clock', () => {
    expect([minutesAfter('23:50', 15), minutesAfter('00:00', -15), minutesAfter('', 15)]).toEqual([
      '00:05',
      '23:45',
      '',
    ]);
  });
});
