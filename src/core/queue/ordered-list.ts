/**
 * A list kept in order, for thousands of callers or agents: finding, adding, removing and an item's rank cost the same few
 * steps at ten and at ten thousand. Items live in short chunks, so that an insertion moves hundreds of entries at most; ranks
 * are sums over the chunks.
 */

const CHUNK = 256;

export class OrderedList<T> {
  readonly #compare: (a: T, b: T) => number;
  readonly #chunks: T[][] = [];
  #size = 0;

  /** `compare` must give 0 for the same item only. */
  constructor(compare: (a: T, b: T) => number) {
    this.#compare = compare;
  }

  get size(): number {
    return this.#size;
  }

  /** The first item, or undefined when empty. */
  first(): T | undefined {
    return this.#chunks[0]?.[0];
  }

  /** Adds an item that is not in the list. */
  add(item: T): void {
    const where = this.#chunkFor(item);
    const chunk = this.#chunks[where];
    if (chunk === undefined) {
      const last = this.#chunks.at(-1);
      if (last === undefined) this.#chunks.push([item]);
      else last.push(item);
    } else chunk.splice(this.#offset(chunk, item), 0, item);
    this.#size += 1;
    this.#split(Math.min(where, this.#chunks.length - 1));
  }

  /** Removes the item; false if it is not there. */
  remove(item: T): boolean {
    const where = this.#chunkFor(item);
    const chunk = this.#chunks[where];
    if (chunk === undefined) return false;
    const offset = this.#offset(chunk, item);
    const found = chunk[offset];
    if (found === undefined || this.#compare(found, item) !== 0) return false;
    chunk.splice(offset, 1);
    if (chunk.length === 0) this.#chunks.splice(where, 1);
    this.#size -= 1;
    return true;
  }

  /** How many items come before this one. */
  rank(item: T): number {
    const where = this.#chunkFor(item);
    let before = 0;
    for (let i = 0; i < where; i += 1) before += this.#chunks[i]?.length ?? 0;
    const chunk = this.#chunks[where];
    return chunk === undefined ? before : before + this.#offset(chunk, item);
  }

  *[Symbol.iterator](): IterableIterator<T> {
    for (const chunk of this.#chunks) yield* chunk;
  }

  /** The first chunk whose last item is not before `item`; the number of chunks when there is none. */
  #chunkFor(item: T): number {
    return lowest(this.#chunks.length, (i) => {
      const last = this.#chunks[i]?.at(-1);
      return last !== undefined && this.#compare(last, item) >= 0;
    });
  }

  #offset(chunk: readonly T[], item: T): number {
    return lowest(chunk.length, (i) => {
      const there = chunk[i];
      return there !== undefined && this.#compare(there, item) >= 0;
    });
  }

  #split(where: number): void {
    const chunk = this.#chunks[where];
    if (chunk === undefined || chunk.length <= 2 * CHUNK) return;
    this.#chunks.splice(where + 1, 0, chunk.splice(CHUNK));
  }
}

/** The lowest index below `length` for which `holds`, which must hold for all after it; `length` if for none. */
function lowest(length: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
