// What the lab adds to the project's own asterisk-conf files to make a PBX of it: ports, phones, the trunk's peer.
import { type ConfFiles, included } from './conf.js';
import type { Ports } from './ports.js';

/** A SIP peer on loopback. */
export interface Peer {
  readonly host: string;
  readonly port: number;
}

/** Settings of a lab PBX. */
export interface PbxSettings {
  /** Numbers of the agents' phones; each registers with {@link phonePassword}. */
  readonly phones: readonly string[];
  /** Where calls to outside numbers go: the endpoint `trunk` of this PBX. */
  readonly trunkPeer: Peer;
  /** Phones that are members of the fallback queue. */
  readonly fallbackMembers: readonly string[];
  /** Dial plan globals, such as RINGMASTER_RETRIES. */
  readonly globals: Readonly<Record<string, string>>;
  readonly ariUser: string;
  readonly ariPassword: string;
}

/** Calls from these addresses enter as trunk calls: .2 is the phone bank's, .3 is for SIPp. */
export const TRUNK_ADDRESSES = ['127.0.0.2', '127.0.0.3'] as const;

/** The SIP password of a lab phone. */
export const phonePassword = (number: string): string => `lab-${number}-secret`;

// Endpoints with a media address never look up the machine's host name per SDP, which stalls calls where DNS is silent.
const MEDIA = 'media_address = 127.0.0.1\nbind_rtp_to_media_address = yes\n';

const phone = (number: string): string => `[${number}](ringmaster-phone)
auth = ${number}
aors = ${number}
callerid = "Phone ${number}" <${number}>
${MEDIA}[${number}](ringmaster-phone-auth)
username = ${number}
password = ${phonePassword(number)}
[${number}](ringmaster-phone-aor)
`;

const trunk = (peer: Peer): string => `[trunk](ringmaster-trunk)
aors = trunk
${MEDIA}[trunk](ringmaster-trunk-aor)
qualify_frequency = 0
contact = sip:${peer.host}:${peer.port}
[trunk](ringmaster-trunk-identify)
endpoint = trunk
${TRUNK_ADDRESSES.map((address) => `match = ${address}`).join('\n')}
`;

/** The files of the role "pbx". */
export function pbxFiles(settings: PbxSettings, ports: Ports): ConfFiles {
  const globals = Object.entries(settings.globals).map(([name, value]) => `${name} = ${value}`);
  const members = settings.fallbackMembers.map((number) => `member => PJSIP/${number}`);
  return {
    'pjsip.conf': [
      `[global]\ntype = global\nuser_agent = lab-pbx\n[transport]\ntype = transport\nprotocol = udp`,
      `bind = 127.0.0.1:${ports.sip}`,
      included('pjsip-ringmaster.conf'),
      '[transport-ws](ringmaster-ws)',
      ...settings.phones.map(phone),
      trunk(settings.trunkPeer),
    ].join('\n'),
    'sorcery.conf': `${included('sorcery-ringmaster.conf')}\n`,
    'extensions.conf': ['[globals]', ...globals, included('extensions-ringmaster.conf'), ''].join('\n'),
    'queues.conf': [
      '[general]',
      included('queues-ringmaster.conf'),
      ...(members.length > 0 ? ['[ringmaster-fallback](+)', ...members] : []),
      '',
    ].join('\n'),
    'ari.conf': [
      '[general]',
      included('ari-ringmaster.conf'),
      `[${settings.ariUser}](ringmaster-user)`,
      `password = ${settings.ariPassword}`,
      '',
    ].join('\n'),
  };
}
