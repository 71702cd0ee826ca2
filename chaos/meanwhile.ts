/** What people do while the controller is away or cannot hear: it must find out, and deal with it. */
import type { Dice } from './dice.js';
import type { LiveCall } from './live-call.js';
import type { Outcome, Situation } from './wants.js';
import type { World } from './world.js';

interface Deed {
  readonly name: string;
  readonly in: readonly Situation[];
  act(live: LiveCall): Promise<void>;
  /** What has become of the call when the controller has dealt with it. */
  readonly leads: Situation | Outcome;
}

const DEEDS: readonly Deed[] = [
  {
    name: 'the customer hangs up',
    in: ['talking', 'waiting', 'ringing', 'consult', 'held', 'message', 'conference', 'recorded', 'consultRinging'],
    // A consult and a conference go on without the customer; all others end.
    act: (live) => live.customer.leaves(),
    leads: 'gone',
  },
  {
    name: 'the agent hangs up',
    in: ['talking', 'recorded'],
    async act(live) {
      live.customer.mayEnd();
      await live.agent?.hangup();
    },
    leads: 'gone',
  },
  {
    name: 'the agent hangs up',
    in: ['held', 'consult', 'consultRinging'],
    act: async (live) => await live.agent?.hangup(),
    leads: 'recalled',
  },
  { name: 'the agent hangs up', in: ['conference'], act: async (live) => await live.agent?.hangup(), leads: 'twoLeft' },
  { name: 'the agent rejects', in: ['ringing'], act: async (live) => await live.agent?.reject(), leads: 'queued' },
  { name: 'the agent answers', in: ['ringing'], act: (live) => live.answers(), leads: 'talking' },
  { name: 'the target answers', in: ['consultRinging'], act: (live) => live.colleagueAnswers(), leads: 'consult' },
];

/** Up to so many people do something, and now and then somebody calls. Answers what was done, in sentences. */
export async function meanwhile(world: World, dice: Dice, most: number): Promise<readonly string[]> {
  const begun = Date.now();
  const done: string[] = [];
  const live = dice.shuffled(world.inOrder.filter(({ changed }) => !changed)).slice(0, dice.between(0, most));
  for (const call of live) {
    const deed = dice.pick(DEEDS.filter((each) => each.in.includes(call.place.situation)));
    if (deed === undefined) continue;
    call.changed = true;
    await deed.act(call);
    call.wants = leadsTo(deed, call);
    done.push(`${call.name}: ${deed.name}`);
    // Who stays behind alone waits for the controller.
    if (deed.leads === 'gone') call.aloneSince = begun;
  }
  const waiting = world.settled.places.find(({ situation }) => situation === 'waiting');
  if (waiting !== undefined && dice.percent(50)) {
    const arrived = await world.arrive(waiting);
    // Not before the controller is back, where it is frozen.
    arrived.customer.speaks().catch(() => undefined);
    done.push(`${arrived.customer.number} calls`);
  }
  return done;
}

/** Of a consult agent and target are left, who go on; where the target still rings too. */
function leadsTo(deed: Deed, { place }: LiveCall): Situation | Outcome {
  if (deed.name !== 'the customer hangs up') return deed.leads;
  if (place.situation === 'consult' || place.situation === 'conference') return 'twoLeft';
  return place.situation === 'consultRinging' ? 'targetRings' : 'gone';
}
