/**
 * Agents at phones: who has logged in at a phone of the PBX by a feature code has that phone, and no other, until the session ends.
 * So an agent may sit down anywhere, and several may share a phone one after another.
 */
import type { AgentEvent } from '../core/agent/event.js';
import type { Agent } from '../core/agent/state.js';
import type { AgentId } from '../core/call/state.js';
import type { LoadedConfiguration, PhoneLogin } from './configuration-store.js';
import type { Configuring } from './configuring.js';
import type { Log } from './ports.js';

export interface PhoneLoginsPorts {
  readonly configuring: Configuring;
  readonly log: Log;
}

export class PhoneLogins {
  readonly #ports: PhoneLoginsPorts;

  constructor(ports: PhoneLoginsPorts) {
    this.#ports = ports;
  }

  /** Who has logged in at the phone, or null. */
  agentAt(address: string): AgentId | null {
    return this.#configuration.phoneLogins.find((login) => login.address === address)?.agentId ?? null;
  }

  /** Whoever was at the phone before is not there any more; the agent is at no other. Resolves once it is stored. */
  async logIn(agentId: AgentId, address: string): Promise<void> {
    await this.#ports.configuring.adjust(
      (store) => store.savePhoneLogin({ agentId, address }),
      () => this.#with({ agentId, address }),
    );
  }

  /** The session is over, however it ended. */
  agentPublished({ id: agentId }: Agent, events: readonly AgentEvent[]): void {
    if (!events.some(({ type }) => type === 'agent.loggedOut')) return;
    this.logOut(agentId).catch((error: unknown) => {
      this.#ports.log.warn({ agentId, error: String(error) }, 'an agent could not be taken off a phone');
    });
  }

  /** The agent is at no phone any more. Resolves once it is stored. */
  async logOut(agentId: AgentId): Promise<void> {
    if (!this.#configuration.phoneLogins.some((login) => login.agentId === agentId)) return;
    await this.#ports.configuring.adjust(
      (store) => store.removePhoneLogin(agentId),
      () => ({ ...this.#configuration, phoneLogins: this.#without(({ agentId: id }) => id === agentId) }),
    );
  }

  get #configuration(): LoadedConfiguration {
    return this.#ports.configuring.settings.source;
  }

  #with(login: PhoneLogin): LoadedConfiguration {
    const others = this.#without(({ agentId, address }) => agentId === login.agentId || address === login.address);
    return { ...this.#configuration, phoneLogins: [...others, login] };
  }

  #without(gone: (login: PhoneLogin) => boolean): readonly PhoneLogin[] {
    return this.#configuration.phoneLogins.filter((login) => !gone(login));
  }
}
