/**
 * Finding contacts while somebody types. Without words a page is read along the index of names (of a group: of its members). With
 * words the rarest of them leads: the index of words is read from its beginning on, in portions, and the others are looked for
 * in the rows of the contacts met. However many contacts there are, no more than MOST_LOOKED_AT are looked at.
 */
import type { Knex } from 'knex';
import { z } from 'zod';
import type { Contact, ContactId } from '../app/contacts/contact.js';
import type { ContactPage, ContactQuery } from '../app/contacts/store.js';
import { contactsOf } from './contact-rows.js';
import { count } from './rows.js';
import { rowsOf } from './select.js';

type Value = string | number;
export interface Statement {
  readonly sql: string;
  readonly values: readonly Value[];
}

const PORTION = 500;
const MOST_LOOKED_AT = 5_000;
/** Words met more often than this are common, one like the other. */
const COMMON = 1_000;
/** After every character. */
const LAST = '\u{10FFFF}';

const wordRow = z.object({ word: z.string(), contact_id: z.string() });
const idRow = z.object({ id: z.string() });
const countRow = z.object({ some: count });
const sortRow = z.object({ sort_name: z.string(), id: z.string() });

/** How often the beginning of a word is met, as far as it matters. */
export function howCommon(word: string): Statement {
  return {
    sql: `SELECT count(*) AS some FROM (SELECT 1 FROM contact_words WHERE word >= ? AND word < ? LIMIT ${COMMON}) AS met`,
    values: [word, word + LAST],
  };
}

/** The next portion of contacts with a word that begins so, behind the given entry of the index. */
export function portion(
  word: string,
  after: { readonly word: string; readonly contactId: ContactId } | null,
): Statement {
  return {
    sql: `SELECT word, contact_id FROM contact_words WHERE (word, contact_id) > (?, ?) AND word < ?
 ORDER BY word, contact_id LIMIT ${PORTION}`,
    values: [after?.word ?? word, after?.contactId ?? '', word + LAST],
  };
}

/** Those of the contacts that have all the words, and are in the group. */
export function fitting(ids: readonly ContactId[], words: readonly string[], groupId: string | null): Statement {
  const likes = words.map(() => ' AND c.words LIKE ?').join('');
  const inGroup =
    groupId === null
      ? ''
      : ' AND EXISTS (SELECT 1 FROM contact_group_members m WHERE m.contact_id = c.id AND m.group_id = ?)';
  return {
    sql: `SELECT c.id FROM contacts c WHERE c.id IN (${ids.map(() => '?').join(', ')})${likes}${inGroup}`,
    // Words are letters and digits: there is no wildcard in them.
    values: [...ids, ...words.map((word) => `% ${word}%`), ...(groupId === null ? [] : [groupId])],
  };
}

/** A page by name. */
export function byName(
  groupId: string | null,
  after: { readonly sort_name: string; readonly id: string } | null,
  limit: number,
): Statement {
  const [table, id, where] =
    groupId === null
      ? ['contacts', 'id', 'removed_at IS NULL']
      : ['contact_group_members', 'contact_id', 'group_id = ?'];
  const behind = after === null ? '' : ` AND (sort_name, ${id}) > (?, ?)`;
  return {
    sql: `SELECT ${id} AS id FROM ${table} WHERE ${where}${behind} ORDER BY sort_name, ${id} LIMIT ?`,
    values: [...(groupId === null ? [] : [groupId]), ...(after === null ? [] : [after.sort_name, after.id]), limit],
  };
}

export class ContactSearch {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async find(query: ContactQuery): Promise<ContactPage> {
    if (query.words.length === 0) return await this.#listed(query);
    let more = false;
    for (const words of query.words) {
      const page = await this.#withWords(query, words);
      if (page.contacts.length > 0) return page;
      more ||= page.more;
    }
    return { contacts: [], more };
  }

  async #listed({ groupId, after, limit }: ContactQuery): Promise<ContactPage> {
    const from = after === null ? null : await this.#placeOf(after);
    if (after !== null && from === null) return { contacts: [], more: false };
    const { sql, values } = byName(groupId, from, limit + 1);
    const ids = (await rowsOf(this.#knex, idRow, sql, values)).map(({ id }) => id);
    return { contacts: await this.#read(ids.slice(0, limit)), more: ids.length > limit };
  }

  async #placeOf(id: ContactId) {
    const [row] = await rowsOf(this.#knex, sortRow, 'SELECT sort_name, id FROM contacts WHERE id = ?', [id]);
    return row ?? null;
  }

  async #withWords({ groupId, limit }: ContactQuery, words: readonly string[]): Promise<ContactPage> {
    const [lead = '', ...others] = await this.#rarestFirst(words);
    const found = new Set<ContactId>();
    let after: { word: string; contactId: string } | null = null;
    let looked = 0;
    for (; found.size <= limit && looked < MOST_LOOKED_AT; looked += PORTION) {
      const { sql, values } = portion(lead, after);
      const entries = await rowsOf(this.#knex, wordRow, sql, values);
      for (const id of await this.#fitting(entries, others, groupId)) found.add(id);
      const last = entries.at(-1);
      if (last === undefined || entries.length < PORTION) break;
      after = { word: last.word, contactId: last.contact_id };
    }
    const more = found.size > limit || looked >= MOST_LOOKED_AT;
    return { contacts: await this.#read([...found].slice(0, limit)), more };
  }

  async #rarestFirst(words: readonly string[]): Promise<readonly string[]> {
    if (words.length === 1) return words;
    const weighed = [];
    for (const word of words) {
      const { sql, values } = howCommon(word);
      const [row] = await rowsOf(this.#knex, countRow, sql, values);
      weighed.push({ word, some: row?.some ?? 0 });
    }
    weighed.sort((one, other) => one.some - other.some || other.word.length - one.word.length);
    return weighed.map(({ word }) => word);
  }

  /** In the order of the words they were found by. */
  async #fitting(
    entries: readonly z.output<typeof wordRow>[],
    words: readonly string[],
    groupId: string | null,
  ): Promise<readonly ContactId[]> {
    const ids = [...new Set(entries.map(({ contact_id }) => contact_id))];
    if (ids.length === 0 || (words.length === 0 && groupId === null)) return ids;
    const { sql, values } = fitting(ids, words, groupId);
    const fit = new Set((await rowsOf(this.#knex, idRow, sql, values)).map(({ id }) => id));
    return ids.filter((id) => fit.has(id));
  }

  /** In the order given. */
  async #read(ids: readonly ContactId[]): Promise<readonly Contact[]> {
    if (ids.length === 0) return [];
    const rows: unknown = await this.#knex('contacts').whereIn('id', ids).whereNull('removed_at').select();
    const byId = new Map((await contactsOf(this.#knex, rows)).map((contact) => [contact.id, contact]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  }
}
