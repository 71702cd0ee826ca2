/** What an agent, or a supervisor on an agent's behalf, may ask for. A command may be refused. */
import type { AgentId } from '../call/state.js';
import type { SetBy, StatusId } from './state.js';

export type AgentCommand =
  | { readonly type: 'logIn'; readonly sessionId: string }
  | { readonly type: 'logOut'; readonly by: SetBy }
  | { readonly type: 'setStatus'; readonly statusId: StatusId }
  | {
      readonly type: 'forceStatus';
      readonly statusId: StatusId;
      /** The agent cannot leave it until a supervisor allows. */
      readonly blocking: boolean;
      /** The supervisor. */
      readonly byAgentId: AgentId;
    }
  /** Back to the status before, without waiting for the timer. */
  | { readonly type: 'endWrapUp' };
