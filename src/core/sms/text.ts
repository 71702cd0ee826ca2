/**
 * How a text becomes short messages: in the telephone alphabet (GSM 03.38) where every character is in it, else in UCS-2; in one
 * message where it fits, else in parts that the receiving phone puts together by a header in each (GSM 03.40, 9.2.3.24.1).
 *
 *   alphabet   one message   each of several
 *   gsm        160 septets   153
 *   ucs2        70 units      67
 */

export type SmsCoding = 'gsm' | 'ucs2';

export interface SmsParts {
  readonly coding: SmsCoding;
  /** At least one; put together they are the text. */
  readonly parts: readonly string[];
}

/** Index is the septet. 0x1B is the escape to the extension table: no character of its own. */
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const ESCAPE = 0x1b;
const EXTENSION: Readonly<Record<string, number>> = {
  '\f': 0x0a,
  '^': 0x14,
  '{': 0x28,
  '}': 0x29,
  '\\': 0x2f,
  '[': 0x3c,
  '~': 0x3d,
  ']': 0x3e,
  '|': 0x40,
  '€': 0x65,
};

const SEPTETS: ReadonlyMap<string, readonly number[]> = new Map<string, readonly number[]>([
  ...[...BASIC].flatMap((character, septet) => (septet === ESCAPE ? [] : [[character, [septet]] as const])),
  ...Object.entries(EXTENSION).map(([character, septet]) => [character, [ESCAPE, septet]] as const),
]);

const ROOM: Readonly<Record<SmsCoding, { readonly alone: number; readonly part: number }>> = {
  gsm: { alone: 160, part: 153 },
  ucs2: { alone: 70, part: 67 },
};

/** Part counts are one octet in the header. */
export const MOST_PARTS = 255;

/** Neither an escape and its character nor the two halves of a surrogate pair ever come into different parts. */
export function smsParts(text: string): SmsParts {
  const characters = [...text];
  const coding = characters.every((character) => SEPTETS.has(character)) ? 'gsm' : 'ucs2';
  const lengthOf = (character: string) => (coding === 'gsm' ? (SEPTETS.get(character)?.length ?? 0) : character.length);
  const total = characters.reduce((sum, character) => sum + lengthOf(character), 0);
  if (total <= ROOM[coding].alone) return { coding, parts: [text] };
  const parts: string[] = [];
  let part = '';
  let used = 0;
  for (const character of characters) {
    const length = lengthOf(character);
    if (used + length > ROOM[coding].part) {
      parts.push(part);
      part = '';
      used = 0;
    }
    part += character;
    used += length;
  }
  return { coding, parts: [...parts, part] };
}

/** What goes over the wire: one octet for each septet, unpacked, as SMPP has it; or UTF-16 with the high octet first. */
export function octetsOf(part: string, coding: SmsCoding): readonly number[] {
  if (coding === 'gsm') return [...part].flatMap((character) => SEPTETS.get(character) ?? []);
  return Array.from({ length: part.length }, (_, index) => part.charCodeAt(index)).flatMap((unit) => [
    unit >> 8,
    unit & 0xff,
  ]);
}

/** The header of a part: concatenation with a reference of 8 bits. `index` counts from 0. */
export function concatenationHeader(reference: number, total: number, index: number): readonly number[] {
  return [5, 0, 3, reference & 0xff, total, index + 1];
}
