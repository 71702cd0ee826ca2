/** The agent who dialled a feature code, and what is needed to do something for that agent. */
import type { Call } from '../../core/call/state.js';
import type { MessageOperations, Viewer } from '../application.js';
import type { Dialogue } from './dialogue.js';
import type { PhoneLoginPorts } from './log-in.js';

export interface FeaturePorts extends PhoneLoginPorts {
  readonly messages: MessageOperations;
}

export interface Asking {
  readonly ports: FeaturePorts;
  readonly dialogue: Dialogue;
  readonly viewer: Viewer;
  readonly call: Call;
}
