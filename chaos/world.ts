/** Everything a run consists of: PBX and phones, the proxy, the service, the call centre and its live calls. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Lab, startLab } from '../lab/lab.js';
import { AriProxy } from './ari-proxy.js';
import { build, Controller, tail } from './controller.js';
import { type ChaosDatabase, postgresDatabase, sqliteDatabase } from './database.js';
import type { Hearing } from './hearing.js';
import { LiveCall } from './live-call.js';
import type { Options } from './options.js';
import { type Place, type Places, phonesFor, settle } from './places.js';

const ADMINISTRATOR_PASSWORD = 'chaos-administrator';
/** A frozen service is killed after this. */
export const WATCHDOG_SECONDS = 2;
const READY_WITHIN_MS = 30_000;
const LOOK_MS = 20;
/** Calls that are begun at the same time. */
const AT_ONCE = 4;

/** What a customer heard, and which silence is none. */
export interface Heard {
  readonly who: string;
  readonly hearing: Hearing;
  readonly limitMs: number;
}

/** What the service runs beside. */
interface Surroundings {
  readonly lab: Lab;
  readonly proxy: AriProxy;
  readonly database: ChaosDatabase;
}

export class World {
  readonly lab: Lab;
  readonly proxy: AriProxy;
  readonly database: ChaosDatabase;
  readonly calls: LiveCall[] = [];
  /** Every call there ever was. */
  readonly all: LiveCall[] = [];
  readonly hearings: Heard[] = [];
  controller: Controller;
  readonly #main: string;
  readonly #log: string;
  #settled: Places | null = null;
  #customers = 0;

  private constructor({ lab, proxy, database }: Surroundings, log: string, main: string, controller: Controller) {
    this.lab = lab;
    this.proxy = proxy;
    this.#main = main;
    this.database = database;
    this.#log = log;
    this.controller = controller;
  }

  /** @param ends takes the ways to end what has been started, in the order of starting */
  static async start(
    options: Pick<Options, 'calls' | 'log' | 'postgres'>,
    ends: (() => Promise<unknown>)[],
  ): Promise<World> {
    const { calls } = options;
    const folder = await mkdtemp(join(tmpdir(), 'ringmaster-chaos-'));
    ends.push(() => rm(folder, { recursive: true, force: true }));
    const database = options.postgres ? await postgresDatabase(ends) : sqliteDatabase(folder);
    const building = build();
    const starting = startLab({ phones: phonesFor(calls) });
    ends.push(() =>
      starting.then(
        (lab) => lab.stop(),
        () => undefined,
      ),
    );
    ends.push(() =>
      building.then(
        (built) => built.remove(),
        () => undefined,
      ),
    );
    const [{ main }, lab] = await Promise.all([building, starting]);
    const proxy = await AriProxy.start(lab.pbx.ports.http);
    ends.push(() => proxy.stop());
    const log = options.log ?? join(folder, 'service.log');
    const surroundings = { lab, proxy, database };
    const controller = await Controller.start(main, environment(surroundings), log);
    const world = new World(surroundings, log, main, controller);
    ends.push(() => world.controller.kill());
    await world.untilConnected();
    world.#settled = await settle(() => world.controller.url, ADMINISTRATOR_PASSWORD, calls);
    return world;
  }

  get settled(): Places {
    if (this.#settled === null) throw new Error('The call centre is not set up yet.');
    return this.#settled;
  }

  /** Starts the service again: the new process is the one that everybody speaks to. */
  async restart(): Promise<Controller> {
    this.controller = await this.startAnother();
    return this.controller;
  }

  startAnother(): Promise<Controller> {
    return Controller.start(this.#main, environment(this), this.#log);
  }

  async untilConnected(): Promise<void> {
    const deadline = Date.now() + READY_WITHIN_MS;
    for (;;) {
      const response = await fetch(`${this.controller.url}/health/ready`).catch(() => null);
      await response?.arrayBuffer();
      if (response?.status === 200) return;
      if (Date.now() > deadline) throw new Error(`The service is not ready:\n${await this.logTail()}`);
      await pause(LOOK_MS);
    }
  }

  /** Begins a call at each of the places. */
  async begin(places: readonly Place[]): Promise<void> {
    for (let from = 0; from < places.length; from += AT_ONCE) {
      await Promise.all(places.slice(from, from + AT_ONCE).map((place) => this.#beginAt(place)));
    }
  }

  async #beginAt(place: Place): Promise<void> {
    this.#keep(await LiveCall.begin(place, this.#newCustomer(), this.#surroundings));
  }

  /** A customer calls the place and is not waited for. */
  async arrive(place: Place): Promise<LiveCall> {
    return this.#keep(await LiveCall.arrive(place, this.#newCustomer(), this.#surroundings));
  }

  /** Ends a call, and keeps what its customer heard. */
  async end(live: LiveCall): Promise<void> {
    const hearing = await live.end();
    this.calls.splice(this.calls.indexOf(live), 1);
    if (hearing !== null) this.hearings.push({ who: live.name, hearing, limitMs: live.customer.limitMs });
  }

  /** In an order that does not depend on which call was begun sooner: the same seed means the same calls. */
  get inOrder(): readonly LiveCall[] {
    const at = ({ place }: LiveCall) => this.settled.places.indexOf(place);
    return [...this.calls].sort((one, other) => at(one) - at(other) || one.stagedAt - other.stagedAt);
  }

  logTail(): Promise<string> {
    return tail(this.#log);
  }

  #keep(live: LiveCall): LiveCall {
    this.calls.push(live);
    this.all.push(live);
    return live;
  }

  #newCustomer(): string {
    this.#customers += 1;
    return `+7916${String(1_000_000 + this.#customers)}`;
  }

  get #surroundings() {
    const { supervisor, messageId } = this.settled;
    return { bank: this.lab.bank, supervisor, messageId };
  }
}

function environment({ lab, proxy, database }: Surroundings): Readonly<Record<string, string>> {
  return {
    RINGMASTER_CONFIG: '',
    ARI_URL: proxy.url,
    ARI_USERNAME: lab.pbx.ariUser,
    ARI_PASSWORD: lab.pbx.ariPassword,
    DATABASE_URL: database.url,
    ADMIN_PASSWORD: ADMINISTRATOR_PASSWORD,
    LOGINS_PER_MINUTE: '10000',
    LOG_LEVEL: 'debug',
    WATCHDOG_SECONDS: String(WATCHDOG_SECONDS),
    RECORDINGS_FOLDER: join(lab.pbx.spoolFolder, 'recording'),
  };
}
