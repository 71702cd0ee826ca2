/** What a page is given; the desktop reads these types too, so this file imports nothing. */

/** A server that tells a browser its public address (STUN), or passes its voice on (TURN); as WebRTC writes it. */
export interface IceServer {
  readonly urls: readonly string[];
  readonly username?: string;
  readonly credential?: string;
}

/** What a page needs to be the agent's phone until the session ends, or another page asks for the same. */
export interface PhoneCredentials {
  /** Of the SIP WebSocket: whole, or a path on the server that gave this; such a path is good once, and for half a minute. */
  readonly url: string;
  readonly uri: string;
  readonly username: string;
  readonly password: string;
  readonly displayName: string;
  readonly iceServers: readonly IceServer[];
}
