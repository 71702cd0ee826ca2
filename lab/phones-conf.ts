// The second Asterisk of the lab: many SIP phones and a telephone network, each call of it under ARI control.
import { type ConfFiles, included } from './conf.js';
import { type Peer, phonePassword } from './pbx-conf.js';
import type { Ports } from './ports.js';

/** Settings of the phone bank's Asterisk. */
export interface PhonesSettings {
  readonly phones: readonly string[];
  /** The PBX where the phones register and the trunk leads. */
  readonly pbx: Peer;
  /** The address the trunk's calls come from; the PBX tells trunk and phones apart by it. */
  readonly trunkHost: string;
  readonly ariUser: string;
  readonly ariPassword: string;
}

/** The log file, below the phones' Asterisk's folder of logs, that shows every SIP message. */
export const SIP_LOG = 'sip';

/**
 * What makes the phones register; it is loaded when the PBX is up. A REGISTER to one that is not is repeated: it was answered after that of
 * a phone registered anew meanwhile, and then ended as out of date, and with it the only contact that the PBX keeps for the number.
 */
export const REGISTRATION_MODULE = 'res_pjsip_outbound_registration.so';

/** The bank's own Stasis application. */
export const BANK_APP = 'lab';

const ENDPOINT = `type = endpoint
context = lab
disallow = all
allow = ulaw
direct_media = no
dtmf_mode = rfc4733
media_address = 127.0.0.1
bind_rtp_to_media_address = yes
trust_id_inbound = yes
send_connected_line = no
moh_passthrough = yes
`;

// moh_passthrough makes a hold a re-INVITE with sendonly, as a desk phone's hold key does.
const phone = (number: string, pbx: Peer): string => `[${number}]
${ENDPOINT}aors = ${number}
transport = transport
from_user = ${number}
outbound_auth = ${number}
[${number}]
type = aor
contact = sip:${pbx.host}:${pbx.port}
[${number}]
type = auth
auth_type = userpass
username = ${number}
password = ${phonePassword(number)}
[${number}]
type = registration
transport = transport
server_uri = sip:${pbx.host}:${pbx.port}
client_uri = sip:${number}@${pbx.host}:${pbx.port}
contact_user = ${number}
outbound_auth = ${number}
endpoint = ${number}
line = yes
max_random_initial_delay = 0
retry_interval = 1
forbidden_retry_interval = 1
fatal_retry_interval = 1
max_retries = 1000
expiration = 600
`;

const trunk = (pbx: Peer): string => `[trunk]
${ENDPOINT}aors = trunk
transport = transport-trunk
[trunk]
type = aor
contact = sip:${pbx.host}:${pbx.port}
[trunk]
type = identify
endpoint = trunk
match = ${pbx.host}
`;

/** The files of the role "phones". */
export function phonesFiles(settings: PhonesSettings, ports: Ports): ConfFiles {
  const transport = (name: string, host: string): string =>
    `[${name}]\ntype = transport\nprotocol = udp\nbind = ${host}:${ports.sip}\n`;
  return {
    'pjsip.conf': [
      '[global]\ntype = global\nuser_agent = lab-phones\n',
      transport('transport', '127.0.0.1'),
      transport('transport-trunk', settings.trunkHost),
      trunk(settings.pbx),
      ...settings.phones.map((number) => phone(number, settings.pbx)),
    ].join(''),
    'extensions.conf': [
      '[lab]',
      // An ARI answer comes when the test wants it; the endpoint's name says which phone rings.
      // biome-ignore lint/suspicious/noTemplateCurlyInString: dial plan variables
      'exten => _[0-9+*#]!,1,Stasis(lab,${CHANNEL(endpoint)},${EXTEN})',
      ' same => n,Hangup()',
      '',
    ].join('\n'),
    // The phones' SIP messages, once `pjsip set logger on` has been said.
    'logger.conf': `[general]\ndateformat = %F %T.%3q\n[logfiles]\nmessages => notice,warning,error\n${SIP_LOG} => verbose\n`,
    'ari.conf': [
      '[general]',
      included('ari-ringmaster.conf'),
      `[${settings.ariUser}](ringmaster-user)`,
      `password = ${settings.ariPassword}`,
      '',
    ].join('\n'),
  };
}
