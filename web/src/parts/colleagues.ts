/** The agents that this login knows of, by id: for names, and to choose one. */
import type { AgentView } from '../../../src/app/view.js';
import { useLink } from '../link/link.js';

export function useColleagues(): ReadonlyMap<string, Pick<AgentView, 'id' | 'name' | 'number'>> {
  return useLink((link) => link.picture.agents);
}
