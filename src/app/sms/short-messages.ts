/** Short messages: templates, sending, and the list of what was sent. What is queued is written before it is confirmed. */
import { randomInt, randomUUID } from 'node:crypto';
import type { AgentId, CallId } from '../../core/call/state.js';
import { type Refusal, refuse } from '../../core/refusal.js';
import type { SmsEvent } from '../../core/sms/event.js';
import type { Sms } from '../../core/sms/sms.js';
import { MOST_PARTS, smsParts } from '../../core/sms/text.js';
import { fieldsOf, filled } from '../../core/template.js';
import type { Deed } from '../changes.js';
import type { Clock, Log } from '../ports.js';
import { SMS_FIELDS, type SmsFields } from './fields.js';
import type { SmsGateway } from './gateway.js';
import { SmsOutbox } from './outbox.js';
import type { SmsFilter, SmsStore, SmsTemplate } from './store.js';

export interface ShortMessageParts {
  readonly store: SmsStore;
  /** Null: none is configured, and nothing can be sent. */
  readonly gateway: SmsGateway | null;
  readonly clock: Clock;
  readonly log: Log;
  /** How long a message is tried. */
  readonly keepTryingMs: number;
  /** How long it is kept in the list; null: for ever. */
  readonly keepMs: number | null;
}

export interface SmsToSend {
  readonly agentId: AgentId;
  readonly callId: CallId | null;
  readonly number: string;
  readonly fields: SmsFields;
  readonly content: { readonly templateId: string } | { readonly text: string };
}

export interface SmsOperations {
  templates(): Promise<readonly SmsTemplate[]>;
  /** Refused for a field that does not exist, and for a name that is taken. */
  saveTemplate(template: SmsTemplate, deed: Deed): Promise<SmsTemplate | Refusal>;
  removeTemplate(id: string, deed: Deed): Promise<{ readonly removed: true } | Refusal>;
  /** Answers the message as it stands in the outbox. */
  send(message: SmsToSend): Promise<Sms | Refusal>;
  list(filter: SmsFilter): Promise<readonly Sms[]>;
}

/** Of one agent; more in a minute is a mistake or a misuse. */
const MOST_IN_A_MINUTE = 10;
const MINUTE_MS = 60_000;
const FORGET_EVERY_MS = 3_600_000;

export class ShortMessages implements SmsOperations {
  readonly #parts: ShortMessageParts;
  readonly #outbox: SmsOutbox | null;
  readonly #listeners = new Set<(event: SmsEvent, sms: Sms) => void>();
  readonly #lately = new Map<AgentId, readonly number[]>();
  #forgetting: NodeJS.Timeout | undefined;
  #forgotten: Promise<void> = Promise.resolve();
  /** Counts on, so that parts of two messages that follow each other are never mixed up. */
  #reference = randomInt(256);

  constructor(parts: ShortMessageParts) {
    this.#parts = parts;
    const { gateway } = parts;
    const changed = ({ event, sms }: { event: SmsEvent | null; sms: Sms }) => this.#tell(event, sms);
    this.#outbox = gateway === null ? null : new SmsOutbox({ ...parts, gateway, changed });
  }

  start(): void {
    this.#outbox?.start();
    this.#forget();
    this.#forgetting = setInterval(() => this.#forget(), FORGET_EVERY_MS);
    this.#forgetting.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#forgetting);
    await Promise.all([this.#outbox?.stop(), this.#forgotten]);
  }

  /** Told once a change is durable. */
  onEvent(listener: (event: SmsEvent, sms: Sms) => void): void {
    this.#listeners.add(listener);
  }

  templates(): Promise<readonly SmsTemplate[]> {
    return this.#parts.store.templates();
  }

  async saveTemplate(template: SmsTemplate, deed: Deed): Promise<SmsTemplate | Refusal> {
    const known: readonly string[] = SMS_FIELDS;
    const unknown = fieldsOf(template.text).filter((name) => !known.includes(name));
    if (unknown.length > 0)
      return refuse('invalidInput', 'The text has a field that does not exist.', { unknown, known });
    const saved = await this.#parts.store.saveTemplate(template, deed);
    return saved ? template : refuse('alreadyExists', 'Another template has this name.', { field: 'name' });
  }

  async removeTemplate(id: string, deed: Deed): Promise<{ readonly removed: true } | Refusal> {
    const removed = await this.#parts.store.removeTemplate(id, deed);
    return removed ? { removed } : refuse('notFound', 'There is no such template.');
  }

  async send({ content, fields, ...message }: SmsToSend): Promise<Sms | Refusal> {
    if (this.#outbox === null || this.#parts.gateway === null)
      return refuse('smsUnavailable', 'No gateway for short messages is configured.');
    const templateId = 'templateId' in content ? content.templateId : null;
    const text = 'text' in content ? content.text : await this.#textOf(content.templateId, fields);
    if (typeof text !== 'string') return text;
    const parts = this.#parts.gateway.takesWholeTexts ? 1 : smsParts(text).parts.length;
    if (parts > MOST_PARTS) return refuse('tooLarge', 'The text is too long for a short message.');
    if (text.trim() === '') return refuse('invalidInput', 'The text is empty.', { field: 'text' });
    if (!this.#mayStill(message.agentId)) return refuse('tooManyAttempts', 'Too many messages in a minute; wait.');
    const { sms, event } = await this.#parts.store.add(this.#begun({ ...message, templateId, text }, parts));
    this.#tell(event, sms);
    this.#outbox.wake();
    return sms;
  }

  list(filter: SmsFilter): Promise<readonly Sms[]> {
    return this.#parts.store.list(filter);
  }

  #forget(): void {
    const { store, clock, keepMs, log } = this.#parts;
    if (keepMs === null) return;
    this.#forgotten = store
      .forget(clock.now() - keepMs)
      .catch((err: unknown) => log.warn({ err }, 'old short messages could not be forgotten'));
  }

  #begun(message: Pick<Sms, 'agentId' | 'callId' | 'number' | 'templateId' | 'text'>, parts: number): Sms {
    const now = this.#parts.clock.now();
    this.#reference = (this.#reference + 1) % 256;
    return {
      ...message,
      id: randomUUID(),
      createdAt: now,
      updatedAt: now,
      state: 'queued',
      code: null,
      attempts: 0,
      dueAt: now,
      expiresAt: now + this.#parts.keepTryingMs,
      reference: this.#reference,
      parts: Array.from({ length: parts }, () => ({ state: 'waiting', gatewayId: null })),
      seq: 0,
    };
  }

  async #textOf(templateId: string, fields: SmsFields): Promise<string | Refusal> {
    const template = (await this.#parts.store.templates()).find(({ id }) => id === templateId);
    return template === undefined ? refuse('notFound', 'There is no such template.') : filled(template.text, fields);
  }

  #mayStill(agentId: AgentId): boolean {
    const now = this.#parts.clock.now();
    const lately = (this.#lately.get(agentId) ?? []).filter((at) => at > now - MINUTE_MS);
    if (lately.length >= MOST_IN_A_MINUTE) return false;
    this.#lately.set(agentId, [...lately, now]);
    return true;
  }

  #tell(event: SmsEvent | null, sms: Sms): void {
    if (event === null) return;
    for (const listener of this.#listeners) listener(event, sms);
  }
}
