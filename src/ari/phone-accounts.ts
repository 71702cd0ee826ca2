/**
 * Endpoints of phones in browsers, made over ARI in Asterisk's configuration that lives in memory (sorcery-ringmaster.conf maps it).
 * Seen with 22.10: 1 to 7 ms each; objects made later replace those of the same name; deleting them does not touch live calls.
 */
import type { PhoneAccount, PhoneAccounts, PutResult } from '../app/browser-phone/accounts.js';
import type { Log } from '../app/ports.js';
import { type AriConnection, AriUnavailable } from './connection.js';

type Fields = Readonly<Record<string, string>>;

const KINDS = ['endpoint', 'aor', 'auth'] as const;
type Kind = (typeof KINDS)[number];

export class AriPhoneAccounts implements PhoneAccounts {
  readonly #connection: Pick<AriConnection, 'request'>;
  readonly #more: Fields;
  readonly #log: Log;

  /** `more`: what the administrator adds to each endpoint, or has otherwise. */
  constructor(connection: Pick<AriConnection, 'request'>, more: Fields, log: Log) {
    this.#connection = connection;
    this.#more = more;
    this.#log = log;
  }

  /** The endpoint last: it is never there without its password. All are sent before anything else can be. */
  async put(account: PhoneAccount): Promise<PutResult> {
    const { endpoint } = account;
    const statuses = await Promise.all([
      this.#send('PUT', 'auth', endpoint, authOf(account)),
      this.#send('PUT', 'aor', endpoint, AOR),
      this.#send('PUT', 'endpoint', endpoint, { ...endpointOf(account), ...this.#more }),
    ]);
    if (statuses.includes(null)) return 'lost';
    return statuses.every((status) => status !== null && status < 300) ? 'done' : 'refused';
  }

  async remove(endpoint: string): Promise<void> {
    await Promise.all(KINDS.map((kind) => this.#send('DELETE', kind, endpoint)));
  }

  async endpoints(): Promise<readonly string[] | null> {
    try {
      const { status, body } = await this.#connection.request('GET', 'endpoints/PJSIP');
      return status === 200 && Array.isArray(body) ? body.flatMap(nameOf) : null;
    } catch (error) {
      this.#failed(error);
      return null;
    }
  }

  /** Answers the status alone: the body repeats the password. */
  async #send(method: 'PUT' | 'DELETE', kind: Kind, name: string, fields?: Fields): Promise<number | null> {
    const uri = `asterisk/config/dynamic/res_pjsip/${kind}/${encodeURIComponent(name)}`;
    const body = fields && { fields: Object.entries(fields).map(([attribute, value]) => ({ attribute, value })) };
    try {
      const { status } = await this.#connection.request(method, uri, undefined, body);
      return status;
    } catch (error) {
      this.#failed(error);
      return null;
    }
  }

  #failed(error: unknown): void {
    if (!(error instanceof AriUnavailable)) this.#log.error({ error: String(error) }, 'a request to Asterisk failed');
  }
}

/** The page that registers last has the phone; one that has gone without a word is not rung for long. */
const AOR: Fields = {
  max_contacts: '1',
  remove_existing: 'yes',
  // Long enough for a page whose timers run once a minute, because its tab is hidden.
  minimum_expiration: '30',
  default_expiration: '300',
  maximum_expiration: '300',
  qualify_frequency: '30',
};

function authOf({ endpoint, password }: PhoneAccount): Fields {
  return { auth_type: 'userpass', username: endpoint, password };
}

function endpointOf({ endpoint, name, number }: PhoneAccount): Fields {
  return {
    context: 'ringmaster-phones',
    message_context: 'ringmaster-phones',
    auth: endpoint,
    aors: endpoint,
    // A WebSocket that we pass on comes from our own address, which may be that of a trunk.
    identify_by: 'auth_username,username',
    webrtc: 'yes',
    dtls_auto_generate_cert: 'yes',
    disallow: 'all',
    allow: 'opus,alaw,ulaw',
    // As on any agent's phone: see pjsip-ringmaster.conf.
    direct_media: 'no',
    send_connected_line: 'yes',
    trust_connected_line: 'no',
    trust_id_outbound: 'yes',
    send_pai: 'yes',
    allow_transfer: 'yes',
    allow_subscribe: 'no',
    inband_progress: 'no',
    dtmf_mode: 'rfc4733',
    // A page that was closed says nothing: its voice stops.
    rtp_timeout: '10',
    callerid: `"${name.replaceAll(/["\\<>]/g, '')}" <${number}>`,
  };
}

function nameOf(endpoint: unknown): readonly string[] {
  const name: unknown = typeof endpoint === 'object' && endpoint !== null ? Reflect.get(endpoint, 'resource') : null;
  return typeof name === 'string' ? [name] : [];
}
