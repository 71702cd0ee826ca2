/**
 * Every contact's number in memory, with what calls need to know of its owner: about 250 bytes a number. Cards are never changed,
 * only replaced, and share the lists of groups, of which there are few different ones.
 */
import type { Contact, ContactCard, GroupId } from './contact.js';

export class CardIndex {
  readonly #byNumber = new Map<string, ContactCard>();
  readonly #groupLists = new Map<string, readonly GroupId[]>();

  get size(): number {
    return this.#byNumber.size;
  }

  of(number: string): ContactCard | null {
    return this.#byNumber.get(number) ?? null;
  }

  add(number: string, card: ContactCard): void {
    this.#byNumber.set(number, { ...card, groupIds: this.#shared(card.groupIds) });
  }

  /** The contact as it is now in place of what it was. */
  replace(before: Contact | null, now: Contact | null): void {
    for (const { number } of before?.numbers ?? []) {
      if (this.#byNumber.get(number)?.id === before?.id) this.#byNumber.delete(number);
    }
    if (now === null) return;
    const { id, name, managerId, groupIds } = now;
    const card = { id, name, managerId, groupIds: this.#shared(groupIds) };
    for (const { number } of now.numbers) this.#byNumber.set(number, card);
  }

  /** The group is no more. */
  withoutGroup(groupId: GroupId): void {
    for (const [number, card] of this.#byNumber) {
      if (card.groupIds.includes(groupId)) {
        const groupIds = this.#shared(card.groupIds.filter((each) => each !== groupId));
        this.#byNumber.set(number, { ...card, groupIds });
      }
    }
    this.#groupLists.clear();
  }

  #shared(groupIds: readonly GroupId[]): readonly GroupId[] {
    const key = groupIds.join(' ');
    const known = this.#groupLists.get(key);
    if (known !== undefined) return known;
    this.#groupLists.set(key, groupIds);
    return groupIds;
  }
}
