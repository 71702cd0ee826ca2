/** A customer and an agent in conversation, for tests of what happens then; all that the customer hears meanwhile is kept. */
import { expect } from '@jest/globals';
import type { Call } from '../../lab/call.js';
import type { IncomingCall } from '../../lab/incoming-call.js';
import type { Listening } from '../../lab/listening.js';
import type { OutgoingCall } from '../../lab/outgoing-call.js';
import type { Heard } from '../../lab/tone-analysis.js';
import type { CentreSettings } from '../../src/app/directory.js';
import type { LegView } from '../../src/app/view.js';
import { CUSTOMER, DID, type TestCentre } from './centre.js';
import { Ears } from './ears.js';

/** Nobody who is not an agent may hear nothing for longer. */
const SILENCE_LIMIT_MS = 2_000;
/** Twice what a tone needs to be told. */
const LISTEN_MS = 300;

export class Scene {
  /** Of all scenes of this test file. */
  static longestSilenceMs = 0;
  readonly ears = new Ears(LISTEN_MS);
  readonly id: string;
  readonly #centre: TestCentre;
  readonly #listening: Listening;

  /** Agent 101 is rung for a customer, by the queue unless another number is dialled, and answers. */
  static async talking(centre: TestCentre, did = DID): Promise<Scene> {
    await centre.ready('101');
    const customer = await centre.lab.bank.trunk.call(did, CUSTOMER);
    const agent = await centre.rung('101', 'the phone rings for the customer');
    await agent.answer();
    await customer.untilAnswered();
    const call = await centre.until('they talk', () => centre.calls().find(({ phase }) => phase === 'talking'));
    const listening = await customer.listen();
    const scene = new Scene(centre, customer, agent, call.id, listening);
    await scene.ears.add('customer', customer);
    await scene.ears.add('agent', agent);
    return scene;
  }

  private constructor(
    centre: TestCentre,
    readonly customer: OutgoingCall,
    readonly agent: IncomingCall,
    id: string,
    listening: Listening,
  ) {
    this.#centre = centre;
    this.id = id;
    this.#listening = listening;
  }

  get #calls() {
    return this.#centre.centre.calls;
  }

  /** How the call's lines are now, as an agent sees them; none once it has ended. */
  get lines(): string {
    const call = this.#centre.calls().find(({ id }) => id === this.id);
    return (call?.lines ?? []).map(({ state }) => state).join(' ');
  }

  hold = () => this.#centre.accepted(this.#calls.hold('a101', this.id, null));
  swap = () => this.#centre.accepted(this.#calls.swap('a101'));
  conference = () => this.#centre.accepted(this.#calls.conference('a101', this.id, null));
  /** The button: the line named, or the one that the agent talks on. */
  button = (lineId: string | null = null) => this.#centre.accepted(this.#calls.hangUp('a101', this.id, lineId));
  complete = () => this.#centre.accepted(this.#calls.complete('a101', this.id, null, { callId: null, lineId: null }));
  transfer = (number: string) => this.#centre.accepted(this.#calls.transfer('a101', this.id, null, { number }));
  invite = (number: string) => this.#centre.accepted(this.#calls.invite('a101', this.id, null, { number }));
  consult = (number: string) => this.#centre.accepted(this.#calls.consult('a101', this.id, { number }));

  /** The agent puts the receiver down, and the centre knows: what another phone does next may reach it sooner. */
  async agentHangsUp(): Promise<void> {
    await this.agent.hangup();
    const isThere = () => this.#centre.calls().some(({ legs }) => legs.some(isAgentsOwn));
    await this.#centre.until('the centre knows that the agent has hung up', () => !isThere());
  }

  /** Agent 102 is asked; the phone rings. */
  async asking(): Promise<IncomingCall> {
    await this.consult('102');
    return this.#centre.rung('102', 'the consult rings');
  }

  /** Agent 102 is asked and has answered: `target` in what is heard. */
  async asked(): Promise<IncomingCall> {
    const target = await this.asking();
    await this.answers('target', target);
    await this.#centre.until('102 is on the line', () => this.#centre.activity('102') === 'talking');
    return target;
  }

  /** The phone is picked up, and its user speaks. */
  async answers(name: string, call: IncomingCall): Promise<void> {
    await call.answer();
    await this.ears.add(name, call);
  }

  /** The agent's phone rings again, shows the customer, and is answered: they hear each other. */
  async recalled(): Promise<IncomingCall> {
    const again = await this.#centre.rung('101', 'the phone rings again');
    expect(again.callerNumber).toBe(CUSTOMER.from);
    await this.agent.untilEnded();
    await this.answers('again', again);
    await this.ears.expect({ customer: 'again', again: 'customer' });
    return again;
  }

  /** The customer has heard somebody, music or ringing all the time until now. */
  async neverSilent(): Promise<Heard> {
    const heard = await this.#listening.stop();
    Scene.longestSilenceMs = Math.max(Scene.longestSilenceMs, heard.silenceMs);
    expect(heard.silenceMs).toBeLessThanOrEqual(SILENCE_LIMIT_MS);
    return heard;
  }
}

const isAgentsOwn = ({ agentId, phase }: LegView) => agentId === 'a101' && phase === 'up';

/** Everybody has gone and every agent is free. */
export async function over(centre: TestCentre, outcome: string, ...calls: readonly Call[]): Promise<void> {
  await Promise.all(calls.map((call) => call.untilEnded()));
  await centre.untilClean();
  await centre.until('the end is told', () => centre.events('call.ended').length > 0);
  expect(centre.events('call.ended').at(-1)?.outcome).toBe(outcome);
  for (const { number } of centre.lab.bank.phones) expect([number, centre.activity(number)]).toEqual([number, 'idle']);
}

/** Changes the centre's settings, for calls that begin from now on. */
export function centreIs(centre: TestCentre, more: Partial<CentreSettings>): Promise<unknown> {
  return centre.configure(async (store) => {
    const { centre: now } = await store.load();
    await store.saveCentre({ ...now, ...more });
  });
}

/** For whoever reads the run: RINGMASTER_TEST_LOG=1 shows it. */
export function tellSilence(file: string): void {
  if (process.env.RINGMASTER_TEST_LOG) {
    process.stderr.write(`${file}: the longest silence of a customer was ${Scene.longestSilenceMs} ms\n`);
  }
}
