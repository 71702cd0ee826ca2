/** The gateway for short messages that the configuration asks for. */

import type { WebClient } from '../app/integrations/web-client.js';
import type { Log } from '../app/ports.js';
import type { SmsGateway } from '../app/sms/gateway.js';
import type { OutsideConfig } from '../config-outside.js';
import { HttpSmsGateway } from './http-sms-gateway.js';
import type { SmppTimes } from './smpp-link.js';

const SMPP_TIMES: SmppTimes = { bindMs: 10_000, enquireMs: 30_000, firstPauseMs: 1_000, longestPauseMs: 60_000 };
const SMPP_ANSWER_MS = 30_000;
const HTTP_TIMEOUT_SECONDS = 15;

/** Null where none is configured. */
export async function createSmsGateway(config: OutsideConfig, web: WebClient, log: Log): Promise<SmsGateway | null> {
  if (config.SMS_GATEWAY === 'smpp') return smppGateway(config, log);
  return config.SMS_GATEWAY === 'http' ? httpGateway(config, web) : null;
}

async function smppGateway(config: OutsideConfig, log: Log): Promise<SmsGateway> {
  // Only where it is used: a start, and so each recovery, does not wait for it elsewhere.
  const { SmppGateway } = await import('./smpp-gateway.js');
  const url = config.SMPP_URL ?? '';
  const [, host = '', port] = /^s?smpp:\/\/([^/:]+)(?::([0-9]+))?/.exec(url) ?? [];
  const tls = url.startsWith('ssmpp:');
  return new SmppGateway({
    host,
    port: port === undefined ? (tls ? 3550 : 2775) : Number(port),
    tls,
    systemId: config.SMPP_SYSTEM_ID ?? '',
    password: config.SMPP_PASSWORD ?? '',
    systemType: config.SMPP_SYSTEM_TYPE ?? '',
    sender: config.SMS_SENDER ?? '',
    receiptIds: config.SMPP_RECEIPT_IDS ?? 'same',
    answerMs: SMPP_ANSWER_MS,
    times: SMPP_TIMES,
    log,
  });
}

function httpGateway(config: OutsideConfig, web: WebClient): SmsGateway {
  const body = config.SMS_HTTP_BODY ?? null;
  return new HttpSmsGateway(
    {
      url: config.SMS_HTTP_URL ?? '',
      method: config.SMS_HTTP_METHOD ?? (body === null ? 'GET' : 'POST'),
      headers: config.SMS_HTTP_HEADERS ?? {},
      body,
      sender: config.SMS_SENDER ?? '',
      timeoutMs: (config.SMS_HTTP_TIMEOUT_SECONDS ?? HTTP_TIMEOUT_SECONDS) * 1_000,
      success: config.SMS_HTTP_SUCCESS ?? [200, 299],
      successBody: config.SMS_HTTP_SUCCESS_BODY ?? null,
      idPath: config.SMS_HTTP_ID ?? null,
      repeatable: config.SMS_HTTP_REPEATABLE ?? false,
    },
    web,
  );
}
