// The lab's look at SIP messages: whole ones out of a log that is being written.
import { describe, expect, test } from '@jest/globals';
import { parseSipLog } from '../../lab/sip-log.js';

const NOTIFY =
  'NOTIFY sip:102@127.0.0.1 SIP/2.0\r\nCall-ID: abc\r\nEvent: refer\r\nContent-Length: 20\r\n\r\nSIP/2.0 100 Trying\r\n';
const ACCEPTED = 'SIP/2.0 202 Accepted\r\nCall-ID: abc\r\nCSeq: 7 REFER\r\n\r\n';
const entry = (text: string, direction = 'Received'): string =>
  `[2026-01-01 10:00:00.000] VERBOSE[7] res_pjsip_logger.c: <--- ${direction} SIP request (${text.length} bytes) from UDP:127.0.0.1:5060 --->\n${text}\n`;

describe('the SIP log', () => {
  test('shows each message with first line, headers and body', () => {
    const { messages } = parseSipLog(
      `[x] VERBOSE[7] asterisk.c: Ready.\n${entry(NOTIFY)}${entry(ACCEPTED, 'Transmitting')}`,
    );
    expect(messages).toMatchObject([
      { received: true, firstLine: 'NOTIFY sip:102@127.0.0.1 SIP/2.0', body: 'SIP/2.0 100 Trying\r\n' },
      { received: false, firstLine: 'SIP/2.0 202 Accepted', body: '' },
    ]);
    expect(messages[0]?.header('call-id')).toBe('abc');
    expect(messages[1]?.header('CSeq')).toBe('7 REFER');
    expect(messages[1]?.header('Event')).toBe('');
  });

  test('cut anywhere, it yields each message once', () => {
    const log = entry(NOTIFY) + entry(ACCEPTED);
    for (let cut = 0; cut <= log.length; cut += 1) {
      const first = parseSipLog(log.slice(0, cut));
      const second = parseSipLog(first.rest + log.slice(cut));
      expect([...first.messages, ...second.messages].map(({ firstLine }) => firstLine)).toEqual([
        'NOTIFY sip:102@127.0.0.1 SIP/2.0',
        'SIP/2.0 202 Accepted',
      ]);
    }
  });
});
