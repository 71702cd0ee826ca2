/** What other systems know of a call's customer, as clients see it. */

export interface CardValue {
  readonly name: string;
  readonly value: string;
}

export interface CrmView {
  /** The page to open for the call, or null. */
  readonly url: string | null;
  /** off: nobody is asked; asking; done: `card` is the answer; failed: there was none. */
  readonly lookup: 'off' | 'asking' | 'done' | 'failed';
  readonly card: readonly CardValue[];
}
