/**
 * The words a contact is found by, and what somebody who types looks for. Words are found from their beginning, numbers by any
 * part of three digits or more: every end of a number is a word, so its every part is the beginning of one.
 */
import type { ContactFields } from './contact.js';

/** Longer ones are cut, on both sides alike. */
const LONGEST = 40;
/** Of one contact: a long note must not make a contact ten times as dear as others. */
const MOST = 400;
const SHORTEST_PART = 3;
const MOST_ASKED = 6;

/** Lower-cased letters and digits, `ё` as `е`: the same whoever typed them. */
export function wordsIn(text: string): readonly string[] {
  const plain = text.normalize('NFKC').toLowerCase().normalize('NFC').replaceAll('ё', 'е');
  return (plain.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).map((word) => [...word].slice(0, LONGEST).join(''));
}

function partsOf(number: string): readonly string[] {
  const digits = number.replace(/\D/g, '');
  const parts: string[] = [];
  for (let from = 0; from === 0 || digits.length - from >= SHORTEST_PART; from += 1) parts.push(digits.slice(from));
  return parts.filter((part) => part !== '');
}

/** Each once. Where there are too many the note's last are left out. */
export function wordsOf(contact: ContactFields): readonly string[] {
  const { name, company, clientCode, email, custom, note, numbers } = contact;
  const texts = [name, company, clientCode, email, ...Object.values(custom), note];
  return [...new Set([...numbers.flatMap(({ number }) => partsOf(number)), ...texts.flatMap(wordsIn)])].slice(0, MOST);
}

/** What is typed may mean one thing or another: tried in this order until something is found. All words of one must fit. */
export function asked(typed: string): readonly (readonly string[])[] {
  const words = [...new Set(wordsIn(typed))].slice(0, MOST_ASKED);
  if (words.length === 0) return [];
  if (!/^[\d\s()+.*#-]+$/.test(typed)) return [words];
  const digits = typed.replace(/\D/g, '');
  // 8 in Russia and 0 elsewhere stand for the country code that numbers are kept with.
  const national = /^[08]\d{3}/.test(digits) ? [[digits.slice(1)]] : [];
  return [[digits], ...national, ...(words.length > 1 ? [words] : [])];
}

/** For listing by name; the company or a number where there is none. */
export function sortName({ name, company, numbers }: ContactFields): string {
  const shown = [name, company, numbers[0]?.number ?? ''].find((each) => each !== '') ?? '';
  return wordsIn(shown)
    .join(' ')
    .slice(0, LONGEST * 2);
}
