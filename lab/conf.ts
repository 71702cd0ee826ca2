// The configuration every lab Asterisk shares: folders, modules, logging, HTTP, RTP.
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Install, projectRoot } from './install.js';
import type { Ports } from './ports.js';

/** File name → contents, written to the private configuration folder. */
export type ConfFiles = Readonly<Record<string, string>>;

/** The includable files that an administrator's own Asterisk uses, too. */
export const asteriskConf = join(projectRoot, 'asterisk-conf');

/** The path of one includable file. */
export const included = (name: string): string => `#include "${join(asteriskConf, name)}"`;

// Asterisk complains at start about each optional file that is missing; an empty one is quiet.
const EMPTY = [
  'acl.conf ccss.conf cdr.conf cel.conf cli_aliases.conf cli_permissions.conf codecs.conf dnsmgr.conf enum.conf',
  'features.conf followme.conf geolocation.conf manager.conf pjproject.conf pjsip_notify.conf',
  'pjsip_wizard.conf prometheus.conf res_parking.conf res_stun_monitor.conf sorcery.conf stasis.conf statsd.conf',
  'extconfig.conf queuerules.conf aeap.conf amd.conf confbridge.conf dsp.conf smdi.conf',
  'websocket_client.conf chan_websocket.conf queues.conf adsi.conf',
].flatMap((line) => line.split(' '));

// Modules the lab never needs: left out for a faster start and a quiet log.
const NOLOAD = [
  'app_adsiprog app_agent_pool app_alarmreceiver app_festival app_followme app_getcpeid app_minivm app_mp3',
  'app_page app_sms app_test app_url app_voicemail_imap app_voicemail_odbc app_zapateller app_ices app_jack app_dahdiras',
  'app_flash app_meetme app_ivrdemo app_skel app_saycounted app_statsd app_broadcast app_morsecode app_mf app_sf',
  'cdr_adaptive_odbc cdr_csv cdr_custom cdr_manager cdr_odbc cdr_pgsql cdr_radius cdr_sqlite3_custom cdr_tds cdr_syslog',
  'cdr_beanstalkd cel_beanstalkd cel_custom cel_manager cel_odbc cel_pgsql cel_radius cel_sqlite3_custom cel_tds',
  'chan_alsa chan_console chan_dahdi chan_iax2 chan_mgcp chan_mobile chan_motif chan_ooh323 chan_phone chan_sip',
  'chan_skinny chan_unistim chan_oss format_mp3 func_odbc func_aes func_frame_trace pbx_ael pbx_dundi pbx_lua pbx_realtime',
  'res_ael_share res_calendar res_calendar_caldav res_calendar_ews res_calendar_exchange res_calendar_icalendar',
  'res_config_curl res_config_ldap res_config_odbc res_config_pgsql res_config_sqlite3 res_corosync res_fax',
  'res_fax_spandsp res_hep res_hep_pjsip res_hep_rtcp res_http_post res_http_media_cache res_odbc',
  'res_odbc_transaction res_phoneprov res_pjsip_phoneprov_provider res_prometheus res_snmp res_statsd',
  'res_stir_shaken res_pjsip_stir_shaken res_tonedetect res_timing_pthread res_timing_dahdi res_xmpp res_smdi res_adsi',
  'res_calendar res_clialiases res_stun_monitor res_pktccops res_aeap res_speech_aeap res_config_mysql res_geolocation',
  'res_pjsip_geolocation res_chan_stats res_endpoint_stats res_cliexec res_resolver_unbound res_audiosocket',
  'chan_audiosocket app_audiosocket res_ari_mailboxes res_mwi_external res_stasis_mailbox res_mwi_external_ami',
].flatMap((line) => line.split(' '));

/** Folders of one instance, all private to it. */
export interface Folders {
  readonly conf: string;
  readonly spool: string;
  readonly run: string;
  readonly log: string;
  readonly lib: string;
}

/** Makes the private folders below the base folder. */
export async function makeFolders(base: string): Promise<Folders> {
  const folders = {
    conf: join(base, 'etc'),
    spool: join(base, 'spool'),
    run: join(base, 'run'),
    log: join(base, 'log'),
    lib: join(base, 'lib'),
  };
  await Promise.all(Object.values(folders).map((folder) => mkdir(folder, { recursive: true })));
  // Without spool/recording every recording answers 500.
  await mkdir(join(folders.spool, 'recording'), { recursive: true });
  await mkdir(join(folders.lib, 'keys'));
  // Recordings may be played back by name: "recording:x" looks under the spool, "sound:recordings/x" under the data folder.
  await symlink(join(folders.spool, 'recording'), join(folders.lib, 'recordings'));
  return folders;
}

function directories(found: Install, folders: Folders): string {
  return `[directories]
astetcdir = ${folders.conf}
astmoddir = ${found.modules}
astvarlibdir = ${folders.lib}
astdbdir = ${folders.lib}
astkeydir = ${folders.lib}
astdatadir = ${found.data}
astagidir = ${folders.lib}
astspooldir = ${folders.spool}
astrundir = ${folders.run}
astlogdir = ${folders.log}
astsbindir = ${folders.lib}
[options]
verbose = 0
documentation_language = en_US
systemname = ringmaster-lab
`;
}

/** The files that are the same for every role. */
export function commonFiles(found: Install, folders: Folders, ports: Ports): ConfFiles {
  return {
    ...Object.fromEntries(EMPTY.map((name) => [name, ''])),
    'asterisk.conf': directories(found, folders),
    'modules.conf': ['[modules]', 'autoload = yes', ...NOLOAD.map((name) => `noload = ${name}.so`), ''].join('\n'),
    'logger.conf': '[general]\ndateformat = %F %T.%3q\n[logfiles]\nmessages => notice,warning,error\n',
    'rtp.conf': `[general]\nrtpstart = ${ports.rtpFirst}\nrtpend = ${ports.rtpLast}\nicesupport = no\nstrictrtp = no\n`,
    'http.conf': `[general]\nbindport = ${ports.http}\n${included('http-ringmaster.conf')}\n`,
    'musiconhold.conf': `${included('musiconhold-ringmaster.conf')}\n`,
    'udptl.conf': '[general]\nudptlstart = 4000\nudptlend = 4001\n',
    'indications.conf':
      '[general]\ncountry = us\n[us]\ndescription = lab\nringcadence = 2000,4000\nbusy = 480+620/500,0/500\ncongestion = 480+620/250,0/250\nring = 440+480/2000,0/4000\ndial = 350+440\n',
    'voicemail.conf': '[general]\nformat = wav\n',
  };
}

/** Writes the files into the configuration folder. */
export async function writeConf(folder: string, files: ConfFiles): Promise<void> {
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text)));
}
