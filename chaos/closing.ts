/** When everybody has hung up: nothing is left anywhere, and history and statistics have no hole and no double. */
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { ariHttp } from '../lab/ari.js';
import type { LiveCall } from './live-call.js';
import type { World } from './world.js';

const CLEAN_WITHIN_MS = 15_000;
const LOOK_MS = 50;
const PAGE = 1_000;

const ids = z.array(z.object({ id: z.string() }));
const records = z.array(
  z.object({
    id: z.string(),
    fromNumber: z.string(),
    endedAt: z.number().nullable(),
    outcome: z.string().nullable(),
    queueId: z.string().nullable(),
  }),
);
const counts = z.object({ offered: z.number(), answered: z.number(), abandoned: z.number(), lost: z.number() });
const totals = z.array(counts.extend({ queueId: z.string() }));
const queues = z.array(z.object({ id: z.string(), waiting: z.number(), today: counts }));

type Counts = z.output<typeof counts>;

/** Everything that is not as it should be, in sentences. */
export async function closingProblems(world: World, since: number): Promise<readonly string[]> {
  return [
    ...(await leftovers(world)),
    ...(await historyProblems(world, since)),
    ...(await statisticsProblems(world, since)),
    ...(await agentProblems(world)),
  ];
}

async function leftovers(world: World): Promise<readonly string[]> {
  const deadline = Date.now() + CLEAN_WITHIN_MS;
  for (;;) {
    const picture = await world.settled.supervisor.look();
    const left = [
      ...(picture?.calls.map(({ id }) => `call ${id}`) ?? ['the service does not answer']),
      ...(await inAsterisk(world, 'channels')),
      ...(await inAsterisk(world, 'bridges')),
    ];
    if (left.length === 0) return [];
    if (Date.now() > deadline) return left.map((what) => `left: ${what}`);
    await pause(LOOK_MS);
  }
}

async function inAsterisk({ lab }: World, kind: 'channels' | 'bridges'): Promise<readonly string[]> {
  const { body } = await ariHttp(lab.pbx, 'GET', kind);
  return ids.parse(body).map(({ id }) => `${kind} ${id}`);
}

/** What history should say of it. */
function outcomeOf({ connected, died }: LiveCall): string {
  return died ? 'lost' : connected ? 'answered' : 'abandoned';
}

async function historyProblems(world: World, since: number): Promise<readonly string[]> {
  const kept = await history(world, since);
  const problems = world.all.flatMap((live) => {
    const mine = kept.filter(({ fromNumber }) => fromNumber === live.customer.number);
    const [record] = mine;
    if (mine.length !== 1 || record === undefined) return [`${live.name} is ${mine.length} times in history`];
    if (record.endedAt === null) return [`${live.name} has no end in history`];
    const wanted = outcomeOf(live);
    return record.outcome === wanted ? [] : [`${live.name} ended as ${record.outcome}, not ${wanted}`];
  });
  const known = new Set(world.all.map(({ customer }) => customer.number));
  const strangers = kept.filter(({ fromNumber }) => !known.has(fromNumber)).map(({ id }) => `nobody made call ${id}`);
  return [...problems, ...strangers];
}

async function history(world: World, since: number): Promise<z.output<typeof records>> {
  const found: z.output<typeof records> = [];
  for (;;) {
    const after = found.length === 0 ? '' : `&after=${encodeURIComponent(found.at(-1)?.id ?? '')}`;
    const page = records.parse(
      await world.settled.supervisor.send('GET', `/history/calls?since=${since}&limit=${PAGE}${after}`),
    );
    found.push(...page);
    if (page.length < PAGE) return found;
  }
}

/** Offered, answered (also when lost later), abandoned and lost of each queue, in the reports and on the wallboard. */
async function statisticsProblems(world: World, since: number): Promise<readonly string[]> {
  const { supervisor, places } = world.settled;
  const inReports = totals.parse(await supervisor.send('GET', `/statistics/queues?since=${since}`));
  const onWallboard = queues.parse(await supervisor.send('GET', '/queues'));
  return places.flatMap(({ queueId }) => {
    const calls = world.all.filter(({ place }) => place.queueId === queueId);
    const wanted = {
      offered: calls.length,
      answered: calls.filter(({ connected }) => connected).length,
      abandoned: calls.filter((live) => outcomeOf(live) === 'abandoned').length,
      lost: calls.filter((live) => outcomeOf(live) === 'lost').length,
    };
    const report = inReports.find((each) => each.queueId === queueId);
    const queue = onWallboard.find(({ id }) => id === queueId);
    return [
      ...differs(`${queueId} in the reports`, report, wanted),
      ...differs(`${queueId} on the wallboard`, queue?.today, wanted),
      ...(queue?.waiting === 0 ? [] : [`${queueId}: ${queue?.waiting} are said to wait`]),
    ];
  });
}

function differs(what: string, found: Counts | undefined, wanted: Counts): readonly string[] {
  const told = ({ offered, answered, abandoned, lost }: Counts) =>
    `${offered} offered, ${answered} answered, ${abandoned} abandoned, ${lost} lost`;
  if (found !== undefined && told(found) === told(wanted)) return [];
  return [`${what}: ${found === undefined ? 'nothing' : told(found)}, not ${told(wanted)}`];
}

async function agentProblems(world: World): Promise<readonly string[]> {
  const picture = await world.settled.supervisor.look();
  return (picture?.agents ?? [])
    .filter(({ id }) => id !== 'admin')
    .filter(({ loggedIn, activity, callIds }) => !loggedIn || activity !== 'idle' || callIds.length > 0)
    .map((agent) => `${agent.id} is stuck: ${JSON.stringify(agent)}`);
}
