// Random people and random commands against a real Asterisk: after every step it has what the calls want, nothing less, nothing more.
//
//   RINGMASTER_RANDOM_SEED=…      the seed of a run that failed
//   RINGMASTER_RANDOM_SECONDS=…   for how long people go on; a minute where nothing is said

import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { sine, wavFile } from '../../lab/tone.js';
import { type LegRecord, noteLegs } from '../../src/app/history/legs.js';
import { DID, TestCentre } from '../support/centre.js';
import { Dice } from '../support/dice.js';
import { FollowedCalls, type Reality, untilAsWanted } from '../support/picture.js';
import { Commands } from '../support/random-commands.js';
import { People, type Person } from '../support/random-people.js';
import { Silence } from '../support/silence.js';
import { whoHearsWhom } from '../support/who-hears-whom.js';

const SEED = Number(process.env.RINGMASTER_RANDOM_SEED ?? Date.now() % 1_000_000);
const SECONDS = Number(process.env.RINGMASTER_RANDOM_SECONDS ?? 60);
/** What a person's deed leads to is heard of within this time, if it leads to anything. */
const REACTION_MS = 150;
/** With no reconcile to help: what is not as wanted by then never will be. */
const SETTLED_MS = 8_000;
/** At these steps, of a hundred, everybody listens. */
const LISTENS = 8;
/** At these, several people do something in the same instant. */
const AT_ONCE = 25;
const AGENTS = ['101', '102', '103', '104', '105'];
const PERSONAL = { a101: '+74950000101', a102: '+74950000102' };
const NUMBERS = {
  dialledByCustomers: [DID, DID, DID, ...Object.values(PERSONAL)],
  dialledByAgents: [...AGENTS, '500', '88005550001', '88005550002', '88005550003'],
};
const MESSAGE = { sound: 'ringmaster/messages/random', durationMs: 1_500 };

jest.setTimeout(SECONDS * 1000 + 120_000);
let centre: TestCentre;
let followed: FollowedCalls;

beforeAll(async () => {
  const soon = { busy: 500, rejected: 500, noAnswer: 500, unavailable: 500 };
  centre = await TestCentre.start({
    phones: AGENTS,
    queue: { ringMs: 4_000, retryMs: soon },
    settings: {
      parkingLimitMs: 3_000,
      transferRingMs: 4_000,
      directRingMs: 5_000,
      hangUpOnConsult: SEED % 2 === 0 ? 'recall' : 'complete',
    },
    // Nothing that goes wrong shall be mended before it is seen.
    reconcileSeconds: 3_600,
  });
  followed = new FollowedCalls(centre.centre);
  centre.lab.bank.trunk.behaves('ring');
  for (const [agentId, number] of Object.entries(PERSONAL)) {
    await centre.configure((store) =>
      store.saveRoute({ number, to: { kind: 'agent', agentId }, priority: 0, record: false }),
    );
  }
  for (const number of ['101', '102', '103']) await centre.saveAgent(number, { mayRecord: true });
  const file = join(centre.lab.pbx.spoolFolder, 'recording', `${MESSAGE.sound}.wav`);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, wavFile(sine(650, MESSAGE.durationMs)));
});
afterAll(() => centre.stop());

/** The leg of the product's that a telephone's call is. */
function legOf(real: Reality, { sipCallId }: Person): string | undefined {
  return real.legs.find(({ protocol_id }) => protocol_id === sipCallId)?.id;
}

/** All calls, those that were over at once too, are kept with their ends and those of all their legs. */
async function expectHistory(): Promise<void> {
  for (const id of followed.ids) {
    const kept = await centre.centre.history.call(id);
    const legs = new Map<string, LegRecord>();
    for (const event of kept?.events ?? []) noteLegs(legs, event);
    const open = [...legs.values()].filter(({ leftAt }) => leftAt === null);
    expect({ id, ended: kept?.record.endedAt != null, legs: legs.size > 0, open }).toEqual({
      id,
      ended: true,
      legs: true,
      open: [],
    });
  }
}

