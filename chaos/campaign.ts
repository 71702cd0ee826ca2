/**
 * The run: calls in every situation, then one fault after the other; after each the service must know and command every call again.
 *
 *   begin calls ──▶ fault ──▶ until every call is as it should be ──▶ hold and resume ──▶ renew what has changed ──▶ … ──▶ all hang up
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Dice } from './dice.js';
import type { Picture } from './door.js';
import type { Fault, Injected } from './faults.js';
import type { LiveCall } from './live-call.js';
import type { World } from './world.js';

const RECOVERS_WITHIN_MS = 20_000;
const LOOK_MS = 20;
/** What ends by itself (a message, a ringing consult, wrap-up) is begun anew before it does. */
const FRESH_MS = 60_000;
const ENDS_BY_ITSELF = new Set(['message', 'consultRinging', 'wrapUp']);

/** What one fault showed. */
export interface Overcome {
  readonly fault: string;
  readonly notes: readonly string[];
  /** Calls that were looked at afterwards. */
  readonly calls: number;
  /** From when the controller could act until every call was as it should be and could be commanded. Null: it did not come to that. */
  readonly recoveryMs: number | null;
  readonly problem: string | null;
}

/** Injects one fault and waits for the recovery. */
export async function overcome(world: World, fault: Fault, dice: Dice): Promise<Overcome> {
  const base = { fault: fault.name, calls: world.calls.length };
  let injected: Injected;
  try {
    // One that has failed must not make every further one fail.
    if (world.controller.over) await world.restart();
    await renew(world);
    injected = await fault.inject(world, dice);
  } catch (error) {
    world.proxy.release();
    return { ...base, notes: [], recoveryMs: null, problem: sentence(error) };
  }
  const { notes, from } = injected;
  try {
    if (injected.died) await startAgain(world);
    else await untilAllRight(world);
    await commanded(world);
    const recoveryMs = Date.now() - from;
    for (const live of world.calls) {
      if (live.aloneSince !== null) live.excuse({ from: live.aloneSince, to: Date.now() });
      live.aloneSince = null;
    }
    return { ...base, calls: world.calls.length, notes, recoveryMs, problem: null };
  } catch (error) {
    for (const live of world.calls) live.changed = true;
    return { ...base, notes, recoveryMs: null, problem: sentence(error) };
  }
}

/** Everybody hangs up. */
export async function endAll(world: World): Promise<void> {
  await Promise.all([...world.calls].map((live) => world.end(live)));
}

/** Calls whose people did something, and such as would soon end by themselves, are ended and begun anew. */
async function renew(world: World): Promise<void> {
  const old = world.calls.filter(
    ({ changed, place, stagedAt }) =>
      changed || (ENDS_BY_ITSELF.has(place.situation) && Date.now() - stagedAt > FRESH_MS),
  );
  await Promise.all(old.map((live) => world.end(live)));
  const there = new Set(world.calls.map(({ place }) => place));
  await world.begin(world.settled.places.filter((place) => !there.has(place)));
}

/** Every call is what a supervisor should see, and there is no other. */
async function untilAllRight(world: World): Promise<void> {
  const deadline = Date.now() + RECOVERS_WITHIN_MS;
  let last: Picture | null = null;
  for (;;) {
    last = (await world.settled.supervisor.look()) ?? last;
    const wrong = last === null ? ['the service does not answer'] : wrongIn(world, last);
    if (wrong.length === 0) return;
    if (Date.now() > deadline) throw new Error(`not recovered within ${RECOVERS_WITHIN_MS} ms: ${wrong.join('; ')}`);
    await pause(LOOK_MS);
  }
}

function wrongIn({ calls }: World, picture: Picture): readonly string[] {
  const wrong = calls
    .filter((live) => !live.isRight(picture))
    .map((live) => `${live.name} is not ${live.wants}: ${JSON.stringify(live.view(picture) ?? 'no such call')}`);
  const known = new Set(calls.map((live) => live.view(picture)?.id));
  const unknown = picture.calls.filter(({ id }) => !known.has(id)).map((call) => `unknown: ${JSON.stringify(call)}`);
  return [...wrong, ...unknown];
}

/** All calls are gone with Asterisk; agents are still logged in, and new calls begin. */
async function startAgain(world: World): Promise<void> {
  const dead = [...world.calls];
  for (const live of dead) live.wants = live.place.situation === 'wrapUp' ? 'wrapUp' : 'gone';
  await untilAllRight(world);
  for (const live of dead) if (live.place.situation !== 'wrapUp') await world.end(live);
  const [first] = world.settled.places;
  if (first !== undefined) await world.begin([first]);
}

/** Somebody who talks is held and taken up again. */
async function commanded(world: World): Promise<void> {
  const talking = world.calls.find(({ wants, orElse }: LiveCall) => wants === 'talking' && orElse === null);
  await talking?.command('hold');
  await talking?.command('resume');
}

const sentence = (error: unknown): string => (error instanceof Error ? error.message : String(error));
