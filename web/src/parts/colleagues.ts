/** The agents of the centre, oneself among them: who somebody is, and to choose one. */
import { useMemo } from 'react';
import type { ColleagueView } from '../../../src/app/view.js';
import { useLink } from '../link/link.js';
import { useAnswer } from '../link/use-command.js';

export type Colleague = Pick<ColleagueView, 'id' | 'name' | 'number'>;

interface Answer {
  readonly colleagues: readonly ColleagueView[];
}

const LISTED = 200;
const KEPT_MS = 60_000;

/** Of a centre with more than two hundred the first by name, and those in the picture. */
function useListed() {
  const seen = useLink((link) => link.picture.agents);
  const { data } = useAnswer<Answer>('agent.colleagues', { limit: LISTED }, { staleMs: KEPT_MS });
  const listed = useMemo(() => {
    const all: readonly Colleague[] = [...(data?.colleagues ?? []), ...seen.values()];
    return new Map(all.map((one) => [one.id, one]));
  }, [data, seen]);
  return { listed, complete: data !== undefined };
}

/** Who that is; whoever is not among those listed is asked for. Undefined until it is known, and for nobody. */
export function useColleague(id: string | null): Colleague | undefined {
  const { listed, complete } = useListed();
  const found = listed.get(id ?? '');
  const enabled = complete && found === undefined && id !== null && id !== '';
  const { data } = useAnswer<Colleague>('agent.colleague', { id }, { enabled, staleMs: KEPT_MS });
  return found ?? (enabled && data?.id === id ? data : undefined);
}

/** To choose from: all of a small centre, of a large one those whom the typed text means, too. */
export function useColleaguesFor(typed: string): ReadonlyMap<string, Colleague> {
  const { listed } = useListed();
  const text = typed.trim().slice(0, 80);
  const enabled = text !== '' && listed.size >= LISTED;
  const { data } = useAnswer<Answer>('agent.colleagues', { text, limit: 50 }, { enabled, staleMs: KEPT_MS });
  return useMemo(() => {
    const found = enabled ? (data?.colleagues ?? []) : [];
    return new Map([...listed, ...found.map((one) => [one.id, one] as const)]);
  }, [listed, data, enabled]);
}