async function everybodyGoes(people: People): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (followed.live.length > 0 || people.present().length > 0) {
    if (Date.now() > deadline) throw new Error('calls go on though everybody hangs up');
    const since = followed.changes;
    await people.everybodyHangsUp();
    await followed.changed(since, REACTION_MS);
  }
}

/** One run: people and agents who do something, again and again, and a look at Asterisk after each time. */
class Run {
  readonly done: string[] = [];
  listened = 0;
  readonly #dice = new Dice(SEED);
  readonly people = new People(centre, this.#dice, NUMBERS);
  readonly commands = new Commands(centre, this.#dice, NUMBERS, AGENTS, MESSAGE);
  readonly #onHold = new Set<string>();
  readonly silence = new Silence(followed, (legId) => !this.#onHold.has(legId));
  readonly #deeds = [...this.people.deeds(), ...this.commands.deeds()];

  async step(): Promise<void> {
    const since = followed.changes;
    const atOnce = this.#dice.percent(AT_ONCE) ? [this.#act(), this.#act(), this.#act()] : [this.#act()];
    if (!(await Promise.all(atOnce)).includes(true)) return;
    await followed.changed(since, REACTION_MS);
    const real = await this.settle();
    if (!this.#dice.percent(LISTENS)) return;
    this.listened += 1;
    await whoHearsWhom(followed, this.people, (person) => legOf(real, person));
  }

  async settle(): Promise<Reality> {
    let real = await untilAsWanted(centre.lab.pbx, followed, SETTLED_MS);
    const fresh = await this.people.greet();
    if (fresh.length > 0) real = await untilAsWanted(centre.lab.pbx, followed, SETTLED_MS);
    for (const person of fresh) {
      const legId = legOf(real, person);
      if (legId !== undefined && person.line === centre.lab.bank.trunk) await this.silence.follow(person.call, legId);
    }
    this.#onHold.clear();
    for (const person of this.people.present()) if (person.onHold) this.#onHold.add(legOf(real, person) ?? '');
    this.silence.note();
    return real;
  }

  /** For a failed test: what led to it. */
  async toldOf(error: unknown): Promise<string> {
    const from = Math.max(0, this.done.length - 25);
    const last = this.done.slice(from).map((what, index) => `${from + index}: ${what}`);
    const ended = centre.lab.pbx.pid === undefined ? `; Asterisk has ended:\n${await centre.lab.pbx.logTail()}` : '';
    return `seed ${SEED}, step ${this.done.length}: ${inspect(error)}${ended}\n${last.join('\n')}`;
  }

  toString(): string {
    const table = [...this.commands.counts].map(([name, { accepted, refused }]) => `${name} ${accepted}/${refused}`);
    const { listenedMs, longestMs } = this.silence;
    return (
      `seed ${SEED}: ${this.done.length} steps, ${followed.ids.size} calls, listened ${this.listened} times; ` +
      `accepted/refused: ${table.join(', ')}; outside parties heard for ${Math.round(listenedMs / 1000)} s, ` +
      `longest silence ${longestMs} ms`
    );
  }

  /** Answers whether anything was done. */
  async #act(): Promise<boolean> {
    const deed = this.#dice.weighted(this.#deeds);
    const what = (await deed?.act()) ?? null;
    if (deed !== undefined && what !== null) this.done.push(`${deed.name}: ${what}`);
    return what !== null;
  }
}

test(`for ${SECONDS} s, seed ${SEED}`, async () => {
  await centre.ready(...AGENTS);
  const run = new Run();
  try {
    const end = Date.now() + SECONDS * 1000;
    while (Date.now() < end) await run.step();
    await run.settle();
    await everybodyGoes(run.people);
    await centre.untilClean();
  } catch (error) {
    throw new Error(await run.toldOf(error));
  }
  const silences = await run.silence.judged();
  process.stdout.write(`${run.toString()}\n`);
  expect(silences).toEqual([]);
  expect(run.done.length).toBeGreaterThan(SECONDS / 2);
  for (const number of AGENTS) {
    const view = centre.centre.views.agent(`a${number}`);
    expect({ number, activity: view?.activity, calls: view?.callIds }).toEqual({ number, activity: 'idle', calls: [] });
  }
  await expectHistory();
});
