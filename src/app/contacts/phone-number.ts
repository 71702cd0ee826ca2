/**
 * One spelling for each telephone number: E.164 for what is a valid number of some country, everything else as it is dialled.
 * Internal and short numbers are none of any country: the library would make `+7112` of `112`.
 */
import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** Shorter ones are internal, or services. */
const SHORTEST_OUTSIDE = 7;
const LONGEST = 32;
/** Callers call again: their numbers need not be read each time. */
const MOST_KNOWN = 10_000;

export function isCountry(code: string): boolean {
  return isSupportedCountry(code);
}

/** Empty when there is no digit in it. */
function normalised(raw: string, country: string): string {
  const dialled = raw.replace(/[^0-9*#+]/g, '').slice(0, LONGEST);
  const digits = dialled.replace(/\D/g, '').length;
  if (digits === 0) return '';
  if (digits < SHORTEST_OUTSIDE || /[*#]/.test(dialled)) return dialled;
  const number = parsePhoneNumberFromString(dialled, isSupportedCountry(country) ? country : undefined);
  return number?.isValid() === true ? number.number : dialled;
}

/** Remembers the last numbers. */
export class PhoneNumbers {
  readonly #country: () => string;
  readonly #known = new Map<string, string>();

  /** `country`: two letters, where numbers without a country code belong. */
  constructor(country: () => string) {
    this.#country = country;
  }

  normalise(raw: string): string {
    const country = this.#country();
    const key = `${country} ${raw}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const number = normalised(raw, country);
    if (this.#known.size >= MOST_KNOWN) this.#known.clear();
    this.#known.set(key, number);
    return number;
  }
}
