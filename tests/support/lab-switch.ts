/** A few lines of ARI on the lab's PBX that connect calls as a test says, to prove the lab without the product. */
import { setTimeout as pause } from 'node:timers/promises';
import { type AriEvent, LabAri } from '../../lab/ari.js';
import type { OutgoingCall } from '../../lab/call.js';
import type { IncomingCall } from '../../lab/incoming-call.js';
import type { Lab } from '../../lab/lab.js';
import { freshName } from '../../lab/listening.js';
import { REFER_READY_MS } from '../../src/ari/steps.js';

/** A call of a phone, and the PBX's channel for it. */
export interface Leg<C> {
  readonly call: C;
  readonly channelId: string;
}

/** A conversation of two phones. */
export interface Pair {
  readonly calling: Leg<OutgoingCall>;
  readonly called: Leg<IncomingCall>;
}

export class LabSwitch {
  readonly ari: LabAri;
  readonly #lab: Lab;

  private constructor(lab: Lab, ari: LabAri) {
    this.#lab = lab;
    this.ari = ari;
  }

  static async start(lab: Lab): Promise<LabSwitch> {
    return new LabSwitch(lab, await LabAri.connect(lab.pbx, 'ringmaster'));
  }

  /** A phone dials; its call waits unanswered, and its REFERs come here. */
  async dialled(dial: () => Promise<OutgoingCall>): Promise<Leg<OutgoingCall>> {
    const arriving = this.next('StasisStart');
    const call = await dial();
    const channelId = (await arriving).channel?.id ?? '';
    await this.set(channelId, 'PJSIP_TRANSFER_HANDLING()', 'ari-only');
    return { call, channelId };
  }

  /** Rings a phone and returns the channel; answered or not is the phone's business. */
  async ring(number: string): Promise<string> {
    const channelId = freshName('leg');
    const started = this.next('StasisStart', channelId);
    const create = { endpoint: `PJSIP/${number}`, app: this.ari.app, channelId };
    const variables = { 'PJSIP_TRANSFER_HANDLING()': 'ari-only' };
    await this.ari.command('POST', 'channels/create', create, { variables });
    await started;
    await this.ari.command('POST', `channels/${channelId}/dial`);
    return channelId;
  }

  /** Rings a phone, which is answered. */
  async answered(number: string): Promise<Leg<IncomingCall>> {
    const channelId = await this.ring(number);
    const call = await this.#lab.bank.phone(number).nextCall();
    await call.answer();
    await call.untilAnswered();
    return { call, channelId };
  }

  /** One phone calls another, and they are connected. */
  async talk(from: string, to: string): Promise<Pair> {
    const calling = await this.dialled(() => this.#lab.bank.phone(from).dial(to));
    const called = await this.answered(to);
    await this.answer(calling.channelId);
    await calling.call.untilAnswered();
    await this.join(calling.channelId, called.channelId);
    return { calling, called };
  }

  /** A fresh bridge with the channels. */
  async join(...channelIds: readonly string[]): Promise<string> {
    const bridgeId = freshName('bridge');
    await this.ari.command('POST', `bridges/${bridgeId}`, { type: 'mixing,dtmf_events' });
    await this.ari.command('POST', `bridges/${bridgeId}/addChannel`, { channel: channelIds.join(',') });
    return bridgeId;
  }

  async answer(channelId: string): Promise<void> {
    await this.ari.command('POST', `channels/${channelId}/answer`);
  }

  async set(channelId: string, variable: string, value: string): Promise<void> {
    await this.ari.command('POST', `channels/${channelId}/variable`, { variable, value });
  }

  /** The next event of the type, of the channel where one is named. */
  next(type: string, channelId?: string): Promise<AriEvent> {
    const matches = (event: AriEvent): boolean =>
      event.type === type && (channelId === undefined || event.channel?.id === channelId);
    return this.ari.next(matches, `${type} ${channelId ?? ''}`);
  }

  /** The next REFER, once it may be answered. Asterisk sends the event again for each progress told, then with a state. */
  async refer(): Promise<AriEvent> {
    const matches = ({ type, state }: AriEvent): boolean => type === 'ChannelTransfer' && state === undefined;
    const event = await this.ari.next(matches, 'a REFER');
    await pause(REFER_READY_MS);
    return event;
  }

  /** Tells the phone that transfers how it goes: `channel_progress`, `channel_answered`, and so on. */
  async tell(channelId: string, ...states: readonly string[]): Promise<void> {
    for (const state of states)
      await this.ari.command('POST', `channels/${channelId}/transfer_progress`, { states: state });
  }

  stop(): Promise<void> {
    return this.ari.close();
  }
}
