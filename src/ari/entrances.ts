/**
 * Legs that the dial plan offers (StasisBroadcast) and that enter the application once it has claimed them. An offer that is not
 * claimed in time goes back to the dial plan, so that a controller that hangs keeps nobody waiting.
 *
 *   CallBroadcast ──claim──▶ 204 ──▶ StasisStart … StasisEnd
 *                            404: the offer is over; 409: claimed before
 */
import type { AriConnection, AriEvent } from './connection.js';
import { eventChannel } from './event-shapes.js';

export class Entrances {
  readonly #connection: AriConnection;
  readonly #app: string;
  /** Legs known to be in the application. */
  readonly #inside = new Set<string>();

  constructor(connection: AriConnection, app: string) {
    this.#connection = connection;
    this.#app = app;
  }

  /** Any event of Asterisk. A leg that we dialled has not come in by itself. */
  heard(event: AriEvent, isOurs: (legId: string) => boolean): void {
    const legId = event.application === this.#app ? eventChannel(event)?.id : undefined;
    if (legId === undefined) return;
    if (event.type === 'CallBroadcast') this.claim(legId);
    else if (event.type === 'StasisStart' && !isOurs(legId)) this.entered(legId);
    else if (event.type === 'StasisEnd' || event.type === 'ChannelDestroyed') this.left(legId);
  }

  /** The dial plan offers the leg to us. StasisStart follows, unless the offer is over by now. */
  claim(legId: string): void {
    // Without an answer: the dial plan goes on with the caller.
    this.#ask(legId).catch(() => undefined);
  }

  entered(legId: string): void {
    this.#inside.add(legId);
  }

  left(legId: string): void {
    this.#inside.delete(legId);
  }

  /** Who leaves from now on is not heard of. */
  deaf(): void {
    this.#inside.clear();
  }

  /** Is the leg in the application? One that is only offered is claimed: it is about to enter. */
  async isIn(legId: string): Promise<boolean> {
    if (this.#inside.has(legId)) return true;
    const { status } = await this.#ask(legId);
    if (status === 409) this.#inside.add(legId);
    return status === 409;
  }

  #ask(channelId: string) {
    return this.#connection.request('POST', 'events/claim', { channelId, application: this.#app });
  }
}
