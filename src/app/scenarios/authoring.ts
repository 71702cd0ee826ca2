/**
 * Writing scenarios: a draft is saved with whatever faults it has, and published, as a new version, once it has none. Calls that
 * are in an older version stay in it.
 */
import { IANAZone } from 'luxon';
import type { AgentId } from '../../core/call/state.js';
import { isRefusal, type Refusal, refuse } from '../../core/refusal.js';
import type { Fault } from '../../core/scenario/fault.js';
import { readScenario } from '../../core/scenario/read.js';
import { referenceFaults, type Surroundings } from '../../core/scenario/references.js';
import type { ScenarioId } from '../../core/scenario/scenario.js';
import type { Application, MessageOperations, ScenarioOperations } from '../application.js';
import type { Clock } from '../ports.js';
import type { TagStore } from '../tag-definitions.js';
import type { CheckedScenario, Deed, KnownSounds, ScenarioDraft, ScenarioStore, ScenarioVersion } from './store.js';

export interface AuthoringPorts {
  readonly scenarios: ScenarioStore;
  readonly sounds: KnownSounds;
  readonly messages: Pick<MessageOperations, 'list'>;
  readonly addressBook: {
    readonly contacts: { groups(): Promise<readonly { readonly id: string }[]> };
    readonly tags: Pick<TagStore, 'list'>;
  };
  readonly clock: Clock;
}

type Configuration = Pick<Application, 'configuration' | 'configure'>;

/** Sees what is there for all, and nothing that is somebody's own. */
const ANYBODY = { agentId: '', role: 'supervisor' } as const;

export class Authoring implements ScenarioOperations {
  readonly #ports: AuthoringPorts;
  readonly #centre: Configuration;

  constructor(ports: AuthoringPorts, centre: Configuration) {
    this.#ports = ports;
    this.#centre = centre;
  }

  list(): Promise<readonly ScenarioDraft[]> {
    return this.#ports.scenarios.list();
  }

  async get(id: ScenarioId): Promise<(ScenarioDraft & { readonly versions: readonly ScenarioVersion[] }) | Refusal> {
    const found = await this.#ports.scenarios.find(id);
    return found === null ? notFound() : { ...found, versions: await this.#ports.scenarios.versions(id) };
  }

  validate(written: unknown): Promise<readonly Fault[]> {
    return this.#check(written, []);
  }

  async save(by: AgentId, id: ScenarioId, draft: ScenarioDraft['draft']): Promise<CheckedScenario | Refusal> {
    const { scenarios: store } = this.#ports;
    const faults = await this.#check(draft, [id]);
    // Too large to be looked at is too large to be kept.
    const tooLarge = faults.find(({ path, code }) => path === '' && code === 'tooLarge');
    if (tooLarge !== undefined) return refuse('scenarioInvalid', tooLarge.message, { faults });
    const saved = await this.#centre.configure(() => store.save(id, draft, this.#deed(by)));
    if (isRefusal(saved)) return saved;
    return { id, version: (await store.find(id))?.version ?? null, faults };
  }

  /** Checked among the other changes, so that what it refers to is still there when it is published. */
  async publish(by: AgentId, id: ScenarioId): Promise<CheckedScenario | Refusal> {
    const { scenarios: store } = this.#ports;
    return await this.#centre.configure(async (): Promise<CheckedScenario | Refusal> => {
      const found = await store.find(id);
      if (found === null) return notFound();
      const faults = await this.#check(found.draft, [id]);
      if (faults.some(({ severity }) => severity === 'error'))
        return refuse('scenarioInvalid', 'The scenario has faults.', { faults });
      return { id, version: await store.publish(id, found.draft, this.#deed(by)), faults };
    });
  }

  /** Calls from outside to this number are led through the scenario; what else was set for the number stays. */
  async assign(id: ScenarioId, number: string): Promise<{ readonly assigned: true } | Refusal> {
    const before = this.#centre.configuration().routes.find((route) => route.number === number);
    const { priority, record } = before ?? { priority: 0, record: false };
    const to = { kind: 'scenario', scenarioId: id } as const;
    const saved = await this.#centre.configure((store) => store.saveRoute({ number, to, priority, record }));
    return isRefusal(saved) ? saved : { assigned: true };
  }

  async remove(by: AgentId, id: ScenarioId): Promise<{ readonly removed: true } | Refusal> {
    const removed = await this.#centre.configure(() => this.#ports.scenarios.remove(id, this.#deed(by)));
    if (isRefusal(removed)) return removed;
    return removed ? { removed: true } : notFound();
  }

  /** `own`: scenarios that there will be by then. */
  async #check(written: unknown, own: readonly ScenarioId[]): Promise<readonly Fault[]> {
    const { scenario, faults } = readScenario(written);
    return scenario === null ? faults : [...faults, ...referenceFaults(scenario, await this.#surroundings(own))];
  }

  #deed(by: AgentId): Deed {
    return { by, at: this.#ports.clock.now() };
  }

  async #surroundings(own: readonly ScenarioId[]): Promise<Surroundings> {
    const { messages, sounds, addressBook } = this.#ports;
    const { queues, agents, scenarios } = this.#centre.configuration();
    const shared = await messages.list(ANYBODY);
    const groups = await addressBook.contacts.groups();
    const tags = await addressBook.tags.list();
    return {
      queues: new Set(queues.map(({ id }) => id)),
      agents: new Set(agents.map(({ id }) => id)),
      scenarios: new Set([...scenarios.map(({ id }) => id), ...own]),
      messages: new Set(shared.map(({ id }) => id)),
      groups: new Set(groups.map(({ id }) => id)),
      tags: new Set(tags.flatMap(({ name, enabled }) => (enabled ? name : []))),
      sounds: await sounds.names(),
      isZone: (name) => IANAZone.isValidZone(name),
    };
  }
}

function notFound(): Refusal {
  return refuse('notFound', 'There is no such scenario.');
}
