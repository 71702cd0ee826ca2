/**
 * Phones in agents' browsers. Each has a random password, for one session of its agent and one login:
 *
 *   none ──credentials──► open ──credentials again──► open, with another password; the page before has lost the phone
 *                          └── the session or the login ends ──► none, once the agent has no call any more
 *
 * Passwords are kept in memory only, here and in the PBX. After a restart of the PBX they are told it again; after one of ours the
 * endpoints of agents who are logged in stay as they are until the page, which was cut off too, asks for new ones.
 */
import { randomBytes } from 'node:crypto';
import type { AgentEvent } from '../../core/agent/event.js';
import type { AgentId, CallId, Instant } from '../../core/call/state.js';
import { isRefusal, type Refusal, refuse } from '../../core/refusal.js';
import type { Viewer } from '../application.js';
import type { Clock, Log } from '../ports.js';
import type { SettingsInForce } from '../settings-in-force.js';
import type { PhoneAccount, PhoneAccounts } from './accounts.js';
import type { PhoneCredentials } from './credentials.js';
import { browserDeviceOf, browserEndpoint, isBrowserEndpoint } from './device.js';
import type { BrowserPhoneOperations, BrowserPhoneSettings, PhoneAdmission } from './operations.js';
import type { Resumption } from './resumption.js';
import type { VanishedPages } from './vanished-pages.js';

export interface BrowserPhonesPorts {
  readonly accounts: PhoneAccounts;
  readonly phoneSettings: BrowserPhoneSettings;
  readonly settings: () => SettingsInForce;
  readonly isLoggedIn: (agentId: AgentId) => boolean;
  readonly resumption: Pick<Resumption, 'resume' | 'legsOf'>;
  readonly vanished: Pick<VanishedPages, 'lost' | 'back' | 'talks' | 'stop'>;
  readonly hasCalls: (agentId: AgentId) => boolean;
  readonly clock: Clock;
  readonly log: Log;
}

interface OpenPhone {
  readonly agentId: AgentId;
  /** The login that asked for it. */
  readonly tokenHash: string | null;
  readonly account: PhoneAccount;
  readonly ticket: string;
  readonly ticketUntil: Instant;
  readonly over: AbortController;
  /** Its session or login is over: it goes when the agent has no call any more. */
  leaving: boolean;
}

/** From the answer to the opening of the WebSocket. */
const TICKET_MS = 30_000;
/** No name that could be looked up: the endpoint is found by the user's part of the address. */
const DOMAIN = 'ringmaster';

export class BrowserPhones implements BrowserPhoneOperations {
  readonly #ports: BrowserPhonesPorts;
  readonly #open = new Map<AgentId, OpenPhone>();
  readonly #tickets = new Map<string, OpenPhone>();

  constructor(ports: BrowserPhonesPorts) {
    this.#ports = ports;
  }

  /** A new password for the agent's phone; whoever has the present one loses the phone. */
  async credentials({ agentId, tokenHash }: Viewer): Promise<PhoneCredentials | Refusal> {
    const { accounts, isLoggedIn, log } = this.#ports;
    const account = this.#newAccount(agentId);
    if (isRefusal(account)) return account;
    if (!isLoggedIn(agentId)) return refuse('notLoggedIn', 'Log in first.');
    const phone = this.#begin(agentId, tokenHash ?? null, account);
    const result = await accounts.put(account);
    if (phone.over.signal.aborted)
      return refuse('changedMeanwhile', 'The phone was asked for elsewhere, or has ended.');
    if (result === 'done') return this.#told(phone);
    this.#end(phone, 'ended');
    if (result === 'refused')
      log.warn({ agentId }, 'The PBX does not take phones of browsers: see sorcery-ringmaster.conf');
    return refuse('phoneSystemUnavailable', 'The phone system does not take phones of browsers at the moment.');
  }

  resume(agentId: AgentId): readonly CallId[] {
    return this.#ports.resumption.resume(agentId);
  }

