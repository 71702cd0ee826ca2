/** Connections with other systems for tests of what is above the database: the real operations on stores in memory. */
import { INTEGRATION_DEFAULTS, SettingsKeeper } from '../../src/app/integrations/settings.js';
import type { WebClient } from '../../src/app/integrations/web-client.js';
import type { Log } from '../../src/app/ports.js';
import type { OutgoingPart, Receipt, SmsGateway } from '../../src/app/sms/gateway.js';
import { ShortMessages } from '../../src/app/sms/short-messages.js';
import type { SmsChange, SmsFilter, SmsStore, SmsTemplate } from '../../src/app/sms/store.js';
import type { Webhook, WebhookStore } from '../../src/app/webhooks/store.js';
import { Webhooks } from '../../src/app/webhooks/webhooks.js';
import { smsEvent } from '../../src/core/sms/event.js';
import type { Sms, Submission } from '../../src/core/sms/sms.js';

const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };

export class MemorySmsStore implements SmsStore {
  readonly rows = new Map<string, Sms>();
  readonly #templates = new Map<string, SmsTemplate>();

  async templates() {
    return [...this.#templates.values()];
  }

  async saveTemplate(template: SmsTemplate) {
    const taken = [...this.#templates.values()].some(({ id, name }) => name === template.name && id !== template.id);
    if (!taken) this.#templates.set(template.id, template);
    return !taken;
  }

  async removeTemplate(id: string) {
    return this.#templates.delete(id);
  }

  async add(added: Sms): Promise<SmsChange> {
    return this.#note(null, added);
  }

  async change(id: string, change: (sms: Sms) => Sms): Promise<SmsChange | null> {
    const before = this.rows.get(id);
    if (before === undefined) return null;
    const after = change(before);
    return after === before ? { sms: before, event: null } : this.#note(before, after);
  }

  async list({ agentId, number, state, limit }: SmsFilter) {
    return [...this.rows.values()]
      .filter((sms) => agentId === null || sms.agentId === agentId)
      .filter((sms) => number === null || sms.number === number)
      .filter((sms) => state === null || sms.state === state)
      .reverse()
      .slice(0, limit);
  }

  async due(now: number, limit: number) {
    return [...this.rows.values()].filter(({ dueAt }) => dueAt !== null && dueAt <= now).slice(0, limit);
  }

  async nextDueAt() {
    const times = [...this.rows.values()].flatMap(({ dueAt }) => dueAt ?? []);
    return times.length === 0 ? null : Math.min(...times);
  }

  async queued() {
    return [...this.rows.values()].filter(({ state }) => state === 'queued');
  }

  async forget() {}

  async partOf(gatewayId: string) {
    for (const { id: smsId, parts } of this.rows.values()) {
      const part = parts.findIndex((each) => each.gatewayId === gatewayId);
      if (part >= 0) return { smsId, part };
    }
    return null;
  }

  #note(before: Sms | null, after: Sms): SmsChange {
    const noted = smsEvent(before, after);
    this.rows.set(after.id, noted.sms);
    return noted;
  }
}

/** Takes everything, and keeps what it was given; `answer` may say otherwise. */
export class MemoryGateway implements SmsGateway {
  readonly takesWholeTexts: boolean;
  readonly taken: OutgoingPart[] = [];
  answer: (part: OutgoingPart) => Promise<Submission>;
  receive: (receipt: Receipt) => Promise<void> = async () => {};

  constructor(takesWholeTexts = false) {
    this.takesWholeTexts = takesWholeTexts;
    this.answer = async ({ smsId, index }) => ({ kind: 'taken', gatewayId: `${smsId}/${index}` });
  }

  start(received: (receipt: Receipt) => Promise<void>): void {
    this.receive = received;
  }

  async submit(part: OutgoingPart): Promise<Submission> {
    this.taken.push(part);
    return await this.answer(part);
  }

  problem(): null {
    return null;
  }

  async stop(): Promise<void> {}
}

/** No deliveries are made here: only what is configured is kept. */
class MemoryWebhookStore implements WebhookStore {
  readonly #rows = new Map<string, Webhook>();

  list = async () => [...this.#rows.values()];
  save = async (webhook: Webhook) => void this.#rows.set(webhook.id, webhook);
  remove = async (id: string) => this.#rows.delete(id);
  counts = async () => new Map();
  heads = async () => [];
  nextDueAt = async () => null;
  delivered = async () => {};
  failed = async () => {};
  died = async () => {};
  dead = async () => [];
  revive = async () => 0;
  trim = async () => new Map();
}

/** Nobody is there. */
export const unreachable: WebClient = {
  ask: async () => ({ kind: 'failed', code: 'ECONNREFUSED', reached: false }),
};

export function memoryOutside(now: () => number) {
  const store = new MemorySmsStore();
  const gateway = new MemoryGateway();
  const sms = new ShortMessages({
    store,
    gateway,
    clock: { now },
    log: silentLog,
    keepTryingMs: 3_600_000,
    keepMs: null,
  });
  const settings = new SettingsKeeper({
    load: async () => INTEGRATION_DEFAULTS,
    save: async () => {},
  });
  const common = { web: unreachable, clock: { now }, log: silentLog };
  const webhooks = new Webhooks({ ...common, store: new MemoryWebhookStore(), random: () => 0.5 });
  return { sms, settings, webhooks, smsStore: store, gateway };
}
