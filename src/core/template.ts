/** Texts with fields in braces, such as `{agent.name}`: which fields one has, and what becomes of it. */

export type TemplateFields = Readonly<Record<string, string>>;

const FIELD = /\{([A-Za-z][A-Za-z0-9_.]*)\}/g;
/** Names of callers are cut by length, which may leave half a surrogate pair; that cannot be written as UTF-8. */
const HALF_PAIRS = /\p{Surrogate}/gu;

/** The names in braces, each once, in the order of their first mention. */
export function fieldsOf(template: string): readonly string[] {
  return [...new Set([...template.matchAll(FIELD)].map(([, name = '']) => name))];
}

/** Values are put in once, after `escaped`: a brace in a value is no field. A field without a value becomes nothing. */
export function filled(template: string, fields: TemplateFields, escaped: (value: string) => string = asIs): string {
  const given = (name: string) => (Object.hasOwn(fields, name) ? (fields[name] ?? '') : '');
  return template.replace(FIELD, (_match, name: string) => escaped(given(name).replace(HALF_PAIRS, '\ufffd')));
}

function asIs(value: string): string {
  return value;
}
