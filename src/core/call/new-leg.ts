/** A leg as the events that bring it into a call tell of it, and a party as a recording does. */
import type { AgentId, LegId, LegRole, Party } from './state.js';

export interface NewLeg {
  readonly id: LegId;
  readonly role: LegRole;
  readonly party: Party;
  /** The agent whose phone this is, or null for an outside party. */
  readonly agentId: AgentId | null;
  /** Where to dial, e.g. `PJSIP/101`; null for a leg that called in. */
  readonly address: string | null;
  /** The phone from which an agent called in. */
  readonly calledFrom?: string;
  /** Once it is up it is found out whether a person or a machine answered. */
  readonly detectMachine?: boolean;
}

export type RecordedParty = Pick<NewLeg, 'agentId' | 'party'> & { readonly legId: LegId };
