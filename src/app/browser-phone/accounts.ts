/** What phones in browsers need of the PBX: an endpoint with a password, for as long as a session lasts. `src/ari` implements it. */

export interface PhoneAccount {
  /** The endpoint's name, with which the phone also logs in. */
  readonly endpoint: string;
  readonly password: string;
  /** Who the phone belongs to. */
  readonly name: string;
  readonly number: string;
}

/** refused: the PBX is not set up to take endpoints from outside its files; lost: it does not answer. */
export type PutResult = 'done' | 'refused' | 'lost';

/** Requests reach the PBX in the order in which they are made here. Nothing rejects. */
export interface PhoneAccounts {
  /** Makes the endpoint, or gives the one there is this password. */
  put(account: PhoneAccount): Promise<PutResult>;
  /** No registration and no call with it any more. One that is not there is no error. */
  remove(endpoint: string): Promise<void>;
  /** Names of all endpoints of the PBX; null when it cannot be asked. */
  endpoints(): Promise<readonly string[] | null>;
}
