/** A refusal as a sentence in the agent's language, by its code; a code that is not known here shows the service's own sentence. */
import i18next from 'i18next';
import type { CommandError } from '../link/command-error.js';

export function refusalWords(error: CommandError): string {
  return i18next.t(error.code, { ns: 'refusals', defaultValue: error.message });
}
