/** What the call centre needs of the world around it. */
import type { MessageOperations, RecordingOperations } from './application.js';
import type { PhoneAccounts } from './browser-phone/accounts.js';
import type { BrowserPhoneSettings } from './browser-phone/operations.js';
import type { VoiceMeter } from './browser-phone/voice.js';
import type { CallbackStore } from './callbacks/store.js';
import type { Execute } from './catalogue/execute.js';
import type { ConfigurationStore } from './configuration-store.js';
import type { AddressBookStores } from './contacts/address-book.js';
import type { History } from './history/store.js';
import type { Outside } from './integrations/outside.js';
import type { KeySender } from './keys/key-presses.js';
import type { LampPanel } from './lamp-state.js';
import type { OverloadPorts } from './overload.js';
import type { PhoneSystem } from './phone-system.js';
import type { Clock, Journal, Log } from './ports.js';
import type { KnownSounds, ScenarioStore } from './scenarios/store.js';
import type { VoicemailStore } from './scenarios/voicemail-store.js';
import type { SoundFiles } from './sound-files.js';

export interface CentrePorts {
  readonly journal: Journal;
  readonly history: History;
  readonly recordings: RecordingOperations;
  readonly messages: MessageOperations;
  readonly outside: Outside;
  readonly configuration: ConfigurationStore;
  readonly addressBook: AddressBookStores;
  readonly scenarios: ScenarioStore;
  readonly callbacks: CallbackStore;
  readonly sounds: KnownSounds;
  readonly voicemails: VoicemailStore;
  readonly files: SoundFiles;
  readonly databaseReady: () => boolean;
  /** False while another controller may have taken over without this one knowing. */
  readonly isInCharge: () => boolean;
  readonly load: Omit<OverloadPorts, 'liveCalls' | 'log'>;
  readonly phones: PhoneSystem;
  readonly phoneAccounts: PhoneAccounts;
  readonly voiceMeter: VoiceMeter;
  readonly phoneSettings: BrowserPhoneSettings;
  readonly lampPanel: LampPanel;
  readonly keySender: KeySender;
  /** Keys pressed during a call are a door to the commands. */
  readonly execute: Execute;
  readonly clock: Clock;
  readonly log: Log;
  readonly reconcileMs: number;
  /** Sentences on what an administrator should mend. */
  readonly problems: () => readonly string[];
  /** Another controller has taken over: this one must end. */
  readonly onReplaced: () => void;
}
