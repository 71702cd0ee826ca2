/** A leg as the events that bring it into a call tell of it, and a party as a recording does. */
import type { AgentId, LegId, LegRole, Party } from './state.js';

export interface NewLeg {
  readonly id: LegId;
  readonly role: LegRole;
  readonly party: Party;
  readonly agentId: AgentId | null;
  readonly address: string | null;
  readonly calledFrom?: string;
  readonly detectMachine?: boolean;
}

export type RecordedParty = Pick<NewLeg, 'agentId' | 'party'> & { readonly legId: LegId };
