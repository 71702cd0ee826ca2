/** Every word of the desktop is in both languages: none is written into a component, and none comes from the library of components. */
import { describe, expect, test } from '@jest/globals';
import * as callbacks from '../../web/src/callbacks/words.js';
import * as calls from '../../web/src/calls/words.js';
import * as card from '../../web/src/card/words.js';
import * as contacts from '../../web/src/contacts/words.js';
import * as history from '../../web/src/history/words.js';
import * as phone from '../../web/src/phone/words.js';
import * as queues from '../../web/src/queues/words.js';
import * as session from '../../web/src/session/words.js';
import * as status from '../../web/src/status/words.js';
import * as common from '../../web/src/words/common.js';
import * as refusals from '../../web/src/words/refusal-words.js';
import { type SyntaxNode, sourceFiles, visitSyntax } from '../support/source-code.js';

const WORDS = { common, refusals, session, status, calls, phone, contacts, callbacks, queues, history, card };

/** All keys down to the words, such as `outcome.busy`; another number's form is the same word. */
function leaves(words: object, before = ''): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(words).flatMap(([key, value]): [string, string][] =>
      typeof value === 'object' && value !== null
        ? [...leaves(value, `${before}${key}.`)]
        : [[`${before}${key}`.replace(/_(one|few|many|other)$/, ''), String(value)]],
    ),
  );
}

describe.each(Object.entries(WORDS))('the words of %s', (_name, { en, ru }) => {
  const [english, russian] = [leaves(en), leaves(ru)];

  test('have the same keys in both languages, and none is empty', () => {
    expect([...russian.keys()].sort()).toEqual([...english.keys()].sort());
    expect([...english, ...russian].filter(([, words]) => words.trim() === '')).toEqual([]);
  });

  test('are in their language', () => {
    expect([...english].filter(([, words]) => /[а-яё]/i.test(words))).toEqual([]);
    const isForeign = (words: string) => !/[а-яё]/i.test(words) && /\p{L}{4}/u.test(words.replace(/\{\{.*?\}\}/g, ''));
    const foreign = [...russian].filter(([, words]) => isForeign(words));
    expect(foreign).toEqual([]);
  });

  test('have the same places for names and numbers in both languages', () => {
    const places = (words = '') => [...words.matchAll(/\{\{(\w+)/g)].map(([, name]) => name).sort();
    for (const [key, words] of english) expect([key, places(russian.get(key))]).toEqual([key, places(words)]);
  });
});

/** Attributes that are shown or read out. */
const SAID = new Set([
  ...['aria-label', 'aria-description', 'aria-roledescription', 'title', 'placeholder', 'label', 'alt', 'description'],
  ...['error', 'hint', 'words', 'name', 'nothingFoundMessage'],
]);
/** What the library would else name in English. */
const NAMED_BY_US: Readonly<Record<string, string>> = {
  ...{ PasswordInput: 'visibilityToggleButtonProps', Modal: 'closeButtonProps', Drawer: 'closeButtonProps' },
  ...{ CloseButton: 'aria-label', ActionIcon: 'aria-label' },
};
/** Languages are called what their speakers call them; others are names of icons, fields and keys, not words. */
const NO_WORDS = /^(English|Русский|Ctrl Enter)$/;

interface Attribute extends SyntaxNode {
  readonly name: { readonly value?: string };
  readonly value: SyntaxNode | null;
}
interface Element extends SyntaxNode {
  readonly name: { readonly value?: string };
  readonly attributes: readonly (Attribute | SyntaxNode)[];
}

const hasLetters = (words: unknown) => typeof words === 'string' && /\p{L}{2}/u.test(words) && !NO_WORDS.test(words);

/** What is wrong with one node, in words; null: nothing. */
function fault(node: SyntaxNode): string | null {
  if (node.type === 'JSXText' && hasLetters(node.value)) return `says “${String(node.value).trim()}”`;
  if (node.type === 'StringLiteral' && /[а-яё]/i.test(String(node.value)) && hasLetters(node.value))
    return `has “${String(node.value)}”`;
  if (node.type !== 'JSXOpeningElement') return null;
  const { name, attributes } = node as Element;
  const given = attributes.filter((each): each is Attribute => each.type === 'JSXAttribute');
  const literal = given.find(({ name: { value = '' }, value: said }) => isSaid(value, name.value) && isLiteral(said));
  if (literal !== undefined) return `has a word for ${String(literal.name.value)}`;
  const needed = NAMED_BY_US[name.value ?? ''];
  const spreads = given.length < attributes.length;
  const isMissing = needed !== undefined && !spreads && !given.some(({ name: { value } }) => value === needed);
  return isMissing ? `${String(name.value)} without ${needed}` : null;
}

/** A field's name, or an icon's, is none that anybody sees. */
function isSaid(attribute: string, element = ''): boolean {
  return (
    SAID.has(attribute) && !(attribute === 'name' && /^(Icon|TextInput|PasswordInput|input|TabLabel)$/.test(element))
  );
}

function isLiteral(value: SyntaxNode | null): boolean {
  return value?.type === 'StringLiteral' && hasLetters(value.value);
}

test('no component has words of its own, or leaves a name to the library', () => {
  const found: string[] = [];
  let seen = 0;
  for (const file of sourceFiles(['web/src'])) {
    if (/words(-\w+)?\.ts$|words\/|zones\.ts$|typed-time\.ts$/.test(file.path)) continue;
    visitSyntax(file, (node) => {
      seen += 1;
      const told = fault(node);
      if (told !== null) found.push(`${file.path} ${told}`);
    });
  }
  expect(seen).toBeGreaterThan(20_000);
  expect(found).toEqual([]);
});
