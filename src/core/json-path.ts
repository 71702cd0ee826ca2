/** A value within parsed JSON, by keys and indexes joined by dots: `data.contacts.0.name`. */

/** Undefined where there is nothing; only what the JSON itself has is found. */
export function valueAt(json: unknown, path: string): unknown {
  let value = json;
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    const own: unknown = Reflect.get(value, key);
    value = own;
  }
  return value;
}
