// A call that arrived at a phone of the bank, or at the trunk: ring, answer, refuse.
import type { AriChannel } from './ari.js';
import { Call, type CallSetting } from './call.js';

/** A call that arrived. */
export class IncomingCall extends Call {
  /** The caller as the INVITE showed it. */
  readonly callerNumber: string;
  readonly callerName: string;

  constructor(
    setting: CallSetting,
    channel: AriChannel,
    who: string,
    /** The number in the INVITE: the phone's own, or an outside number on the trunk. */
    readonly dialled: string,
  ) {
    super(setting, channel.id, who);
    this.callerNumber = channel.caller.number;
    this.callerName = channel.caller.name;
    this.display = channel.caller;
  }

  /** 180 Ringing. */
  async ring(): Promise<void> {
    await this.send('POST', '/ring');
  }

  /** 200 OK. False when the caller was gone by then. */
  answer(): Promise<boolean> {
    return this.send('POST', '/answer');
  }

  /** 486 Busy Here. */
  async busy(): Promise<void> {
    await this.send('DELETE', '', { reason_code: 17 });
  }

  /** Declines the call: the caller's side sees cause 21. */
  async reject(): Promise<void> {
    await this.send('DELETE', '', { reason_code: 21 });
  }

  /** A header of the INVITE, such as Call-Info. */
  async header(name: string): Promise<string> {
    const query = { variable: `PJSIP_HEADER(read,${name})` };
    const { body } = await this.ari.request('GET', `channels/${this.channelId}/variable`, query);
    const value = typeof body === 'object' && body !== null ? Reflect.get(body, 'value') : '';
    return typeof value === 'string' ? value : '';
  }
}
