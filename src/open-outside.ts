/** Makes and joins the connections with other systems: the part of the composition that `ringmaster.ts` leaves to this file. */
import type { Outside } from './app/integrations/outside.js';
import { SettingsKeeper } from './app/integrations/settings.js';
import type { Log } from './app/ports.js';
import { ShortMessages } from './app/sms/short-messages.js';
import type { Config } from './config.js';
import type { Database } from './db/database.js';
import { createSmsGateway } from './outside/sms-gateway.js';
import { NodeWebClient } from './outside/web-client.js';

export interface OpenOutside extends Outside {
  start(): void;
  /** Before the database is closed. */
  stop(): Promise<void>;
}

const SMS_TRY_MINUTES = 60;

export async function openOutside(database: Database, config: Config, log: Log): Promise<OpenOutside> {
  const web = new NodeWebClient({ allowPrivateAddresses: config.OUTSIDE_PRIVATE_ADDRESSES !== 'refuse' });
  const clock = { now: Date.now };
  const settings = new SettingsKeeper(database.integrations);
  await settings.load();
  const gateway = createSmsGateway(config, web, log);
  const keepTryingMs = (config.SMS_TRY_MINUTES ?? SMS_TRY_MINUTES) * 60_000;
  const sms = new ShortMessages({ store: database.sms, gateway, clock, log, keepTryingMs });
  const start = () => sms.start();
  const stop = async () => {
    await sms.stop();
    web.close();
  };
  return { settings, sms, start, stop };
}
