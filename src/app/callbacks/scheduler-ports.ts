/** What dialling callbacks needs of the rest of the centre. */
import type { AgentId, CallId, QueueId } from '../../core/call/state.js';
import type { Callback } from '../../core/callback/callback.js';
import type { History } from '../history/store.js';
import type { Clock, Log } from '../ports.js';
import type { CallbackStore } from './store.js';
import type { TakersPorts } from './takers.js';

export interface SchedulerPorts {
  readonly store: CallbackStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly history: Pick<History, 'call'>;
  readonly takers: TakersPorts;
  /** Can phones be dialled at present, and is it this controller that dials? */
  readonly mayDial: () => boolean;
  readonly newCallId: () => CallId;
  /** Is the call of an attempt still going on, or its end still to be told? */
  readonly isKnown: (callId: CallId) => boolean;
  /** What the customer has done since it was made: is calling just now, or has reached an agent. */
  readonly customerSince: (callback: Callback) => Promise<'nothing' | 'calls' | 'reached'>;
  /** Ends the attempt's call, if there is one. */
  readonly endCall: (callId: CallId) => void;
  /** Looks for agents for the callers of the queue. */
  readonly dispatch: (queueId: QueueId) => void;
  /** Begins the attempt's call, if it can be dialled at all, and unless its agent was taken this moment. */
  readonly dial: (callback: Callback, callId: CallId, agentId: AgentId | null) => 'begun' | 'impossible' | 'agentTaken';
}
