/** How texts become short messages: the alphabet, the parts, and what goes over the wire. */
import { describe, expect, test } from '@jest/globals';
import { concatenationHeader, octetsOf, smsParts } from '../../src/core/sms/text.js';
import { fieldsOf, filled } from '../../src/core/template.js';
import fc from '../support/properties.js';

describe('a text that fits', () => {
  test('is one message: 160 characters of the telephone alphabet', () => {
    expect(smsParts('a'.repeat(160))).toEqual({ coding: 'gsm', parts: ['a'.repeat(160)] });
    expect(smsParts('a'.repeat(161)).parts.map((part) => part.length)).toEqual([153, 8]);
  });

  test('is one message: 70 characters of any other', () => {
    expect(smsParts('я'.repeat(70))).toEqual({ coding: 'ucs2', parts: ['я'.repeat(70)] });
    expect(smsParts('я'.repeat(71)).parts.map((part) => part.length)).toEqual([67, 4]);
  });

  test('is one message even when it is empty', () => {
    expect(smsParts('')).toEqual({ coding: 'gsm', parts: [''] });
  });
});

describe('the alphabet', () => {
  test('one Cyrillic letter makes the whole text UCS-2', () => {
    expect(smsParts('Hello, Аnna').coding).toBe('ucs2');
  });

  test('Greek capitals, umlauts and the euro are in the telephone alphabet; a grave accent alone is not', () => {
    expect(smsParts('ΔΦΓΛΩΠΨΣΘΞ äöñüà ÄÖÑÜ §¿¡£¥ €[]{}\\^~|').coding).toBe('gsm');
    expect(smsParts('`').coding).toBe('ucs2');
    expect(smsParts('\u001b').coding).toBe('ucs2');
  });

  test('has the septets of GSM 03.38', () => {
    expect(octetsOf('@ A\n', 'gsm')).toEqual([0x00, 0x20, 0x41, 0x0a]);
    expect(octetsOf('à§_', 'gsm')).toEqual([0x7f, 0x5f, 0x11]);
    expect(octetsOf('€{}[]~|^\\', 'gsm')).toEqual(
      [0x65, 0x28, 0x29, 0x3c, 0x3e, 0x3d, 0x40, 0x14, 0x2f].flatMap((septet) => [0x1b, septet]),
    );
  });

  test('UCS-2 goes with the high octet first', () => {
    expect(octetsOf('Яz', 'ucs2')).toEqual([0x04, 0x2f, 0x00, 0x7a]);
  });
});

describe('cutting', () => {
  test('a character that needs an escape counts twice and is not cut', () => {
    expect(smsParts('€'.repeat(80)).parts).toEqual(['€'.repeat(80)]);
    expect(smsParts('€'.repeat(81)).parts.map((part) => part.length)).toEqual([76, 5]);
    const text = `${'a'.repeat(152)}€${'b'.repeat(20)}`;
    expect(smsParts(text).parts).toEqual(['a'.repeat(152), `€${'b'.repeat(20)}`]);
  });

  test('the two halves of a character outside the base plane stay together', () => {
    const text = `${'я'.repeat(66)}😀${'я'.repeat(20)}`;
    expect(smsParts(text).parts).toEqual(['я'.repeat(66), `😀${'я'.repeat(20)}`]);
  });

  test('the header names reference, number of parts and place, from 1', () => {
    expect(concatenationHeader(0x1ff, 3, 0)).toEqual([5, 0, 3, 0xff, 3, 1]);
  });

  const anyText = fc.string({ unit: 'grapheme', maxLength: 600 });
  const latin = fc.string({ unit: fc.constantFrom(...'abc €{}[]~|^\\ÄΔ\n'), maxLength: 600 });

  test('whatever the text: parts make the text again, each fits its message, none splits a character', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, latin), (text) => {
        const { coding, parts } = smsParts(text);
        expect(parts.join('')).toBe(text);
        const header = parts.length > 1 ? 6 : 0;
        for (const part of parts) {
          const octets = octetsOf(part, coding);
          if (coding === 'gsm') expect(octets.length).toBeLessThanOrEqual(header === 0 ? 160 : 153);
          else expect(octets.length + header).toBeLessThanOrEqual(140);
          expect(octets.at(-1) === 0x1b && coding === 'gsm').toBe(false);
          expect([...part].join('')).toBe(part);
          expect(/\p{Surrogate}/u.test(part)).toBe(false);
        }
      }),
    );
  });

  test('no part could have taken the next character as well', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, latin), (text) => {
        const { coding, parts } = smsParts(text);
        const room = coding === 'gsm' ? 153 : 134;
        for (const [index, part] of parts.slice(0, -1).entries()) {
          const [next = ''] = parts[index + 1] ?? '';
          expect(octetsOf(part + next, coding).length).toBeGreaterThan(room);
        }
      }),
    );
  });
});

describe('fields of a text', () => {
  test('are found by name, each once; other braces are text', () => {
    expect(fieldsOf('{agent.name} {company} {agent.name} {"to": 1} {} { x }')).toEqual(['agent.name', 'company']);
  });

  test('are filled once: what a value looks like does not matter', () => {
    const fields = { a: '{b}', b: '$&', number: '+7"' };
    expect(filled('{a} {b} {none} {toString}', fields)).toBe('{b} $&  ');
    expect(filled('{"to":"{number}"}', fields, (value) => JSON.stringify(value).slice(1, -1))).toBe('{"to":"+7\\""}');
  });

  test('half a character, as a name cut by length may end with, becomes a sign that can be written', () => {
    expect(filled('?name={a}', { a: 'x\ud83d' }, encodeURIComponent)).toBe('?name=x%EF%BF%BD');
  });
});
