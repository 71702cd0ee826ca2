/**
 * Commands about lines, from buttons and shortcuts alike: what is asked for is shown as under way at once, and runs once however often
 * it is pressed. What then is true comes with the next picture; a refusal is told.
 */
import { create } from 'zustand';
import { asCommandError, LINK_CODE } from '../link/command-error.js';
import { command } from '../link/link.js';
import { tellRefusal } from '../parts/notices.js';

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
export async function act(key: string, name: string, input: unknown): Promise<string | null> {
  if (useActing.getState().underWay.has(key)) return 'underWay';
  mark(key, true);
  try {
    await command(name, input);
    return null;
  } catch (thrown) {
    const error = asCommandError(thrown);
    tellRefusal(error);
    return error.code ?? LINK_CODE.unknown;
  } finally {
    mark(key, false);
  }
}
