// A call that was dialled at a phone of the bank, or comes from the trunk.
import { Call, type CallSetting } from './call.js';
import { freshName } from './listening.js';

/** A call that was dialled. */
export class OutgoingCall extends Call {
  #left = false;

  constructor(
    setting: CallSetting,
    channelId: string,
    who: string,
    /** The number as it was dialled: what the phone's display shows until the PBX tells more. */
    readonly dialled: string,
  ) {
    super(setting, channelId, who);
    this.display = { name: '', number: dialled };
  }

  // ARI's dial keeps the channel in a hidden bridge even after the answer. Its thread would at times take away the result of
  // a REFER that the channel's own thread waits for; a visit to any other bridge ends the stay in the hidden one. The visit
  // silences the channel and takes a call off hold, so it comes before the hold.
  protected override async leaveDialling(): Promise<boolean> {
    if (this.#left) return false;
    this.#left = true;
    const bridge = `bridges/${freshName('bridge')}`;
    await this.ari.command('POST', bridge, { type: 'mixing' });
    await this.ari.command('POST', `${bridge}/addChannel`, { channel: this.channelId });
    await this.ari.command('POST', `${bridge}/removeChannel`, { channel: this.channelId });
    await this.ari.command('DELETE', bridge);
    return true;
  }
}
