/**
 * A page whose WebSocket has closed, or does not answer, in the middle of a call: has it gone, or was only the WebSocket cut? Its voice
 * tells. The legs of that agent alone are asked about, a few times, and none of those whose WebSocket answers.
 *
 *   lost ─► looked at ─ voice comes ─► looked at … ─► over: the WebSocket is back and voice comes, no leg is left, or enough looks
 *              └─ no voice between two looks ─► silent: whoever is talked to hears music ─ voice comes ─► as before
 *
 * Of pages that speak with the PBX's own WebSocket nothing is known but their voice. They are looked at all the time they talk, less
 * often, and a moment without voice is not enough.
 *
 * Nothing is ended by this. A page that is only loaded again, however slowly, takes its calls up (`Resumption`); one that has gone for
 * good is ended by Asterisk, for want of voice.
 */
import type { AgentId, LegId } from '../../core/call/state.js';
import type { VoiceMeter } from './voice.js';

export interface VanishedPagesPorts {
  readonly voice: VoiceMeter;
  /** The agent's legs at the phone in the browser. */
  readonly legsOf: (agentId: AgentId) => readonly LegId[];
  /** Told once for each change. */
  readonly silent: (agentId: AgentId, legId: LegId) => void;
  readonly heardAgain: (agentId: AgentId, legId: LegId) => void;
  readonly hasCalls: (agentId: AgentId) => boolean;
}

/** How an agent's legs are looked at. */
interface Watch {
  readonly lookMs: number;
  /** So many looks in turn without voice are silence. */
  readonly silentLooks: number;
  readonly mostLooks: number;
}

/**
 * The WebSocket is gone, so voice that is missing too is enough. A page sends 50 packets a second, muted or not. 40 looks are longer
 * than Asterisk waits for voice, and than a page on a slow computer needs to be loaded again.
 */
const SUSPECTED: Watch = { lookMs: 750, silentLooks: 1, mostLooks: 40 };
/** A headset that is exchanged stops the voice for a second. */
const ALWAYS: Watch = { lookMs: 1_000, silentLooks: 2, mostLooks: Number.POSITIVE_INFINITY };

interface Heard {
  readonly packets: number;
  /** Looks in turn that found no voice since the one before. */
  readonly without: number;
}

interface Watched {
  readonly watch: Watch;
  looks: number;
  /** The page has a WebSocket again. */
  back: boolean;
  legs: ReadonlyMap<LegId, Heard>;
  timer: NodeJS.Timeout | undefined;
}

export class VanishedPages {
  readonly #ports: VanishedPagesPorts;
  readonly #watched = new Map<AgentId, Watched>();

  constructor(ports: VanishedPagesPorts) {
    this.#ports = ports;
  }

  /** The WebSocket has closed, and nobody has asked it to, or it does not answer. */
  lost(agentId: AgentId): void {
    const watched = this.#watched.get(agentId);
    // Looked at anew at once, a leg would have said nothing since a moment ago.
    if (watched !== undefined) Object.assign(watched, { looks: 0, back: false });
    else if (this.#ports.legsOf(agentId).length > 0) this.#begin(agentId, SUSPECTED);
  }

  /** The agent's phone may be a page of whose WebSocket nothing is known; to the end of the agent's calls. */
  talks(agentId: AgentId): void {
    if (!this.#watched.has(agentId)) this.#begin(agentId, ALWAYS);
  }

  /** A page of the agent's has a WebSocket, which answers. */
  back(agentId: AgentId): void {
    const watched = this.#watched.get(agentId);
    if (watched !== undefined) watched.back = true;
  }

  stop(): void {
    for (const agentId of this.#watched.keys()) this.#forget(agentId);
  }

  #begin(agentId: AgentId, watch: Watch): void {
    const watched: Watched = { watch, looks: 0, back: false, legs: new Map(), timer: undefined };
    this.#watched.set(agentId, watched);
    void this.#look(agentId, watched);
  }

  #wait(agentId: AgentId, watched: Watched): void {
    watched.timer = setTimeout(() => void this.#look(agentId, watched), watched.watch.lookMs);
  }

  async #look(agentId: AgentId, watched: Watched): Promise<void> {
    const { voice, legsOf } = this.#ports;
    const asked = legsOf(agentId);
    const counts = await Promise.all(asked.map((legId) => voice.packetsFrom(legId)));
    // We are stopping.
    if (this.#watched.get(agentId) !== watched) return;
    const legs = new Map<LegId, Heard>();
    for (const [index, legId] of asked.entries()) {
      const heard = this.#heard(agentId, legId, watched, counts[index] ?? null);
      if (heard !== undefined) legs.set(legId, heard);
    }
    watched.legs = legs;
    watched.looks += 1;
    if (this.#isOver(agentId, watched, asked)) this.#forget(agentId);
    else this.#wait(agentId, watched);
  }

  #isOver(agentId: AgentId, { watch, back, looks, legs }: Watched, asked: readonly LegId[]): boolean {
    if (watch === ALWAYS) return !this.#ports.hasCalls(agentId);
    // What was heard at the first look may have come long before it.
    const allHeard = looks > 1 && asked.every((legId) => legs.get(legId)?.without === 0);
    return (back && allHeard) || asked.length === 0 || looks >= watch.mostLooks;
  }

  /** Where Asterisk did not say it is as before. */
  #heard(agentId: AgentId, legId: LegId, { watch, legs }: Watched, packets: number | null): Heard | undefined {
    const before = legs.get(legId);
    if (packets === null || before === undefined) return packets === null ? before : { packets, without: 0 };
    const without = packets === before.packets ? before.without + 1 : 0;
    if (without === 0 && before.without >= watch.silentLooks) this.#ports.heardAgain(agentId, legId);
    if (without === watch.silentLooks) this.#ports.silent(agentId, legId);
    return { packets, without };
  }

  #forget(agentId: AgentId): void {
    clearTimeout(this.#watched.get(agentId)?.timer);
    this.#watched.delete(agentId);
  }
}
