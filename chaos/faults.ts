/** The faults: each is injected, and tells from when on the controller could act again. */
import { setTimeout as pause } from 'node:timers/promises';
import { begun } from './amid.js';
import type { ChaosDatabase } from './database.js';
import type { Dice } from './dice.js';
import { meanwhile } from './meanwhile.js';
import { WATCHDOG_SECONDS, type World } from './world.js';

export interface Injected {
  /** When the controller could act again: its process was started, or the proxy let go. */
  readonly from: number;
  /** What people did meanwhile, and what else is worth a line. */
  readonly notes: readonly string[];
  /** All calls are gone with Asterisk. */
  readonly died?: true;
}

export interface Fault {
  readonly name: string;
  inject(world: World, dice: Dice): Promise<Injected>;
}

const PEOPLE = 3;
/** SIGTERM: "exit within 2 s", and a moment for the process to be gone. */
const TERM_WITHIN_MS = 2_200;
const REPLACED = 3;
const ENDS_WITHIN_MS = 10_000;
/** From the start of the second process: on a busy machine most of it is the loading of packages. */
const REPLACED_WITHIN_MS = 30_000;

export const kill: Fault = {
  name: 'kill -9',
  async inject(world, dice) {
    await world.controller.kill();
    const notes = await meanwhile(world, dice, PEOPLE);
    await pause(dice.between(0, 1_500));
    return { from: (await world.restart()).startedAt, notes };
  },
};

export const killAmid: Fault = {
  name: 'kill -9 amid commands',
  async inject(world, dice) {
    const { notes, over } = await begun(world, dice);
    await world.controller.kill();
    await over;
    return { from: (await world.restart()).startedAt, notes };
  },
};

export const cutAmid: Fault = {
  name: 'WebSocket cut amid commands',
  async inject(world, dice) {
    const { notes, over } = await begun(world, dice);
    world.proxy.cut();
    await over;
    world.proxy.release();
    return { from: Date.now(), notes };
  },
};

export const freeze: Fault = {
  name: 'frozen (SIGSTOP)',
  async inject(world, dice) {
    world.controller.signal('SIGSTOP');
    const notes = await meanwhile(world, dice, PEOPLE);
    await ended(world, (WATCHDOG_SECONDS + 5) * 1_000, 'the watchdog does not end the frozen service');
    return { from: (await world.restart()).startedAt, notes };
  },
};

export const terminate: Fault = {
  name: 'SIGTERM',
  async inject(world, dice) {
    const amid = dice.percent(50) ? await begun(world, dice) : null;
    const asked = Date.now();
    world.controller.signal('SIGTERM');
    const { code } = await ended(world, ENDS_WITHIN_MS, 'SIGTERM does not end the service');
    const tookMs = Date.now() - asked;
    if (code !== 0 || tookMs > TERM_WITHIN_MS) throw new Error(`SIGTERM: exit code ${code} after ${tookMs} ms`);
    await amid?.over;
    const notes = [`ended after ${tookMs} ms`, ...(amid?.notes ?? []), ...(await meanwhile(world, dice, PEOPLE))];
    return { from: (await world.restart()).startedAt, notes };
  },
};

export const cut: Fault = {
  name: 'WebSocket cut',
  async inject(world, dice) {
    world.proxy.cut();
    const notes = await meanwhile(world, dice, PEOPLE);
    await pause(dice.between(0, 2_000));
    world.proxy.release();
    return { from: Date.now(), notes };
  },
};

/** @param mostMs longer than the service needs to notice, or shorter */
export const halfOpen = (mostMs: number): Fault => ({
  name: 'WebSocket half open',
  async inject(world, dice) {
    world.proxy.hold();
    const notes = await meanwhile(world, dice, PEOPLE);
    const forMs = dice.between(1_000, mostMs);
    await pause(forMs);
    world.proxy.release();
    return { from: Date.now(), notes: [`for ${forMs} ms`, ...notes] };
  },
});

export const lock: Fault = {
  name: 'database locked',
  async inject(world, dice) {
    const release = await world.database.lock();
    const notes = await meanwhile(world, dice, PEOPLE);
    const forMs = dice.between(2_500, 5_000);
    await pause(forMs);
    await release();
    return { from: Date.now(), notes: [`for ${forMs} ms`, ...notes] };
  },
};

/** Of a database that is a server of its own. */
export const databaseFaults = ({ crash, disconnect }: ChaosDatabase): readonly Fault[] => [
  ...(crash === null ? [] : [databaseCrashes(crash)]),
  ...(disconnect === null ? [] : [databaseDisconnects(disconnect)]),
];

const databaseCrashes = (crash: NonNullable<ChaosDatabase['crash']>): Fault => ({
  name: 'database server killed',
  async inject(world, dice) {
    const amid = dice.percent(50) ? await begun(world, dice) : null;
    const startAgain = await crash();
    const notes = [...(amid?.notes ?? []), ...(amid === null ? await meanwhile(world, dice, PEOPLE) : [])];
    const forMs = dice.between(500, 5_000);
    await pause(forMs);
    await startAgain();
    const from = Date.now();
    await amid?.over;
    return { from, notes: [`away for ${forMs} ms`, ...notes] };
  },
});

const databaseDisconnects = (disconnect: NonNullable<ChaosDatabase['disconnect']>): Fault => ({
  name: 'database connections cut',
  async inject(world, dice) {
    const { notes, over } = await begun(world, dice);
    await disconnect();
    const from = Date.now();
    await over;
    return { from, notes };
  },
});

export const second: Fault = {
  name: 'second controller',
  async inject(world) {
    const first = world.controller;
    const { startedAt } = await world.restart();
    const exit = await Promise.race([first.exited, pause(REPLACED_WITHIN_MS, null, { ref: false })]);
    if (exit === null) await first.kill();
    if (exit?.code !== REPLACED) throw new Error(`the first controller: exit code ${exit?.code ?? 'none'}, not 3`);
    return { from: startedAt, notes: [] };
  },
};

export const asteriskFrozen = (forMs: number): Fault => ({
  name: `Asterisk frozen for ${forMs / 1_000} s`,
  async inject(world) {
    const { pid } = world.lab.pbx;
    if (pid === undefined) throw new Error('Asterisk has ended.');
    const begun = Date.now();
    process.kill(pid, 'SIGSTOP');
    await pause(forMs);
    process.kill(pid, 'SIGCONT');
    const from = Date.now();
    for (const live of world.calls) live.excuse({ from: begun, to: from });
    return { from, notes: [] };
  },
});

export const asteriskRestarts: Fault = {
  name: 'Asterisk restarts',
  async inject(world) {
    for (const live of world.calls) {
      live.died = !live.customer.call.over;
      live.customer.mayEnd();
      live.excuse({ from: Date.now(), to: Number.POSITIVE_INFINITY });
    }
    await world.lab.pbx.kill9();
    await world.lab.bank.reset();
    await world.lab.pbx.start();
    const from = Date.now();
    await world.lab.bank.registerAll();
    return { from, notes: [], died: true };
  },
};

async function ended({ controller }: World, withinMs: number, otherwise: string) {
  const exit = await Promise.race([controller.exited, pause(withinMs, null, { ref: false })]);
  if (exit !== null) return exit;
  await controller.kill();
  throw new Error(otherwise);
}
