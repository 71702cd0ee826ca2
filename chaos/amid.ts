/** What is under way when the fault comes: a command has happened or it has not, and nothing between. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Dice } from './dice.js';
import type { Picture } from './door.js';
import type { LiveCall } from './live-call.js';
import type { Outcome, Situation } from './wants.js';
import type { World } from './world.js';

/** A fault comes this much later, at most. */
const UNDER_WAY_MS = 60;

interface Deed {
  readonly name: string;
  readonly in: Situation;
  act(live: LiveCall, picture: Picture): Promise<unknown>;
  /** What the call is if it has happened. */
  readonly leads: Situation | Outcome;
  /** People did it, with their phones: it has happened, whoever heard of it. */
  readonly certain?: true;
}

const toColleague = ({ place }: LiveCall) => ({ to: { kind: 'agent', agentId: place.colleague.id } });

const DEEDS: readonly Deed[] = [
  { name: 'hold', in: 'talking', act: (live, now) => live.command('hold', {}, now), leads: 'held' },
  {
    name: 'consult',
    in: 'talking',
    act: (live, now) => live.command('consult', toColleague(live), now),
    leads: 'consultRinging',
  },
  {
    name: 'transfer',
    in: 'talking',
    act: (live, now) => live.command('transfer', toColleague(live), now),
    leads: 'transferring',
  },
  { name: 'hold', in: 'recorded', act: (live, now) => live.command('hold', {}, now), leads: 'held' },
  { name: 'resume', in: 'held', act: (live, now) => live.command('resume', {}, now), leads: 'talking' },
  { name: 'complete', in: 'consult', act: (live, now) => live.command('complete', {}, now), leads: 'twoLeft' },
  { name: 'conference', in: 'consult', act: (live, now) => live.command('conference', {}, now), leads: 'conference' },
  { name: 'hang up', in: 'conference', act: (live, now) => live.command('hang-up', {}, now), leads: 'twoLeft' },
  { name: 'the phone is answered', in: 'ringing', act: (live) => live.answers(), leads: 'talking', certain: true },
  {
    name: 'the target answers',
    in: 'consultRinging',
    act: (live) => live.colleagueAnswers(),
    leads: 'consult',
    certain: true,
  },
  { name: 'the customer hangs up', in: 'waiting', act: (live) => live.customer.leaves(), leads: 'gone', certain: true },
  { name: 'the customer hangs up', in: 'message', act: (live) => live.customer.leaves(), leads: 'gone', certain: true },
  {
    name: 'end of wrap-up',
    in: 'wrapUp',
    act: ({ place }) => place.agent.door.send('POST', '/me/wrap-up/end', {}),
    leads: 'gone',
  },
];

/** What was begun, in sentences, and the end of all of it. */
export interface UnderWay {
  readonly notes: readonly string[];
  readonly over: Promise<unknown>;
}

/** Something is begun in every call at once; a moment later the fault may come. */
export async function begun(world: World, dice: Dice): Promise<UnderWay> {
  const picture = await world.settled.supervisor.look();
  const deeds = world.inOrder.flatMap((live) => {
    const deed = dice.pick(DEEDS.filter((each) => each.in === live.place.situation));
    return deed === undefined || picture === null ? [] : [{ live, deed, picture }];
  });
  const since = Date.now();
  const acts = deeds.map(({ live, deed, picture }) => {
    live.changed = true;
    if (deed.certain) live.wants = deed.leads;
    else live.orElse = deed.leads;
    if (deed.leads === 'gone') live.aloneSince = since;
    if (deed.leads === 'transferring') live.customer.mayHearRinging();
    // Refused, or cut off: it has not happened, or nobody knows.
    return deed.act(live, picture).catch(() => undefined);
  });
  const notes = deeds.map(({ live, deed }) => `${live.name}: ${deed.name}`);
  const forMs = dice.between(0, UNDER_WAY_MS);
  await pause(forMs);
  return { notes: [`${forMs} ms before: ${notes.join(', ')}`], over: Promise.all(acts) };
}
