/** Scenarios, and what callers have left, kept in memory, for tests of what is above the database. */
import type { PublishedScenario } from '../../src/app/configuration-store.js';
import type { Deed, ScenarioDraft, ScenarioStore, ScenarioVersion } from '../../src/app/scenarios/store.js';
import type { VoicemailFilter, VoicemailRecord, VoicemailStore } from '../../src/app/scenarios/voicemail-store.js';
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

type Row = VoicemailRecord & { readonly state: 'recording' | 'ready' | 'withdrawn' };

export class MemoryVoicemails implements VoicemailStore {
  readonly rows = new Map<string, Row>();

  async add(record: VoicemailRecord) {
    this.rows.set(record.id, { ...record, state: 'recording' });
  }

  async ready(id: string, durationMs: number) {
    this.#change(id, { durationMs, state: 'ready' });
  }

  async list({ boxes, onlyNew, since, until, limit }: VoicemailFilter) {
    const mine = ({ to }: Row) => boxes?.some((box) => JSON.stringify(box) === JSON.stringify(to)) ?? true;
    return [...this.rows.values()]
      .filter((row) => row.state === 'ready' && mine(row) && (!onlyNew || row.heardAt === null))
      .filter(({ createdAt }) => createdAt >= since && createdAt < until)
      .slice(0, limit);
  }

  async find(id: string) {
    const row = this.rows.get(id);
    return row?.state === 'ready' ? row : null;
  }

  async mark(id: string, heard: { readonly at: number; readonly by: string } | null) {
    this.#change(id, { heardAt: heard?.at ?? null, heardBy: heard?.by ?? null });
  }

  async withdraw(id: string) {
    this.#change(id, { state: 'withdrawn' });
  }

  async unfinished(before: number) {
    return [...this.rows.values()].filter((row) => row.state === 'recording' && row.createdAt < before);
  }

  async withdrawn() {
    return [...this.rows.values()].filter((row) => row.state === 'withdrawn');
  }

  async forget(id: string) {
    this.rows.delete(id);
  }

  #change(id: string, change: Partial<Row>) {
    const row = this.rows.get(id);
    if (row !== undefined) this.rows.set(id, { ...row, ...change });
  }
}
