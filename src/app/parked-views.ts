/** Parked calls as those see them who may retrieve them. */
import type { Viewer } from './application.js';
import { mayRetrieve, parkedCalls } from './parking.js';
import type { SettingsInForce } from './settings-in-force.js';
import type { Switchboard } from './switchboard.js';
import type { Change, ParkedView } from './view.js';

interface Known {
  readonly settings: () => SettingsInForce;
  readonly switchboard: Pick<Switchboard, 'calls'>;
}

/** All for a supervisor; for an agent those that the agent may retrieve. */
export function parkedFor({ settings, switchboard }: Known, { role, agentId }: Viewer): readonly ParkedView[] {
  const sees = (each: ParkedView) => role !== 'agent' || mayRetrieve(settings(), agentId, each);
  return [...parkedCalls(switchboard.calls())].filter(sees);
}

/** How the slot is now: told to whoever may retrieve what is in it; that it is free, to everybody. */
export function slotChange({ settings, switchboard }: Known, slot: string): Change {
  const view = [...parkedCalls(switchboard.calls())].find((each) => each.slot === slot) ?? null;
  const ids = [...settings().agents.keys()];
  const agentIds = view === null ? ids : ids.filter((id) => mayRetrieve(settings(), id, view));
  return { topic: 'parked', id: slot, view, audience: { agentIds } };
}
