/** The connections with other systems, as the rest of the application sees them. */
import type { SmsEvent } from '../../core/sms/event.js';
import type { Sms } from '../../core/sms/sms.js';
import type { Crm } from '../crm/crm.js';
import type { SmsOperations } from '../sms/short-messages.js';
import type { WebhookOperations } from '../webhooks/webhooks.js';
import type { SettingsOperations } from './settings.js';
import type { WebClient } from './web-client.js';

export interface OutsideOperations {
  readonly settings: SettingsOperations;
  readonly sms: SmsOperations;
  readonly webhooks: WebhookOperations;
}

/** The same, as the centre needs them: it tells the others what has happened there. */
export interface Outside extends OutsideOperations {
  readonly web: WebClient;
  readonly sms: SmsOperations & { onEvent(listener: (event: SmsEvent, sms: Sms) => void): void };
  readonly crm: Crm;
}
