/** Everything about scenarios, put together: writing them, leading parties through them, and what callers leave. */
import type { Application } from '../application.js';
import type { CallMailbox } from '../call-mailbox.js';
import type { CallbackOffers } from '../callbacks/callbacks.js';
import type { CentrePorts } from '../centre-ports.js';
import type { Digits } from '../digits.js';
import type { RoutingState } from '../routing.js';
import { Authoring } from './authoring.js';
import { ScenarioRunner } from './runner.js';
import { Voicemail } from './voicemail.js';
import { WebSteps } from './web-steps.js';

interface Surroundings extends Pick<Application, 'configuration' | 'configure'> {
  readonly callbacks: CallbackOffers;
  forDialogues(): {
    readonly digits: Digits;
    readonly routing: () => RoutingState;
    readonly mailbox: (id: string) => CallMailbox | undefined;
  };
}

export class Leading {
  readonly authoring: Authoring;
  readonly voicemail: Voicemail;
  readonly runner: ScenarioRunner;

  constructor(ports: CentrePorts, centre: Surroundings) {
    const { scenarios, clock, log, files } = ports;
    const { digits, routing, mailbox } = centre.forDialogues();
    this.authoring = new Authoring(ports, centre);
    const mayRecord = () => ports.recordings.mayRecord();
    const settings = () => routing().settings;
    this.voicemail = new Voicemail({ store: ports.voicemails, files, clock, log, settings, mayRecord });
    const callbacks = () => centre.callbacks;
    const web = new WebSteps(ports.outside.web);
    const { voicemail } = this;
    this.runner = new ScenarioRunner({ mailbox, routing, scenarios, digits, web, voicemail, callbacks, clock, log });
  }

  start(): void {
    this.voicemail.start();
  }

  stop(): void {
    this.voicemail.stop();
    this.runner.stop();
  }
}
