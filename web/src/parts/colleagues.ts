/** The agents of the centre by id, oneself among them: for names, and to choose one. */
import { useMemo } from 'react';
import type { ColleagueView } from '../../../src/app/view.js';
import { useLink } from '../link/link.js';
import { useAnswer } from '../link/use-command.js';

export type Colleague = Pick<ColleagueView, 'id' | 'name' | 'number'>;

interface Answer {
  readonly colleagues: readonly ColleagueView[];
}

/** Of a centre with more than two hundred the first by name, and those in the picture. */
export function useColleagues(): ReadonlyMap<string, Colleague> {
  const seen = useLink((link) => link.picture.agents);
  const { data } = useAnswer<Answer>('agent.colleagues', { limit: 200 }, { staleMs: 60_000 });
  return useMemo(() => {
    const all: readonly Colleague[] = [...(data?.colleagues ?? []), ...seen.values()];
    return new Map(all.map((one) => [one.id, one]));
  }, [data, seen]);
}
