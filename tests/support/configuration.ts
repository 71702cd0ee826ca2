/** A usual queue and usual agents, for tests. */
import { type AgentAccount, CENTRE_DEFAULTS, type CentreSettings } from '../../src/app/directory.js';
import { QUEUE_CALLBACK_RULE } from '../../src/core/callback/rule.js';
import type { QueueSettings } from '../../src/core/queue/settings.js';

export const QUEUE: QueueSettings = {
  id: 'sales',
  name: 'Sales',
  number: '500',
  strategy: 'longestIdle',
  ringMs: 15_000,
  wrapUpMs: 0,
  retryMs: { busy: 2_000, rejected: 2_000, noAnswer: 2_000, unavailable: 2_000 },
  maxWaitMs: null,
  overflow: { kind: 'fallback' },
  joinWhenEmpty: 'always',
  leaveWhenEmpty: 'always',
  callBackAbandoned: null,
  music: 'default',
  language: 'en',
  announce: { position: false, estimatedWait: false, firstMs: 10_000, everyMs: 30_000 },
  priority: 0,
  serviceLevelMs: 20_000,
  record: false,
  callbacks: QUEUE_CALLBACK_RULE,
};

export const CENTRE: CentreSettings = {
  ...CENTRE_DEFAULTS,
  statusAfterLogin: 'ready',
  missedLimit: 1,
  directRingMs: 20_000,
  defaultRoute: { kind: 'fallback' },
};

export function account(number: string, more: Partial<AgentAccount> = {}): AgentAccount {
  return {
    id: `a${number}`,
    login: `agent${number}`,
    name: `Agent ${number}`,
    number,
    role: 'agent',
    language: 'en',
    allow: ['X.'],
    devices: [{ id: `d${number}`, address: `PJSIP/${number}`, autoAnswer: false }],
    disabled: false,
    record: false,
    mayRecord: false,
    teamId: null,
    ...more,
  };
}
