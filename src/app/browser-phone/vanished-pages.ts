/**
 * A page whose WebSocket has closed in the middle of a call: has it gone, or was only the WebSocket cut? Its voice tells. The legs of
 * that agent alone are asked about, a few times, and none of those whose WebSocket is there.
 *
 *   closed ─► looked at ─ voice comes ─► looked at … ─► over: the WebSocket is back and voice comes, no leg is left, or enough looks
 *                └─ no voice between two looks ─► silent: whoever is talked to hears music ─ voice comes ─► as before
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
  readonly lookMs?: number;
}

/** Two looks, and nobody has heard nothing for two seconds. A page sends 50 packets a second, muted or not. */
const LOOK_MS = 750;
/** Longer than Asterisk waits for voice, and than a page on a slow computer needs to be loaded again. */
const MOST_LOOKS = 40;

interface Heard {
  readonly packets: number;
  /** Since the look before; null at the first. */
  readonly voice: boolean | null;
}

interface Watched {
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

  /** The WebSocket has closed, and nobody has asked it to. */
  closed(agentId: AgentId): void {
    const former = this.#forget(agentId);
    if (this.#ports.legsOf(agentId).length === 0) return;
    const watched: Watched = { looks: 0, back: false, legs: former?.legs ?? new Map(), timer: undefined };
    this.#watched.set(agentId, watched);
    this.#wait(agentId, watched);
  }

  /** A page of the agent's has a WebSocket. */
  opened(agentId: AgentId): void {
    const watched = this.#watched.get(agentId);
    if (watched !== undefined) watched.back = true;
  }

  stop(): void {
    for (const agentId of this.#watched.keys()) this.#forget(agentId);
  }

  #wait(agentId: AgentId, watched: Watched): void {
    watched.timer = setTimeout(() => void this.#look(agentId, watched), this.#ports.lookMs ?? LOOK_MS);
  }

  async #look(agentId: AgentId, watched: Watched): Promise<void> {
    const { voice, legsOf } = this.#ports;
    const asked = legsOf(agentId);
    const counts = await Promise.all(asked.map((legId) => voice.packetsFrom(legId)));
    // Closed once more meanwhile, or we are stopping.
    if (this.#watched.get(agentId) !== watched) return;
    const legs = new Map<LegId, Heard>();
    for (const [index, legId] of asked.entries()) {
      const heard = this.#heard(agentId, legId, watched.legs.get(legId), counts[index] ?? null);
      if (heard !== undefined) legs.set(legId, heard);
    }
    watched.legs = legs;
    watched.looks += 1;
    const allHeard = asked.every((legId) => legs.get(legId)?.voice === true);
    if ((watched.back && allHeard) || asked.length === 0 || watched.looks >= MOST_LOOKS) this.#forget(agentId);
    else this.#wait(agentId, watched);
  }

  /** Where Asterisk did not say it is as before. */
  #heard(agentId: AgentId, legId: LegId, before: Heard | undefined, packets: number | null): Heard | undefined {
    if (packets === null) return before;
    if (before === undefined) return { packets, voice: null };
    const voice = packets !== before.packets;
    if (voice && before.voice === false) this.#ports.heardAgain(agentId, legId);
    if (!voice && before.voice !== false) this.#ports.silent(agentId, legId);
    return { packets, voice };
  }

  #forget(agentId: AgentId): Watched | undefined {
    const watched = this.#watched.get(agentId);
    clearTimeout(watched?.timer);
    this.#watched.delete(agentId);
    return watched;
  }
}
