/** The languages of the desktop. */
export type Language = 'en' | 'ru';

/** The same keys as the English words, for the Russian ones; plurals may have forms that English lacks. */
export type SameKeys<T> = { readonly [K in keyof T]: T[K] extends string ? string : SameKeys<T[K]> } & Readonly<
  Record<`${string}_few` | `${string}_many`, string>
>;
