/**
 * Runs what a key means: a command of the catalogue, as the agent. Whoever pressed is told by a tone how it went, unless that is heard
 * anyway. A number that belongs to it is asked for while the other party waits on hold; whatever goes wrong then brings the agent
 * back to that party.
 */
import type { Language, LegId, LineId, SoundItem } from '../../core/call/state.js';
import type { Option } from '../../core/option/option.js';
import type { Execute } from '../catalogue/execute.js';
import type { AgentAccount } from '../directory.js';
import type { PhoneSystem } from '../phone-system.js';
import type { SettingsInForce } from '../settings-in-force.js';
import type { Switchboard } from '../switchboard.js';
import { commandsOf, isSilent } from './option-command.js';
import { hearsSomething, type Situation, situationOf } from './situation.js';

export interface OptionRunnerPorts {
  readonly execute: Execute;
  readonly phones: Pick<PhoneSystem, 'tell'>;
  readonly switchboard: () => Switchboard;
  readonly settings: () => SettingsInForce;
  readonly callIdsOf: (agentId: string) => readonly string[];
}

/** Shipped with Asterisk, in English and in Russian. */
const DONE = ['beep'];
const REFUSED = ['beeperr'];
const NUMBER_REFUSED = ['beeperr', 'cannot-complete-as-dialed'];
const NUMBER_PLEASE = ['pbx-transfer'];

interface Asking {
  readonly lineId: LineId;
  /** Resolves when the prompt was heard. What is played on a leg keeps back whatever is done with the leg. */
  readonly prompted: Promise<void>;
}

export class OptionRunner {
  readonly #ports: OptionRunnerPorts;
  /** A number may be typed before the line is on hold; null: it could not be put there. */
  readonly #asking = new Map<LegId, Promise<Asking | null>>();

  constructor(ports: OptionRunnerPorts) {
    this.#ports = ports;
  }

  async run(legId: LegId, option: Option): Promise<void> {
    if (!(await this.#execute(legId, option, null))) await this.#tell(legId, REFUSED);
    else if (isSilent(option)) await this.#tell(legId, DONE);
  }

  /** False when it cannot be asked for now; then nothing has changed. */
  async ask(legId: LegId): Promise<boolean> {
    const asking = this.#ask(legId);
    this.#asking.set(legId, asking);
    return (await asking) !== null;
  }

  async #ask(legId: LegId): Promise<Asking | null> {
    const situation = this.#situation(legId);
    const line = situation?.line ?? null;
    if (situation === null || line === null) return null;
    const held = situation.isAway || (await this.#command(situation, 'call.hold', { lineId: line.id }));
    if (!held) {
      await this.#tell(legId, REFUSED);
      return null;
    }
    return { lineId: line.id, prompted: this.#tell(legId, NUMBER_PLEASE) };
  }

  /** The number that was asked for has been typed. */
  async runWith(legId: LegId, option: Option, number: string): Promise<void> {
    const asking = await this.#asked(legId);
    if (asking === null) return;
    if (!(await this.#execute(legId, option, number))) await this.#back(legId, asking, NUMBER_REFUSED);
  }

  /** No number after all. */
  async giveUp(legId: LegId, why: 'cancelled' | 'nothingTyped'): Promise<void> {
    const asking = await this.#asked(legId);
    if (asking !== null) await this.#back(legId, asking, why === 'cancelled' ? [] : REFUSED);
  }

  /** The leg is gone. */
  forget(legId: LegId): void {
    this.#asking.delete(legId);
  }

  /** The prompt is over. */
  async #asked(legId: LegId): Promise<Asking | null> {
    const begun = this.#asking.get(legId);
    this.#asking.delete(legId);
    const asking = (await begun) ?? null;
    await asking?.prompted;
    return asking;
  }

  /** Told first: to the party the agent comes back listening. */
  async #back(legId: LegId, asking: Asking, sounds: readonly string[]): Promise<void> {
    await this.#tell(legId, sounds);
    const situation = this.#situation(legId);
    if (situation === null) return;
    await this.#command(situation, 'call.resume', { lineId: asking.lineId });
  }

  /** False when it was refused. Of a call that is over by now there is nobody to be told. */
  async #execute(legId: LegId, option: Option, number: string | null): Promise<boolean> {
    const situation = this.#situation(legId);
    if (situation === null) return true;
    for (const { name, input } of commandsOf(option, situation, number, this.#ports.callIdsOf(situation.agentId))) {
      if (!(await this.#accepted(situation, name, input))) return false;
    }
    return true;
  }

  #command(situation: Situation, name: string, input: object): Promise<boolean> {
    return this.#accepted(situation, name, { callId: situation.call.id, ...input });
  }

  async #accepted(situation: Situation, name: string, input: object): Promise<boolean> {
    const account = this.#account(situation);
    if (account === undefined) return false;
    const { id: agentId, role } = account;
    return (await this.#ports.execute({ agentId, role }, name, input)).ok;
  }

  #situation(legId: LegId): Situation | null {
    return situationOf(this.#ports.switchboard().withLeg(legId)?.call ?? null, legId);
  }

  #account({ agentId }: Situation): AgentAccount | undefined {
    return this.#ports.settings().agents.get(agentId);
  }

  /** A leg that is gone by now is told nothing. */
  async #tell(legId: LegId, sounds: readonly string[]): Promise<void> {
    const situation = this.#situation(legId);
    if (situation === null || sounds.length === 0) return;
    const items = sounds.map((name): SoundItem => ({ kind: 'sound', name }));
    const { call, leg } = situation;
    const language: Language = (leg.agentId === null ? undefined : this.#account(situation)?.language) ?? call.language;
    await this.#ports.phones.tell(legId, items, language, hearsSomething(call, legId));
  }
}
