/** Short messages on a real database, for tests with a real gateway: sending, and waiting for what becomes of a message. */
import type { SmsGateway } from '../../src/app/sms/gateway.js';
import { ShortMessages } from '../../src/app/sms/short-messages.js';
import { isRefusal } from '../../src/core/refusal.js';
import type { SmsEvent } from '../../src/core/sms/event.js';
import type { Sms, SmsState } from '../../src/core/sms/sms.js';
import type { Database } from '../../src/db/database.js';
import { quietLog } from './databases.js';

const LIMIT_MS = 15_000;
const FIELDS = {
  'agent.name': 'Anna',
  'agent.number': '101',
  company: 'Acme',
  'queue.name': 'Sales',
  'caller.name': '',
  'caller.number': '',
};
export const ALL_SMS = {
  agentId: null,
  callId: null,
  number: null,
  state: null,
  since: 0,
  until: Number.MAX_SAFE_INTEGER,
  before: null,
  limit: 100,
};

export class SmsStory {
  readonly sms: ShortMessages;
  readonly events: SmsEvent[] = [];
  readonly #watchers = new Set<() => void>();
  /** What the service takes for the time, on from the real one. */
  aheadMs = 0;

  constructor(database: Database, gateway: SmsGateway, keepTryingMs = 3_600_000, keepMs: number | null = null) {
    const clock = { now: () => Date.now() + this.aheadMs };
    this.sms = new ShortMessages({ store: database.sms, gateway, clock, log: quietLog, keepTryingMs, keepMs });
    this.sms.onEvent((event) => {
      this.events.push(event);
      for (const check of [...this.#watchers]) check();
    });
  }

  async send(text: string, number = '+79161234567'): Promise<Sms> {
    const sent = await this.sms.send({ agentId: 'anna', callId: 'c1', number, fields: FIELDS, content: { text } });
    if (isRefusal(sent)) throw new Error(sent.message);
    return sent;
  }

  /** Waits for the message's event. */
  async until(id: string, state: SmsState): Promise<SmsEvent> {
    const look = () => this.events.find(({ smsId, type }) => smsId === id && type === `sms.${state}`);
    return await new Promise((resolve, reject) => {
      const limit = setTimeout(() => {
        const had = this.events.filter(({ smsId }) => smsId === id).map(({ type, code }) => `${type} ${code}`);
        reject(new Error(`the message did not become ${state}: ${had.join(', ')}`));
      }, LIMIT_MS);
      const check = () => {
        const found = look();
        if (found === undefined) return;
        clearTimeout(limit);
        this.#watchers.delete(check);
        resolve(found);
      };
      this.#watchers.add(check);
      check();
    });
  }

  async find(id: string): Promise<Sms> {
    const found = (await this.sms.list(ALL_SMS)).find((sms) => sms.id === id);
    if (found === undefined) throw new Error('there is no such message');
    return found;
  }
}
