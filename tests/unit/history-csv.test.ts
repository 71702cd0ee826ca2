/** A line of a CSV file, and a moment in a time zone, as the export of past calls writes them. */
import { describe, expect, test } from '@jest/globals';
import { csvLine } from '../../src/http/csv.js';
import { isZone, zonedTime } from '../../src/http/zoned-time.js';
import fc from '../support/properties.js';

/** What RFC 4180 says a record means. */
function read(record: string, separator: string): string[] {
  const fields: string[] = [];
  let rest = record.slice(0, -2);
  for (;;) {
    const quoted = /^"((?:[^"]|"")*)"/.exec(rest);
    const end = rest.indexOf(separator);
    const taken = quoted?.[0] ?? (end === -1 ? rest : rest.slice(0, end));
    fields.push(quoted === null ? taken : (quoted[1] ?? '').replaceAll('""', '"'));
    rest = rest.slice(taken.length);
    if (rest === '') return fields;
    rest = rest.slice(1);
  }
}

describe('a line', () => {
  test('quotes what needs it, and leaves the rest', () => {
    expect(csvLine(['a', 'b,c', 'd;e', 'say "no"', 'two\nlines', ' x', null, 5], ',')).toBe(
      'a,"b,c",d;e,"say ""no""","two\nlines"," x",,5\r\n',
    );
    expect(csvLine(['b,c', 'd;e'], ';')).toBe('b,c;"d;e"\r\n');
  });

  test('makes text of what a spreadsheet would run', () => {
    for (const text of ['=1+1', '+1*2', '-1', '@SUM(1)', '+7 (495)', '+', '\t=1', ' =1', '＝1', '+7=1', '+7\n=1'])
      expect(read(csvLine([text, 'x'], ','), ',')).toEqual([`'${text}`, 'x']);
    expect(csvLine([-5], ',')).toBe('-5\r\n');
  });

  test('keeps a telephone number exactly', () => {
    for (const number of ['+74951234567', '84951234567', '*45', '#31', '100'])
      expect(csvLine([number], ';')).toBe(`${number}\r\n`);
  });

  test('whatever the fields are, a reader gets them back', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\r', '\n', ' ', '=', '+', '1', 'ё') });
    const separator = fc.constantFrom(',' as const, ';' as const);
    fc.assert(
      fc.property(fc.array(text, { minLength: 1 }), separator, (cells, between) => {
        // The last one is there so that a line of one empty field differs from an empty line.
        const got = read(csvLine([...cells, 'end'], between), between);
        expect(got.map((field, index) => (field === `'${cells[index]}` ? cells[index] : field))).toEqual([
          ...cells,
          'end',
        ]);
      }),
    );
  });
});

describe('a moment', () => {
  const at = Date.UTC(2026, 10, 22, 21, 5, 9, 120);

  test('has the offset of its zone', () => {
    expect(zonedTime('UTC')(at)).toBe('2026-11-22T21:05:09.120+00:00');
    expect(zonedTime('Europe/Moscow')(at)).toBe('2026-11-23T00:05:09.120+03:00');
    expect(zonedTime('Asia/Kolkata')(at)).toBe('2026-11-23T02:35:09.120+05:30');
    expect(zonedTime('America/St_Johns')(at)).toBe('2026-11-22T17:35:09.120-03:30');
  });

  test('in the hour that comes twice is told apart by the offset', () => {
    const berlin = zonedTime('Europe/Berlin');
    const change = Date.UTC(2026, 9, 25, 1);
    expect(berlin(change - 1)).toBe('2026-10-25T02:59:59.999+02:00');
    expect(berlin(change)).toBe('2026-10-25T02:00:00.000+01:00');
  });

  test('is the same moment when it is read back', () => {
    const zones = fc.constantFrom('Europe/London', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'America/New_York');
    const instants = fc.array(fc.integer({ min: 0, max: 4_102_444_800_000 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(zones, instants, (zone, moments) => {
        const write = zonedTime(zone);
        // Offsets before 1972 had seconds in a few places; none of these.
        for (const moment of moments) expect(Date.parse(write(moment))).toBe(moment);
      }),
    );
  });

  test('zones are known by name', () => {
    expect(['UTC', 'Europe/Moscow', 'Nowhere/Land', '', 'x'].map(isZone)).toEqual([true, true, false, false, false]);
  });
});
