/** The account with which a new installation is configured. */
import { hashPassword } from './app/login/password.js';
import type { Log } from './app/ports.js';
import type { Config } from './config.js';
import type { Database } from './db/database.js';

/** Somebody must be able to log in to a new installation. */
export async function firstAdministrator(database: Database, config: Config, log: Log): Promise<void> {
  if (await database.hasAccounts()) return;
  if (config.ADMIN_PASSWORD === undefined) {
    log.warn({}, 'there is no account yet: set ADMIN_PASSWORD and start again to create the administrator "admin"');
    return;
  }
  const passwordHash = await hashPassword(config.ADMIN_PASSWORD);
  await database.configuration.saveAgent(
    {
      id: 'admin',
      login: 'admin',
      name: 'Administrator',
      number: '0',
      role: 'administrator',
      language: 'en',
      allow: [],
      devices: [],
      disabled: false,
      record: false,
      mayRecord: false,
      teamId: null,
    },
    passwordHash,
  );
  log.info({}, 'the administrator "admin" was created');
}
