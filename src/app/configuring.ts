/** The configuration in force and its changes, one after another: the last change's configuration is the one in force. */
import type { Refusal } from '../core/refusal.js';
import { refusalOf } from './configuration-refusal.js';
import type { ConfigurationStore, LoadedConfiguration } from './configuration-store.js';
import { indexSettings, type SettingsInForce } from './settings-in-force.js';

export class Configuring {
  readonly #store: ConfigurationStore;
  readonly #changed: (before: SettingsInForce, after: SettingsInForce) => void;
  #settings: SettingsInForce;
  #last: Promise<unknown> = Promise.resolve();

  /** `changed` is told of another configuration once it is in force. */
  constructor(
    store: ConfigurationStore,
    inForce: SettingsInForce,
    changed: (before: SettingsInForce, after: SettingsInForce) => void,
  ) {
    this.#store = store;
    this.#settings = inForce;
    this.#changed = changed;
  }

  get settings(): SettingsInForce {
    return this.#settings;
  }

  /** A change that touches little: what it makes of the configuration is known without reading all of it again. */
  adjust(change: (store: ConfigurationStore) => Promise<void>, adjusted: () => LoadedConfiguration): Promise<void> {
    const result = this.#last.then(async () => {
      await change(this.#store);
      this.#takeIntoForce(adjusted());
    });
    this.#last = result.catch(() => undefined);
    return result;
  }

  change<T>(change: (store: ConfigurationStore) => Promise<T>): Promise<T | Refusal> {
    const result = this.#last.then(() => this.#changeNow(change));
    this.#last = result.catch(() => undefined);
    return result;
  }

  async #changeNow<T>(change: (store: ConfigurationStore) => Promise<T>): Promise<T | Refusal> {
    try {
      const result = await change(this.#store);
      this.#takeIntoForce(await this.#store.load());
      return result;
    } catch (error) {
      return refusalOf(error);
    }
  }

  #takeIntoForce(loaded: LoadedConfiguration): void {
    const before = this.#settings;
    this.#settings = indexSettings(loaded);
    this.#changed(before, this.#settings);
  }
}
