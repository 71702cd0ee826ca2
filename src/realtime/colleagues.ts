/**
 * Colleagues' states for those who have asked to watch them: one room for all. While nobody watches, a change costs one look; else
 * each colleague who is another now, to whoever watches, is told once for all changes of one turn.
 */
import type { Change, ColleagueView } from '../app/view.js';
import type { AgentId } from '../core/call/state.js';
import type { ColleagueMessage } from './protocol.js';

export interface ColleaguesPorts {
  readonly isWatched: () => boolean;
  readonly look: (id: AgentId) => ColleagueView | null;
  /** To everybody who watches. */
  readonly send: (message: ColleagueMessage) => void;
  /** Runs its argument once, after this turn. */
  readonly defer: (work: () => void) => void;
}

export class Colleagues {
  readonly #ports: ColleaguesPorts;
  readonly #changed = new Set<AgentId>();
  /** What was told last: much of what changes of an agent is not for colleagues. */
  readonly #told = new Map<AgentId, string>();

  constructor(ports: ColleaguesPorts) {
    this.#ports = ports;
  }

  /** Somebody begins to watch; to be called before the room is entered. What was told before there was anybody is old by now. */
  watched(): void {
    if (!this.#ports.isWatched()) this.#told.clear();
  }

  publish(change: Change): void {
    if (change.topic !== 'agent' || !this.#ports.isWatched()) return;
    this.#changed.add(change.id);
    if (this.#changed.size === 1) this.#ports.defer(() => this.#tell());
  }

  #tell(): void {
    for (const id of this.#changed) {
      const view = this.#ports.look(id);
      const picture = JSON.stringify(view);
      if (this.#told.get(id) === picture) continue;
      this.#told.set(id, picture);
      this.#ports.send({ v: 1, id, view });
    }
    this.#changed.clear();
  }
}
