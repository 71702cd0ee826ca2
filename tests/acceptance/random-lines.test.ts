// Random people and random commands against a real Asterisk: after every step it has what the calls want, nothing less, nothing more.
//
//   RINGMASTER_RANDOM_SEED=…      the seed of a run that failed
//   RINGMASTER_RANDOM_SECONDS=…   for how long people go on; a minute where nothing is said

import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
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
    settings: { transferRingMs: 4_000, directRingMs: 5_000, hangUpOnConsult: SEED % 2 === 0 ? 'recall' : 'complete' },
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

test(`for ${SECONDS} s, seed ${SEED}`, async () => {
  await centre.ready(...AGENTS);
  const dice = new Dice(SEED);
  const people = new People(centre, dice, NUMBERS);
  const commands = new Commands(centre, dice, NUMBERS, AGENTS, MESSAGE);
  const onHold = new Set<string>();
  const silence = new Silence(followed, (legId) => !onHold.has(legId));
  const deeds = [...people.deeds(), ...commands.deeds()];
  const done: string[] = [];
  let listened = 0;

  const settle = async (): Promise<Reality> => {
    let real = await untilAsWanted(centre.lab.pbx, followed, SETTLED_MS);
    const fresh = await people.greet();
    if (fresh.length > 0) real = await untilAsWanted(centre.lab.pbx, followed, SETTLED_MS);
    for (const person of fresh) {
      const legId = legOf(real, person);
      if (legId !== undefined && person.line === centre.lab.bank.trunk) await silence.follow(person.call, legId);
    }
    onHold.clear();
    for (const person of people.present()) if (person.onHold) onHold.add(legOf(real, person) ?? '');
    silence.note();
    return real;
  };

  /** Answers whether anything was done. */
  const act = async (): Promise<boolean> => {
    const deed = dice.weighted(deeds);
    const what = (await deed?.act()) ?? null;
    if (deed !== undefined && what !== null) done.push(`${deed.name}: ${what}`);
    return what !== null;
  };

  const step = async (): Promise<void> => {
    const since = followed.changes;
    const atOnce = dice.percent(AT_ONCE) ? [act(), act(), act()] : [act()];
    if (!(await Promise.all(atOnce)).includes(true)) return;
    await followed.changed(since, REACTION_MS);
    const real = await settle();
    if (!dice.percent(LISTENS)) return;
    listened += 1;
    await whoHearsWhom(followed, people, (person) => legOf(real, person));
  };

  try {
    const end = Date.now() + SECONDS * 1000;
    while (Date.now() < end) await step();
    await settle();
    await everybodyGoes(people);
    await centre.untilClean();
  } catch (error) {
    const last = done.slice(-25).map((what, index) => `${done.length - 25 + index}: ${what}`);
    throw new Error(`seed ${SEED}, step ${done.length}: ${String(error)}\n${last.join('\n')}`);
  }
  const table = [...commands.counts].map(([name, { accepted, refused }]) => `${name} ${accepted}/${refused}`);
  process.stdout.write(
    `seed ${SEED}: ${done.length} steps, ${followed.ids.size} calls, listened ${listened} times; accepted/refused: ${table.join(', ')}; ` +
      `outside parties heard ${Math.round(silence.listenedMs / 1000)} s, longest silence ${silence.longestMs} ms\n`,
  );
  expect(await silence.judged()).toEqual([]);
  for (const number of AGENTS) {
    const view = centre.centre.views.agent(`a${number}`);
    expect({ number, activity: view?.activity, calls: view?.callIds }).toEqual({ number, activity: 'idle', calls: [] });
  }
  await expectHistory();
});
