/** Agents who ask for this and that, often for what cannot be done: a refusal must change nothing at all. */
import { isDeepStrictEqual } from 'node:util';
import type { CallTarget } from '../../src/app/call-target.js';
import { isRefusal } from '../../src/core/refusal.js';
import type { TestCentre } from './centre.js';
import type { Dice } from './dice.js';
import type { Deed, Numbers } from './random-people.js';

type Asked = () => Promise<unknown>;
/** An agent, one of the agent's calls, and perhaps a line of it. */
interface Place {
  readonly agentId: string;
  readonly callId: string;
  readonly lineId: string | null;
}

export class Commands {
  readonly #centre: TestCentre;
  readonly #dice: Dice;
  readonly #numbers: Numbers;
  readonly #agentIds: readonly string[];
  readonly #message: { readonly sound: string; readonly durationMs: number };
  /** How often each was accepted and refused. */
  readonly counts = new Map<string, { accepted: number; refused: number }>();

  constructor(
    centre: TestCentre,
    dice: Dice,
    numbers: Numbers,
    agents: readonly string[],
    message: { readonly sound: string; readonly durationMs: number },
  ) {
    this.#centre = centre;
    this.#dice = dice;
    this.#numbers = numbers;
    this.#agentIds = agents.map((number) => `a${number}`);
    this.#message = message;
  }

