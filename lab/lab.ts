// The whole lab in one call: a PBX with the project's own configuration, and a bank of phones registered with it.
import { type Asterisk, DEFAULT_PHONES, startAsterisk } from './asterisk.js';
import type { ConfFiles } from './conf.js';
import { TRUNK_ADDRESSES } from './pbx-conf.js';
import { PhoneBank } from './phones.js';
import { freePorts } from './ports.js';

/** Settings of the lab; everything has a default. */
export interface LabOptions {
  /** Phone numbers; 101 to 110. */
  readonly phones?: readonly string[];
  /** Members of the PBX's own fallback queue. */
  readonly fallbackMembers?: readonly string[];
  /** Dial plan globals of the PBX. */
  readonly globals?: Readonly<Record<string, string>>;
  /** `shipped` for songs instead of the chord that tests recognise. */
  readonly music?: 'lab' | 'shipped';
  /** For phones in a browser; they need an address besides loopback: a network namespace with a pair of interfaces will do. */
  readonly webrtc?: boolean;
  /** Configuration appended to the PBX's. */
  readonly extraConf?: ConfFiles;
}

/** A running lab. */
export interface Lab {
  readonly pbx: Asterisk;
  readonly bank: PhoneBank;
  /** Stops both Asterisks and removes their folders. */
  stop(): Promise<void>;
}

/** Starts the lab and waits until every phone is registered. */
export async function startLab(options: LabOptions = {}): Promise<Lab> {
  const phones = options.phones ?? DEFAULT_PHONES;
  const pbxPorts = await freePorts();
  const bankPorts = await freePorts();
  const starting = await Promise.allSettled([
    startAsterisk({
      ...options,
      name: 'pbx',
      role: 'pbx',
      ports: pbxPorts,
      phones,
      trunkPeer: { host: TRUNK_ADDRESSES[0], port: bankPorts.sip },
    }),
    startAsterisk({
      name: 'phones',
      role: 'phones',
      ports: bankPorts,
      phones,
      pbx: { host: '127.0.0.1', port: pbxPorts.sip },
    }),
  ]);
  const started = starting.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  try {
    const [pbx, asterisk] = started;
    const failed = starting.find((result) => result.status === 'rejected');
    if (!pbx || !asterisk || failed) throw failed?.reason ?? new Error('the lab did not start');
    const bank = await PhoneBank.open(asterisk, pbx, phones);
    await bank.switchOn();
    return { pbx, bank, stop: () => stopAll([pbx, asterisk], bank) };
  } catch (error) {
    await stopAll(started);
    throw error;
  }
}

async function stopAll(asterisks: readonly Asterisk[], bank?: PhoneBank): Promise<void> {
  await bank?.close();
  await Promise.all(asterisks.map((asterisk) => asterisk.stop()));
}
