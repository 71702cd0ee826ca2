/** Words of this part. */
import type { SameKeys } from '../words/shape.js';

export const en = {
  title: 'history',
} as const;

export const ru: SameKeys<typeof en> = {
  title: 'history',
};
