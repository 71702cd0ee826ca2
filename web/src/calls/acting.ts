/**
 * Commands about lines, from buttons and shortcuts alike: what is asked for is shown as under way at once, and runs once however often
 * it is pressed. What then is true comes with the next picture; a refusal is told.
 */

import i18next from 'i18next';
import { create } from 'zustand';
import { asCommandError, type CommandError, LINK_CODE } from '../link/command-error.js';
import { command } from '../link/link.js';
import { tellProblem, tellRefusal } from '../parts/notices.js';

const useActing = create<{ readonly underWay: ReadonlySet<string> }>(() => ({ underWay: new Set() }));

export function useUnderWay(key: string): boolean {
  return useActing(({ underWay }) => underWay.has(key));
}

function mark(key: string, under: boolean): void {
  useActing.setState(({ underWay }) => {
    const next = new Set(underWay);
    if (under) next.add(key);
    else next.delete(key);
    return { underWay: next };
  });
}

/** `null`: done; else the code of the refusal, which has been told already. Pressed again meanwhile: `underWay`. */
export async function act(
  key: string,
  name: string,
  input: unknown,
  onAnswer: (answer: unknown) => void = () => {},
): Promise<string | null> {
  if (useActing.getState().underWay.has(key)) return 'underWay';
  mark(key, true);
  try {
    onAnswer(await command(name, input));
    return null;
  } catch (thrown) {
    const error = asCommandError(thrown);
    tellRefusalOf(name, error);
    return error.code ?? LINK_CODE.unknown;
  } finally {
    mark(key, false);
  }
}

/** In the words of this command, or with the reason that the service gives, where the code alone would leave in doubt what is meant. */
function tellRefusalOf(name: string, error: CommandError): void {
  const keys = [`refused.${name.replace('.', '_')}_${error.code}`, `why.${String(error.details.reason)}`];
  const key = keys.find((each) => i18next.exists(each, { ns: 'calls' }));
  if (key !== undefined) tellProblem(() => i18next.t(key as 'refused.call_coach_agentBusy', { ns: 'calls' }));
  else tellRefusal(error);
}
