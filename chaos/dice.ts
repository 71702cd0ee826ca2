/** Chance that can be repeated: the same seed throws the same numbers. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 to 1, never 1 itself (mulberry32). */
  throw(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  percent(often: number): boolean {
    return this.throw() * 100 < often;
  }

  between(least: number, most: number): number {
    return Math.round(least + this.throw() * (most - least));
  }

  pick<T>(from: readonly T[]): T | undefined {
    return from[Math.floor(this.throw() * from.length)];
  }

  shuffled<T>(from: readonly T[]): T[] {
    return from
      .map((item) => ({ item, at: this.throw() }))
      .sort((one, other) => one.at - other.at)
      .map(({ item }) => item);
  }
}
