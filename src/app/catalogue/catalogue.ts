/** The one catalogue of commands, by name. */
import { agentCommands } from './agents.js';
import { blacklistCommands } from './blacklist.js';
import { callbackStatisticsCommands } from './callback-statistics.js';
import { callbackCommands } from './callbacks.js';
import { callCommands } from './calls.js';
import { changeCommands } from './changes.js';
import { coachingCommands } from './coaching.js';
import { colleagueCommands } from './colleagues.js';
import type { Command } from './command.js';
import { agentConfigurationCommands } from './configuration-agents.js';
import { centreConfigurationCommands } from './configuration-centre.js';
import { diallingConfigurationCommands } from './configuration-dialling.js';
import { keyConfigurationCommands } from './configuration-keys.js';
import { queueConfigurationCommands } from './configuration-queues.js';
import { statusConfigurationCommands } from './configuration-statuses.js';
import { teamConfigurationCommands } from './configuration-teams.js';
import { trainerConfigurationCommands } from './configuration-trainers.js';
import { contactCommands } from './contacts.js';
import { historyCommands } from './history.js';
import { callHistoryCommands } from './history-calls.js';
import { integrationCommands } from './integrations.js';
import { lineCommands } from './lines.js';
import { messageCommands } from './messages.js';
import { parkingCommands } from './parking.js';
import { phoneCommands } from './phone.js';
import { queueCommands } from './queues.js';
import { recordingCommands } from './recordings.js';
import { scenarioCommands } from './scenarios.js';
import { smsCommands } from './sms.js';
import { tagCommands } from './tags.js';
import { voicemailCommands } from './voicemail.js';
import { webhookCommandList } from './webhooks.js';

export type Catalogue = ReadonlyMap<string, Command>;

export const catalogue: Catalogue = new Map(
  [
    agentCommands,
    colleagueCommands,
    callCommands,
    lineCommands,
    coachingCommands,
    parkingCommands,
    phoneCommands,
    queueCommands,
    historyCommands,
    recordingCommands,
    callHistoryCommands,
    messageCommands,
    smsCommands,
    callbackCommands,
    callbackStatisticsCommands,
    contactCommands,
    blacklistCommands,
    tagCommands,
    changeCommands,
    scenarioCommands,
    webhookCommandList,
    integrationCommands,
    voicemailCommands,
    queueConfigurationCommands,
    statusConfigurationCommands,
    agentConfigurationCommands,
    diallingConfigurationCommands,
    centreConfigurationCommands,
    keyConfigurationCommands,
    trainerConfigurationCommands,
    teamConfigurationCommands,
  ]
    .flat()
    .map((entry) => [entry.name, entry]),
);
