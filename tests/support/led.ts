/** A caller in a scenario for tests, with everything around but Asterisk: the call, keys, other systems, voicemail, promises. */
import type { CallMailbox } from '../../src/app/call-mailbox.js';
import type { PromisedCallback } from '../../src/app/callbacks/callbacks.js';
import type { PublishedScenario } from '../../src/app/configuration-store.js';
import { Digits } from '../../src/app/digits.js';
import type { WebAnswer, WebRequest } from '../../src/app/integrations/web-client.js';
import { ScenarioRunner } from '../../src/app/scenarios/runner.js';
import { Voicemail } from '../../src/app/scenarios/voicemail.js';
import { WebSteps } from '../../src/app/scenarios/web-steps.js';
import { Scripts } from '../../src/app/scripts.js';
import { indexSettings } from '../../src/app/settings-in-force.js';
import type { Switchboard } from '../../src/app/switchboard.js';
import type { CallCommand } from '../../src/core/call/command.js';
import { type Call, linesOf } from '../../src/core/call/state.js';
import { isRefusal } from '../../src/core/refusal.js';
import type { Scenario } from '../../src/core/scenario/scenario.js';
import { customerCalls } from './call-fixtures.js';
import { CallStory } from './call-story.js';
import { CENTRE, QUEUE } from './configuration.js';
import { silentLog } from './fake-application.js';
import { NO_CALLERS } from './memory-contacts.js';
import { MemoryScenarios, MemoryVoicemails } from './memory-scenarios.js';
import { MemorySounds } from './memory-sounds.js';

/** A call in a scenario, with everything around it but Asterisk. */
export class Led {
  readonly digits = new Digits();
  readonly store = new MemoryScenarios();
  readonly voicemails = new MemoryVoicemails();
  readonly asked: WebRequest[] = [];
  published: PublishedScenario[] = [];
  contactOf = NO_CALLERS.contactOf;
  answerWeb: (answer: WebAnswer) => void = () => {};
  mayRecord = true;
  readonly promised: PromisedCallback[] = [];
  mayPromise = true;
  story = new CallStory(
    customerCalls({ kind: 'script', script: { name: 'scenario:day@1', position: '', music: null } }),
  );
  readonly #scripts = new Scripts(() => this.#switchboard);
  readonly #mailbox = {
    decideNow: (command: CallCommand) => this.#decide(command),
  } as unknown as CallMailbox;
  readonly #switchboard = { mailbox: () => this.#mailbox } as unknown as Switchboard;
  #told = 0;
  #runner: ScenarioRunner | null = null;
  #before: Call | null = null;

  constructor(scenario: Scenario | null) {
    if (scenario !== null) this.published.push({ id: 'day', version: 1, scenario });
    this.lead();
  }

  /** A controller that has just been started. */
  lead(): ScenarioRunner {
    const clock = { now: () => this.story.now };
    const settings = () =>
      indexSettings({
        ...{ agents: [], queues: [QUEUE], members: [], statuses: [], routes: [], outgoingRules: [], keySets: [] },
        ...{ phoneLogins: [], trainers: [], teams: [], centre: CENTRE, scenarios: this.published },
      });
    const ask = (request: WebRequest) => {
      this.asked.push(request);
      return new Promise<WebAnswer>((resolve) => {
        this.answerWeb = resolve;
      });
    };
    const boxes = { store: this.voicemails, files: new MemorySounds(), mayRecord: () => this.mayRecord };
    const runner = new ScenarioRunner({
      mailbox: () => this.#mailbox,
      routing: () => ({
        settings: settings(),
        callers: { ...NO_CALLERS, contactOf: (number) => this.contactOf(number) },
        isFree: () => true,
        isRung: () => false,
        presence: () => ({ loggedIn: 1, receiving: 1 }),
      }),
      scenarios: this.store,
      digits: this.digits,
      web: new WebSteps({ ask }),
      callbacks: () => ({ promise: async (promised) => this.promised.push(promised) > 0 && this.mayPromise }),
      voicemail: new Voicemail({ ...boxes, clock, log: silentLog, settings }),
      ...{ clock, log: silentLog },
    });
    this.#scripts.register('scenario', runner);
    this.#runner = runner;
    return runner;
  }

  /** Another controller takes the call up. */
  restart(): this {
    this.stop();
    this.lead();
    return this.resume();
  }

  stop(): void {
    this.#runner?.stop();
  }

  begin(): this {
    this.#tell();
    return this;
  }

  resume(): this {
    this.#scripts.resume(this.story.call);
    return this;
  }

  key(key: string): this {
    this.digits.pressed('caller', key);
    return this;
  }

  /** What is being said is over. */
  said(): this {
    const [line] = linesOf(this.story.call);
    this.story.fact({ type: 'announcementEnded', announcementId: line?.announcement?.id ?? '' });
    this.#tell();
    return this;
  }

  get saying(): readonly string[] {
    const [line] = linesOf(this.story.call);
    return (line?.announcement?.items ?? []).map((item) => ('name' in item ? item.name : String(item.value)));
  }

  get music(): string | null {
    return linesOf(this.story.call)[0]?.script?.music ?? null;
  }

  #decide(command: CallCommand) {
    const decided = this.story.command(command);
    if (isRefusal(decided)) return decided;
    this.#tell();
    return this.story.call;
  }

  #tell(): void {
    const events = this.story.events.slice(this.#told);
    this.#told = this.story.events.length;
    const before = this.#before;
    this.#before = this.story.call;
    this.#scripts.callDecided(before, this.story.call, events);
  }
}
