/** Chance that can be repeated: the same seed throws the same numbers. */
export class Dice {
  #state: number;

  constructor(readonly seed: number) {
    this.#state = seed % 2 ** 31;
  }

  /** From 0 to 1, never 1 itself. */
  throw(): number {
    this.#state = (this.#state * 1_103_515_245 + 12_345) % 2 ** 31;
    return this.#state / 2 ** 31;
  }

  /** So many times out of a hundred. */
  percent(often: number): boolean {
    return this.throw() * 100 < often;
  }

  pick<T>(from: readonly T[]): T | undefined {
    return from[Math.floor(this.throw() * from.length)];
  }

  /** One of those that have weights; a weight of 0 is never drawn. */
  weighted<T extends { readonly weight: number }>(from: readonly T[]): T | undefined {
    let left = this.throw() * from.reduce((sum, { weight }) => sum + weight, 0);
    return from.find(({ weight }) => {
      left -= weight;
      return left < 0;
    });
  }
}
