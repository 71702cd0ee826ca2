/** What leading a party through a scenario needs of the rest of the centre. */
import type { CallId } from '../../core/call/state.js';
import type { CallMailbox } from '../call-mailbox.js';
import type { CallbackOffers } from '../callbacks/callbacks.js';
import type { Digits } from '../digits.js';
import type { Clock, Log } from '../ports.js';
import type { RoutingState } from '../routing.js';
import type { ScenarioStore } from './store.js';
import type { Voicemail } from './voicemail.js';
import type { WebSteps } from './web-steps.js';

export interface RunPorts {
  readonly mailbox: (id: CallId) => CallMailbox | undefined;
  readonly routing: () => RoutingState;
  readonly scenarios: ScenarioStore;
  readonly digits: Digits;
  readonly web: WebSteps;
  readonly voicemail: Voicemail;
  readonly callbacks: () => CallbackOffers;
  readonly clock: Clock;
  readonly log: Log;
}