  /** Whose WebSocket this is; each ticket is good once. */
  admit(ticket: string): PhoneAdmission | null {
    const phone = this.#tickets.get(ticket);
    if (phone === undefined) return null;
    this.#tickets.delete(ticket);
    const { agentId, over, ticketUntil } = phone;
    if (ticketUntil < this.#ports.clock.now() || over.signal.aborted) return null;
    const { vanished, resumption } = this.#ports;
    vanished.back(agentId);
    // Where it was ended by us, or another page has the phone, nobody has vanished.
    const lost = () => over.signal.aborted || vanished.lost(agentId);
    const back = () => over.signal.aborted || vanished.back(agentId);
    const talks = () => resumption.legsOf(agentId).length > 0;
    return { agentId, over: over.signal, talks, closed: lost, quiet: lost, answers: back };
  }

  /** Those who hold a phone now, to be asked whether their login is still good. */
  holders(): readonly { readonly agentId: AgentId; readonly tokenHash: string | null }[] {
    return [...this.#open.values()].map(({ agentId, tokenHash }) => ({ agentId, tokenHash }));
  }

  /** A login, or all of an agent's, is no longer good. */
  loginEnded(ended: { readonly tokenHash?: string; readonly agentId?: AgentId }): void {
    for (const phone of this.#open.values()) {
      if (phone.tokenHash === ended.tokenHash || phone.agentId === ended.agentId) this.#leave(phone);
    }
  }

  agentPublished(events: readonly AgentEvent[]): void {
    for (const { type, agentId } of events) {
      if (type === 'agent.loggedOut') this.#sessionEnded(agentId);
      if (type === 'agent.engaged') this.#watchVoice(agentId);
      const phone = type === 'agent.released' ? this.#open.get(agentId) : undefined;
      if (phone?.leaving === true) this.#leave(phone);
    }
  }

  /** Accounts may have lost their phone, or have another. */
  configured(): void {
    for (const phone of this.#open.values()) {
      if (this.#endpointOf(phone.agentId) !== phone.account.endpoint) this.#leave(phone);
    }
  }

  /** The PBX can be commanded again: it may have forgotten everything, or missed the end of sessions. */
  async connected(): Promise<void> {
    for (const { account } of this.#open.values()) void this.#ports.accounts.put(account);
    const names = await this.#ports.accounts.endpoints();
    if (names === null) return;
    const { isLoggedIn, settings, accounts, hasCalls } = this.#ports;
    for (const agentId of settings().agents.keys()) if (hasCalls(agentId)) this.#watchVoice(agentId);
    for (const name of names.filter(isBrowserEndpoint)) {
      const owner = settings().agentByEndpoint.get(`PJSIP/${name}`);
      if (owner === undefined || !isLoggedIn(owner.id)) void accounts.remove(name);
    }
  }

  /** Every WebSocket is told that it is over; the endpoints stay, for conversations go on without us. */
  stop(): void {
    this.#ports.vanished.stop();
    for (const { over } of this.#open.values()) over.abort('stopped');
    this.#open.clear();
    this.#tickets.clear();
  }

  /** A page that has its WebSocket with the PBX itself can be known by its voice alone. */
  #watchVoice(agentId: AgentId): void {
    const { phoneSettings, vanished } = this.#ports;
    if (phoneSettings.url !== null && this.#endpointOf(agentId) !== null) vanished.talks(agentId);
  }

  #newAccount(agentId: AgentId): PhoneAccount | Refusal {
    const agent = this.#ports.settings().agents.get(agentId);
    const endpoint = this.#endpointOf(agentId);
    if (agent === undefined || endpoint === null) {
      return refuse('noDevice', 'Your account has no phone in the browser.');
    }
    return { endpoint, password: secret(), name: agent.name, number: agent.number };
  }

  #endpointOf(agentId: AgentId): string | null {
    const device = browserDeviceOf(this.#ports.settings().agents.get(agentId));
    return device === null ? null : browserEndpoint(device.address);
  }

  #begin(agentId: AgentId, tokenHash: string | null, account: PhoneAccount): OpenPhone {
    const before = this.#open.get(agentId);
    if (before !== undefined) this.#close(before, 'superseded');
    const ticketUntil = this.#ports.clock.now() + TICKET_MS;
    const over = new AbortController();
    const phone = { agentId, tokenHash, account, ticket: secret(), ticketUntil, over, leaving: false };
    this.#open.set(agentId, phone);
    this.#tickets.set(phone.ticket, phone);
    return phone;
  }

  #told({ account, ticket }: OpenPhone): PhoneCredentials {
    const { url, iceServers } = this.#ports.phoneSettings;
    return {
      url: url ?? `/phone?ticket=${ticket}`,
      uri: `sip:${account.endpoint}@${DOMAIN}`,
      username: account.endpoint,
      password: account.password,
      displayName: account.name,
      iceServers,
    };
  }

  /** A conversation is not cut off: without its WebSocket the phone could not even hang up. */
  #leave(phone: OpenPhone): void {
    if (this.#ports.hasCalls(phone.agentId)) phone.leaving = true;
    else this.#end(phone, 'ended');
  }

  #sessionEnded(agentId: AgentId): void {
    const phone = this.#open.get(agentId);
    if (phone !== undefined) {
      this.#end(phone, 'ended');
      return;
    }
    // Made before we were started anew.
    const endpoint = this.#endpointOf(agentId);
    if (endpoint !== null) void this.#ports.accounts.remove(endpoint);
  }

  #end(phone: OpenPhone, why: 'ended'): void {
    this.#close(phone, why);
    void this.#ports.accounts.remove(phone.account.endpoint);
  }

  #close(phone: OpenPhone, why: 'ended' | 'superseded'): void {
    this.#tickets.delete(phone.ticket);
    if (this.#open.get(phone.agentId) === phone) this.#open.delete(phone.agentId);
    phone.over.abort(why);
  }
}

/** 32 letters and digits, 192 bits. */
function secret(): string {
  return randomBytes(24).toString('base64url');
}
