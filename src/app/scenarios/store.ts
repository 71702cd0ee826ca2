/** What scenarios need of the world around: where they are kept, and which sounds the PBX has. */
import type { AgentId, Instant } from '../../core/call/state.js';
import type { Fault } from '../../core/scenario/fault.js';
import type { ScenarioId, ScenarioRef } from '../../core/scenario/scenario.js';
import type { PublishedScenario } from '../configuration-store.js';

/** Who does it, and when. */
export interface Deed {
  readonly by: AgentId;
  readonly at: Instant;
}

/** What is worked on; it may be faulty. */
export interface ScenarioDraft {
  readonly id: ScenarioId;
  readonly draft: Readonly<Record<string, unknown>>;
  /** The one that callers are led through now; null: not published. */
  readonly version: number | null;
  readonly changedAt: Instant;
  readonly changedBy: AgentId;
}

export interface ScenarioVersion {
  readonly version: number;
  readonly publishedAt: Instant;
  readonly publishedBy: AgentId;
}

export interface CheckedScenario {
  readonly id: ScenarioId;
  readonly version: number | null;
  readonly faults: readonly Fault[];
}

export interface ScenarioStore {
  list(): Promise<readonly ScenarioDraft[]>;
  find(id: ScenarioId): Promise<ScenarioDraft | null>;
  /** The newest first; also of one that was removed. */
  versions(id: ScenarioId): Promise<readonly ScenarioVersion[]>;
  /** Also of a scenario that was removed: callers may still be in it. */
  version(ref: ScenarioRef): Promise<PublishedScenario | null>;
  save(id: ScenarioId, draft: ScenarioDraft['draft'], deed: Deed): Promise<void>;
  /** Answers the number of the new version. */
  publish(id: ScenarioId, content: ScenarioDraft['draft'], deed: Deed): Promise<number>;
  /** @throws ConfigurationConflict while something leads there. */
  remove(id: ScenarioId, deed: Deed): Promise<boolean>;
}

export interface KnownSounds {
  /** Names of every sound that can be played; null when that cannot be asked now. */
  names(): Promise<ReadonlySet<string> | null>;
}
