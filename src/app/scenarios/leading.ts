/** Everything about scenarios, put together: writing them, leading parties through them, and what callers leave. */
import type { CallbackOffers } from '../callbacks/callbacks.js';
import type { Ground } from '../centre/ground.js';
import { Authoring } from './authoring.js';
import { ScenarioRunner } from './runner.js';
import { Voicemail } from './voicemail.js';
import { WebSteps } from './web-steps.js';

export class Leading {
  readonly authoring: Authoring;
  readonly voicemail: Voicemail;
  readonly runner: ScenarioRunner;

  constructor({ ports, digits, routing, mailbox, settings, configuring }: Ground, callbacks: () => CallbackOffers) {
    const { scenarios, clock, log, files } = ports;
    this.authoring = new Authoring(ports, {
      configuration: () => settings().source,
      configure: (change) => configuring.change(change),
    });
    const mayRecord = () => ports.recordings.mayRecord();
    this.voicemail = new Voicemail({ store: ports.voicemails, files, clock, log, settings, mayRecord });
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
