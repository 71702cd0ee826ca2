/** Makes and joins the connections with other systems: the part of the composition that `ringmaster.ts` leaves to this file. */
import { Crm } from './app/crm/crm.js';
import type { DomainEvent } from './app/event-stream.js';
import type { Outside } from './app/integrations/outside.js';
import { SettingsKeeper } from './app/integrations/settings.js';
import type { Log } from './app/ports.js';
import { ShortMessages } from './app/sms/short-messages.js';
import { Webhooks } from './app/webhooks/webhooks.js';
import type { Config } from './config.js';
import type { Database } from './db/database.js';
import { createSmsGateway } from './outside/sms-gateway.js';
import { NodeWebClient } from './outside/web-client.js';

export interface OpenOutside extends Outside {
  /** `centre` tells of every event once it is written. */
  start(centre: { onEvent(listener: (event: DomainEvent) => void): void }): void;
  /** Sentences on what an administrator should mend. */
  problems(): readonly string[];
  /** Before the database is closed. */
  stop(): Promise<void>;
}

const SMS_TRY_MINUTES = 60;
const STOP_WITHIN_MS = 1_000;

export async function openOutside(database: Database, config: Config, log: Log): Promise<OpenOutside> {
  const web = new NodeWebClient({ allowPrivateAddresses: config.OUTSIDE_PRIVATE_ADDRESSES !== 'refuse' });
  const clock = { now: Date.now };
  const settings = new SettingsKeeper(database.integrations);
  await settings.load();
  const gateway = await createSmsGateway(config, web, log);
  const keepTryingMs = (config.SMS_TRY_MINUTES ?? SMS_TRY_MINUTES) * 60_000;
  const keepMs = config.SMS_KEEP_DAYS === undefined ? null : config.SMS_KEEP_DAYS * 86_400_000;
  const sms = new ShortMessages({ store: database.sms, gateway, clock, log, keepTryingMs, keepMs });
  const webhooks = new Webhooks({ store: database.webhooks, web, clock, log, random: Math.random });
  const authorization = config.CRM_AUTHORIZATION ?? null;
  const crm = new Crm({ web, clock, log, authorization, settings: () => settings.get() });
  return {
    ...{ settings, sms, webhooks, crm, web },
    start(centre) {
      sms.start();
      centre.onEvent(({ type }) => webhooks.happened(type));
      webhooks.start().catch((err: unknown) => log.error({ err }, 'webhooks could not be started'));
    },
    problems() {
      const problem = gateway?.problem() ?? null;
      return problem === null ? [] : [problem];
    },
    async stop() {
      // A receiver that does not answer must not hold the process.
      const limit = setTimeout(() => web.close(), STOP_WITHIN_MS);
      await Promise.all([sms.stop(), webhooks.stop()]);
      clearTimeout(limit);
      web.close();
    },
  };
}
