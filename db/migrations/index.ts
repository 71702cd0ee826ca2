/**
 * Every migration, oldest first; forward only. Names carry no file extension, so the compiled service, the tests and a
 * TypeScript run agree on what has been applied. Never edit one that was released: add the next.
 */
import type { Knex } from 'knex';
import { createCallLegs } from './2026-11-call-legs.js';
import { createCallbacks } from './2026-11-callbacks.js';
import { createCalls } from './2026-11-calls.js';
import { createConfiguration } from './2026-11-configuration.js';
import { createContacts } from './2026-11-contacts.js';
import { createControllers } from './2026-11-controllers.js';
import { seedDefaults } from './2026-11-defaults.js';
import { createIntegrations } from './2026-11-integrations.js';
import { createKeySets } from './2026-11-key-sets.js';
import { addMachineDetection } from './2026-11-machine-detection.js';
import { createMessages } from './2026-11-messages.js';
import { createPhoneLogins } from './2026-11-phones.js';
import { createRecordings } from './2026-11-recordings.js';
import { createScenarios } from './2026-11-scenarios.js';
import { createSms } from './2026-11-sms.js';
import { addDisabledTags } from './2026-11-tags.js';
import { createTeams } from './2026-11-teams.js';
import { createTrainers } from './2026-11-trainers.js';

export interface NamedMigration {
  readonly name: string;
  readonly up: (knex: Knex) => Promise<void>;
}

export const migrations: readonly NamedMigration[] = [
  { name: '2026-11-configuration', up: createConfiguration },
  { name: '2026-11-defaults', up: seedDefaults },
  { name: '2026-11-journal', up: createCalls },
  { name: '2026-11-recordings', up: createRecordings },
  { name: '2026-11-messages', up: createMessages },
  { name: '2026-11-call-legs', up: createCallLegs },
  { name: '2026-11-controllers', up: createControllers },
  { name: '2026-11-machine-detection', up: addMachineDetection },
  { name: '2026-11-key-sets', up: createKeySets },
  { name: '2026-11-sms', up: createSms },
  { name: '2026-11-integrations', up: createIntegrations },
  { name: '2026-11-contacts', up: createContacts },
  { name: '2026-11-scenarios', up: createScenarios },
  { name: '2026-11-phones', up: createPhoneLogins },
  { name: '2026-11-trainers', up: createTrainers },
  { name: '2026-11-callbacks', up: createCallbacks },
  { name: '2026-11-teams', up: createTeams },
  { name: '2026-11-tags', up: addDisabledTags },
];
