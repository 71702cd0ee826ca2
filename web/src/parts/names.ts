/** Who there is, apart from what they do. Pure but for what it remembers. */

export interface Named {
  readonly id: string;
  readonly name: string;
  readonly number: string;
}

let before: readonly Named[] = [];

/** The same as before while nobody has another name or number: in a large centre what they do changes many times in a second. */
export function namesIn(agents: ReadonlyMap<string, Named>): readonly Named[] {
  const isSame = agents.size === before.length && before.every((one) => isStill(one, agents.get(one.id)));
  if (!isSame) before = [...agents.values()].map(({ id, name, number }) => ({ id, name, number }));
  return before;
}

function isStill(one: Named, now: Named | undefined): boolean {
  return now?.name === one.name && now.number === one.number;
}
