/**
 * The words of the connection to Asterisk: what is asked, what is answered, in which state it is.
 */

/** The part of a logger that the connection needs; a pino logger satisfies it. */
export interface AriLogger {
  debug(details: object, message: string): void;
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

/** Where Asterisk's ARI is and how to log in there. */
export interface AriCredentials {
  /** `http://host:port`, without a path. */
  readonly url: string;
  readonly username: string;
  readonly password: string;
}

/** How to reach Asterisk, and how patiently. */
export interface AriConnectionOptions extends AriCredentials {
  /** Name of the Stasis application: the first argument of `Stasis()` in the dial plan. */
  readonly app: string;
  /** How long an answer, or a connection attempt, may take. Default 5000. */
  readonly requestTimeoutMs?: number;
  /** Time between two heartbeats; a pong that is missing when the next is due ends the socket. Default 5000. */
  readonly pingIntervalMs?: number;
  /** The longest pause between two attempts; the first pause is 100 ms, each next one twice as long. Default 2000. */
  readonly maxRetryDelayMs?: number;
  readonly log: AriLogger;
}

export type AriMethod = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** Parameters of a request's URI; an `undefined` one is left out. */
export type AriQuery = Readonly<Record<string, string | number | boolean | undefined>>;

/** Asterisk's answer to a request, whatever its status: 404 is an answer too. */
export interface AriResponse {
  readonly status: number;
  readonly reason: string;
  /** The parsed JSON body; `undefined` when there is none. */
  readonly body: unknown;
}

/** An event as Asterisk sent it; its type may be one that this version does not know. */
export interface AriEvent {
  readonly type: string;
  readonly [field: string]: unknown;
}

/**
 * disconnected → connecting → connected → disconnected → …   for ever, until one of the two last ones:
 * replaced: another controller has connected with the same application name; this one must stop commanding. Never left but to closed.
 * closed: `close()` was called. Never left.
 */
export type AriStatus = 'connecting' | 'connected' | 'disconnected' | 'replaced' | 'closed';

/**
 * Why there is no connection:
 * unreachable: nobody listens there; unauthorized: wrong user name or password; not_ready: there, but ARI is not (yet) served;
 * unresponsive: connected, but a heartbeat or the first request stayed unanswered; cut: the socket was closed.
 */
export type AriFailure = 'unreachable' | 'unauthorized' | 'not_ready' | 'unresponsive' | 'cut';

/** What is known beside the status. */
export interface AriStatusInfo {
  /** With `connected`: when this Asterisk was started. Another value than before: Asterisk was restarted and all its calls are gone. */
  readonly startupTime?: string;
  /** With `connected`: Asterisk's version. */
  readonly asteriskVersion?: string;
  /** With `disconnected`. */
  readonly failure?: AriFailure;
  /** With `disconnected`: the failure as a sentence. */
  readonly message?: string;
}

/**
 * ARI_NOT_CONNECTED: not sent, Asterisk has done nothing.
 * ARI_CONNECTION_LOST, ARI_TIMEOUT: sent without an answer, Asterisk may or may not have done it.
 */
export type AriUnavailableCode = 'ARI_NOT_CONNECTED' | 'ARI_CONNECTION_LOST' | 'ARI_TIMEOUT';

/** A request got no answer; `code` says whether Asterisk may have executed it. */
export class AriUnavailable extends Error {
  override readonly name = 'AriUnavailable';

  constructor(
    readonly code: AriUnavailableCode,
    message: string,
  ) {
    super(message);
  }
}
