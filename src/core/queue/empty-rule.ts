/** May a caller join a queue, or go on waiting in it, with the agents there are? */
import type { EmptyRule } from './settings.js';

/** Members of the queue who are logged in, and those of them whose status receives calls (busy or not). */
export interface Staff {
  readonly loggedIn: number;
  readonly receiving: number;
}

export function mayWait(rule: EmptyRule, staff: Staff): boolean {
  switch (rule) {
    case 'always':
      return true;
    case 'loggedIn':
      return staff.loggedIn > 0;
    case 'receiving':
      return staff.receiving > 0;
  }
}
