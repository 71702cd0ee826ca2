/** One customer's call from the first ring to the end of the wrap-up, looked at from every side; throws a sentence where it fails. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Call } from '../lab/call.js';
import type { Lab } from '../lab/lab.js';
import type { LegView } from '../src/app/view.js';
import { WRAP_UP_MS } from './configure.js';
import { OUTSIDE_NUMBER } from './people.js';
import { checked } from './print.js';
import type { Watch } from './watch.js';

const WAIT_MS = 10_000;
/** How long a tone is listened to. */
const LISTEN_MS = 700;
const CUSTOMER_HZ = 650;
const AGENT_HZ = 1_250;

export interface DemoCall {
  readonly lab: Lab;
  readonly watch: Watch;
  readonly customer: { readonly from: string; readonly name: string };
  /** How long they go on talking once each has heard the other. */
  readonly talkMs: number;
}

export async function demoCall({ lab, watch, customer, talkMs }: DemoCall): Promise<void> {
  for (const phone of lab.bank.phones) phone.behaves('ring').forgetCalls();
  const caller = await lab.bank.trunk.call(OUTSIDE_NUMBER, customer);
  try {
    const leg = await watch.until("an agent's phone rings", () => ringingAgent(watch, customer.from), WAIT_MS);
    const agent = watch.agents.get(leg.agentId ?? '');
    if (agent === undefined) throw new Error('The phone that rings belongs to no agent.');
    const phone = await lab.bank.phone(agent.number).nextCall({ timeoutMs: WAIT_MS });
    mustBe(phone.callerNumber, customer.from, "the number on the agent's phone");
    await hearsMusic(caller, customer.name);
    if (!(await phone.answer())) throw new Error('The customer was gone before the agent answered.');
    await watch.until('customer and agent talk', () => callOf(watch, customer.from)?.phase === 'talking', WAIT_MS);
    await hearEachOther(caller, phone, customer.name, agent.name);
    await pause(talkMs);
    const wrapUp = watch.until(`${agent.name} wraps up`, () => statusOf(watch, agent.id) === 'callHandling', WAIT_MS);
    await caller.hangup();
    await phone.untilEnded();
    await wrapUp;
    const ready = () => statusOf(watch, agent.id) === 'ready';
    await watch.until(`${agent.name} is ready again`, ready, WRAP_UP_MS + WAIT_MS);
    await watch.until('the call is over', () => callOf(watch, customer.from) === undefined, WAIT_MS);
    await nothingLeft(lab);
  } finally {
    await caller.hangup();
  }
}

function callOf(watch: Watch, from: string) {
  return [...watch.calls.values()].find((call) => call.from.number === from);
}

function ringingAgent(watch: Watch, from: string): LegView | undefined {
  return callOf(watch, from)?.legs.find((leg) => leg.agentId !== null && leg.phase === 'ringing');
}

const statusOf = (watch: Watch, agentId: string) => watch.agents.get(agentId)?.status?.id;

function mustBe(found: string, wanted: string, what: string): void {
  if (found !== wanted) throw new Error(`Wrong: ${what} is "${found}" and not "${wanted}".`);
  checked(`${what} is ${found}`);
}

async function hearsMusic(caller: Call, name: string): Promise<void> {
  await caller.untilAnswered();
  const heard = await caller.hears(LISTEN_MS);
  if (!heard.music) throw new Error(`${name} should hear music while the phone rings, but hears ${String(heard)}.`);
  checked(`${name} hears music while waiting`);
}

async function hearEachOther(caller: Call, phone: Call, callerName: string, agentName: string): Promise<void> {
  await caller.playTone(CUSTOMER_HZ);
  await phone.playTone(AGENT_HZ);
  const [callerHears, agentHears] = await Promise.all([caller.hears(LISTEN_MS), phone.hears(LISTEN_MS)]);
  for (const [who, heard, hz, other] of [
    [callerName, callerHears, AGENT_HZ, agentName],
    [agentName, agentHears, CUSTOMER_HZ, callerName],
  ] as const) {
    if (heard.tones.join() !== String(hz)) {
      throw new Error(`${who} should hear the ${hz} Hz of ${other} and nothing else, but hears ${String(heard)}.`);
    }
    checked(`${who} hears ${other} (a tone of ${hz} Hz)`);
  }
}

/** Channels end a moment after the call: Asterisk is asked until none is there. */
async function nothingLeft(lab: Lab): Promise<void> {
  const deadline = Date.now() + WAIT_MS;
  for (;;) {
    const channels = (await lab.pbx.cli('core show channels concise')).trim();
    if (channels === '') return checked('nothing is left of the call in Asterisk');
    if (Date.now() > deadline) throw new Error(`The call is over, but Asterisk still has:\n${channels}`);
    await pause(50);
  }
}