  deeds(): readonly Deed[] {
    const { calls } = this.#centre.centre;
    const at = (name: string, weight: number, run: (place: Place) => Asked | null): Deed => ({
      name,
      weight,
      act: () => this.#at(name, run),
    });
    const record = () => this.#dice.pick(['start', 'start', 'stop', 'pause', 'resume'] as const) ?? 'start';
    return [
      at(
        'hold',
        8,
        ({ agentId, callId, lineId }) =>
          () =>
            calls.hold(agentId, callId, lineId),
      ),
      at(
        'resume',
        8,
        ({ agentId, callId, lineId }) =>
          () =>
            calls.resume(agentId, callId, lineId),
      ),
      at(
        'swap',
        6,
        ({ agentId }) =>
          () =>
            calls.swap(agentId),
      ),
      at('consult', 18, ({ agentId, callId }) => this.#toTarget((to) => calls.consult(agentId, callId, to))),
      at('transfer', 8, ({ agentId, callId, lineId }) =>
        this.#toTarget((to) => calls.transfer(agentId, callId, lineId, to)),
      ),
      at('complete', 10, (place) => this.#complete(place)),
      at('conference', 10, ({ agentId, callId }) => {
        const other = this.#dice.percent(40) ? this.#otherCall(agentId, callId) : null;
        return () => calls.conference(agentId, callId, other);
      }),
      at('invite', 8, ({ agentId, callId, lineId }) =>
        this.#toTarget((to) => calls.invite(agentId, callId, lineId, to)),
      ),
      at('remove', 3, (place) => this.#party(place, (legId) => calls.removeParty(place.agentId, place.callId, legId))),
      at('mute a party', 3, (place) => {
        const muted = this.#dice.percent(40);
        return this.#party(place, (legId) => calls.muteParty(place.agentId, place.callId, legId, muted));
      }),
      at('mute', 4, ({ agentId, callId }) => {
        const muted = this.#dice.percent(40);
        return () => calls.setMuted(agentId, callId, muted);
      }),
      at('record', 8, ({ agentId, callId, lineId }) => {
        const action = record();
        return () => calls.record(agentId, callId, lineId, action);
      }),
      at('leave a message', 2, ({ agentId, callId, lineId }) => () => {
        return calls.leaveMessage(agentId, callId, lineId, this.#message);
      }),
      at(
        'hang up',
        4,
        ({ agentId, callId, lineId }) =>
          () =>
            calls.hangUp(agentId, callId, lineId),
      ),
      at(
        'park',
        5,
        ({ agentId, callId, lineId }) =>
          () =>
            calls.park(agentId, callId, lineId),
      ),
      { name: 'retrieve', weight: 5, act: () => this.#takeOver('retrieve') },
      { name: 'pick up', weight: 8, act: () => this.#takeOver('pick up') },
      { name: 'dial', weight: 5, act: () => this.#dial() },
      { name: 'be ready', weight: 8, act: () => this.#beReady() },
    ];
  }

  /** Everything that the centre shows to anybody. */
  #shown(): object {
    const { at: _now, ...shown } = this.#centre.centre.views.snapshot({ agentId: 'admin', role: 'administrator' });
    return shown;
  }

  /** What is decided is decided before the answer comes: so what is seen right after asking is the command's own doing. */
  async #ask(name: string, run: Asked): Promise<string> {
    const before = this.#shown();
    const asked = run();
    const after = this.#shown();
    const result = await asked;
    const count = this.counts.get(name) ?? { accepted: 0, refused: 0 };
    this.counts.set(name, count);
    if (!isRefusal(result)) {
      count.accepted += 1;
      return 'accepted';
    }
    count.refused += 1;
    if (!isDeepStrictEqual(after, before)) {
      throw new Error(
        `${name} was refused (${result.refused}) and changed something:\n${JSON.stringify({ before, after })}`,
      );
    }
    return result.refused;
  }

  async #at(name: string, run: (place: Place) => Asked | null): Promise<string | null> {
    const place = this.#place();
    const asked = place === null ? null : run(place);
    if (place === null || asked === null) return null;
    const result = await this.#ask(name, asked);
    return `${place.agentId} ${place.callId} ${place.lineId ?? ''}: ${result}`;
  }

  /** Mostly an agent with a call; now and then somebody else's call, or somebody else's line. */
  #place(): Place | null {
    const all = this.#centre.calls();
    const busy = this.#agentIds.filter((id) => (this.#centre.centre.views.agent(id)?.callIds.length ?? 0) > 0);
    const agentId = this.#dice.pick(this.#dice.percent(95) ? busy : this.#agentIds);
    if (agentId === undefined) return null;
    const own = this.#centre.centre.views.agent(agentId)?.callIds ?? [];
    const callId = this.#dice.pick(this.#dice.percent(95) ? own : all.map(({ id }) => id));
    if (callId === undefined) return null;
    const lines = all.find(({ id }) => id === callId)?.lines ?? [];
    const lineId = this.#dice.percent(40) ? (this.#dice.pick(lines)?.id ?? null) : null;
    return { agentId, callId, lineId };
  }

  #target(): CallTarget | undefined {
    if (this.#dice.percent(10)) return { queueId: 'sales' };
    if (this.#dice.percent(50)) return { agentId: this.#dice.pick(this.#agentIds) ?? '' };
    const number = this.#dice.pick(this.#numbers.dialledByAgents);
    return number === undefined ? undefined : { number };
  }

  #toTarget(run: (to: CallTarget) => Promise<unknown>): Asked | null {
    const to = this.#target();
    return to === undefined ? null : () => run(to);
  }

  #complete({ agentId, callId, lineId }: Place): Asked {
    const otherCall = this.#dice.percent(50) ? this.#otherCall(agentId, callId) : null;
    return () => this.#centre.centre.calls.complete(agentId, callId, lineId, { callId: otherCall, lineId: null });
  }

  #otherCall(agentId: string, callId: string): string | null {
    const others = (this.#centre.centre.views.agent(agentId)?.callIds ?? []).filter((id) => id !== callId);
    return this.#dice.pick(others) ?? null;
  }

  #party({ callId }: Place, run: (legId: string) => Promise<unknown>): Asked | null {
    const leg = this.#dice.pick(this.#centre.calls().find(({ id }) => id === callId)?.legs ?? []);
    return leg === undefined ? null : () => run(leg.id);
  }

  /** From the desktop, or with a leg that the agent has in some call: mostly one who talks there, which is refused. */
  async #takeOver(what: 'retrieve' | 'pick up'): Promise<string | null> {
    const agentId = this.#dice.pick(this.#agentIds);
    if (agentId === undefined) return null;
    const { parked } = this.#centre.centre.views.snapshot({ agentId, role: 'agent' });
    const slot = this.#dice.pick(parked)?.slot ?? '701';
    const own = this.#centre.centre.views.agent(agentId)?.callIds ?? [];
    const from = this.#dice.percent(30) ? (this.#dice.pick(own) ?? null) : null;
    const { calls } = this.#centre.centre;
    const asked = () => (what === 'retrieve' ? calls.retrieve(agentId, slot, from) : calls.pickUp(agentId, null, from));
    return `${agentId} ${from ?? ''}: ${await this.#ask(what, asked)}`;
  }

  async #dial(): Promise<string | null> {
    const agentId = this.#dice.pick(this.#agentIds);
    const number = this.#dice.pick(this.#numbers.dialledByAgents);
    if (agentId === undefined || number === undefined) return null;
    const result = await this.#ask('dial', () => this.#centre.centre.calls.dial(agentId, { number }));
    return `${agentId} to ${number}: ${result}`;
  }

  /** Whoever missed a call is not rung any more. */
  async #beReady(): Promise<string | null> {
    const absent = this.#agentIds.filter((id) => this.#centre.centre.views.agent(id)?.status?.id !== 'ready');
    const agentId = this.#dice.pick(absent);
    if (agentId === undefined) return null;
    return `${agentId}: ${await this.#ask('be ready', () => this.#centre.centre.agents.setStatus(agentId, 'ready'))}`;
  }
}
