// The PBX of the benchmark: a lab PBX, and on it many agents' phones, a native queue of the same agents, and the numbers to call.
import { type Asterisk, startAsterisk } from '../lab/asterisk.js';
import type { Ports } from '../lab/ports.js';

/** What a caller can be connected by; `other` is another build of the controller. */
export type Way = 'dial' | 'queue' | 'ringmaster' | 'other';

/** The number that callers dial for each way; `commands` leads to the few agents who send commands meanwhile. */
export const NUMBERS: Readonly<Record<Way | 'commands', string>> = {
  dial: '5000',
  queue: '5001',
  ringmaster: '5002',
  other: '5002',
  commands: '5003',
};

/** The endpoint's name of an agent. */
export const agentName = (index: number): string => `agent-${String(index).padStart(3, '0')}`;

/** Starts it; every agent's phone is found at the same port of loopback. `ports` where the usual ones would be too few. */
export function startPbx(agents: number, phonesPort: number, ports?: Ports): Promise<Asterisk> {
  const names = Array.from({ length: agents }, (_, index) => agentName(index));
  return startAsterisk({
    name: 'bench',
    role: 'pbx',
    ...(ports === undefined ? {} : { ports }),
    phones: [],
    extraConf: {
      'pjsip.conf': names.map((name) => phone(name, phonesPort)).join(''),
      'queues.conf': queue(names),
      'extensions.conf': NATIVE,
    },
  });
}

// With a media address Asterisk does not look up the machine's host name for each SDP, which stalls calls where DNS is silent.
const phone = (name: string, port: number): string => `[${name}](ringmaster-phone)
aors = ${name}
media_address = 127.0.0.1
bind_rtp_to_media_address = yes
[${name}](ringmaster-phone-aor)
qualify_frequency = 0
contact = sip:${name}@127.0.0.1:${port}
`;

/** Who has been idle longest comes first, as in the controller's queue. */
const queue = (names: readonly string[]): string => `[bench]
strategy = leastrecent
ringinuse = no
autofill = yes
timeout = 15
retry = 1
wrapuptime = 0
joinempty = yes
leavewhenempty = no
${names.map((name) => `member => PJSIP/${name}`).join('\n')}
`;

/**
 * Neither Answer() nor music before the phone rings, which favours the native ways: Answer() alone would add half a second to
 * callers that send no RTP.
 */
const NATIVE = `[ringmaster-trunk](+)
exten => ${NUMBERS.dial},1,Dial(PJSIP/${agentName(0)},15)
exten => ${NUMBERS.queue},1,Queue(bench,r)
`;
