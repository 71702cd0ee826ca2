/** The agents of the centre, oneself among them: who somebody is, and to choose one. */
import { useMemo } from 'react';
import type { ColleagueView } from '../../../src/app/view.js';
import { useLink } from '../link/link.js';
import { useAnswer } from '../link/use-command.js';
import { type Named, namesIn } from './names.js';

export type Colleague = Named;

interface Answer {
  readonly colleagues: readonly ColleagueView[];
}

const LISTED = 200;
const KEPT_MS = 60_000;

/** Of a centre with more than two hundred the first by name. */
function useListed() {
  return useAnswer<Answer>('agent.colleagues', { limit: LISTED }, { staleMs: KEPT_MS }).data;
}

/** Who that is; whoever is not among those listed is asked for. Undefined until it is known, and for nobody. */
export function useColleague(id: string | null): Colleague | undefined {
  // Of the picture this one alone: in a large centre somebody else changes many times in a second.
  const seen = useLink((link) => link.picture.agents.get(id ?? ''));
  const listed = useListed();
  const found = seen ?? listed?.colleagues.find((one) => one.id === id);
  const enabled = listed !== undefined && found === undefined && id !== null && id !== '';
  const { data } = useAnswer<Colleague>('agent.colleague', { id }, { enabled, staleMs: KEPT_MS });
  return found ?? (enabled && data?.id === id ? data : undefined);
}

/** To choose from: all of a small centre, of a large one those whom the typed text means, too. */
export function useColleaguesFor(typed: string): ReadonlyMap<string, Colleague> {
  const seen = useLink((link) => namesIn(link.picture.agents));
  const listed = useListed()?.colleagues;
  const text = typed.trim().slice(0, 80);
  const enabled = text !== '' && (listed?.length ?? 0) >= LISTED;
  const { data } = useAnswer<Answer>('agent.colleagues', { text, limit: 50 }, { enabled, staleMs: KEPT_MS });
  return useMemo(() => {
    const found = enabled ? (data?.colleagues ?? []) : [];
    return new Map([...(listed ?? []), ...seen, ...found].map((one) => [one.id, one]));
  }, [listed, seen, data, enabled]);
}
