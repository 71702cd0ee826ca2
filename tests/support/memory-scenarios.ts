/** Scenarios kept in memory, for tests of what is above the database. */
import type { PublishedScenario } from '../../src/app/ports.js';
import type { Deed, ScenarioDraft, ScenarioStore, ScenarioVersion } from '../../src/app/scenarios/store.js';
import { readScenario } from '../../src/core/scenario/read.js';
import type { ScenarioRef } from '../../src/core/scenario/scenario.js';

export class MemoryScenarios implements ScenarioStore {
  readonly drafts = new Map<string, ScenarioDraft>();
  readonly #versions: (ScenarioVersion & ScenarioRef & { readonly content: unknown })[] = [];

  /** As a configuration has them. */
  get published(): readonly PublishedScenario[] {
    return [...this.drafts.values()].flatMap(({ id, version }) => this.#read({ id, version: version ?? 0 }) ?? []);
  }

  async list() {
    return [...this.drafts.values()];
  }

  async find(id: string) {
    return this.drafts.get(id) ?? null;
  }

  async versions(id: string) {
    const own = this.#versions.filter((each) => each.id === id);
    return own.map(({ version, publishedAt, publishedBy }) => ({ version, publishedAt, publishedBy })).reverse();
  }

  async version(ref: ScenarioRef) {
    return this.#read(ref);
  }

  async save(id: string, draft: ScenarioDraft['draft'], { by, at }: Deed) {
    const version = this.drafts.get(id)?.version ?? null;
    this.drafts.set(id, { id, draft, version, changedAt: at, changedBy: by });
  }

  async publish(id: string, content: ScenarioDraft['draft'], { by, at }: Deed) {
    const draft = this.drafts.get(id);
    if (draft === undefined) throw new Error(`there is no scenario ${id}`);
    const version = this.#versions.filter((each) => each.id === id).length + 1;
    this.#versions.push({ id, version, content, publishedAt: at, publishedBy: by });
    this.drafts.set(id, { ...draft, version });
    return version;
  }

  async remove(id: string) {
    return this.drafts.delete(id);
  }

  #read({ id, version }: ScenarioRef): PublishedScenario | null {
    const found = this.#versions.find((each) => each.id === id && each.version === version);
    const scenario = found === undefined ? null : readScenario(found.content).scenario;
    return scenario === null ? null : { id, version, scenario };
  }
}
