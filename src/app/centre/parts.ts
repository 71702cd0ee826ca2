/**
 * Makes the parts of the centre, each beside what it is joined to. Parts know one another in circles: what is made later is asked for
 * when it is needed, which is never while parts are still being made.
 */
import type { AgentId, Instant } from '../../core/call/state.js';
import { BrowserPhones } from '../browser-phone/browser-phones.js';
import { Resumption } from '../browser-phone/resumption.js';
import { VanishedPages } from '../browser-phone/vanished-pages.js';
import { openCallbacks } from '../callbacks/open-callbacks.js';
import type { CentrePorts } from '../centre-ports.js';
import { Freshness } from '../freshness.js';
import { Lamps } from '../lamps.js';
import { Leading } from '../scenarios/leading.js';
import { SCENARIO } from '../scenarios/start.js';
import type { SettingsInForce } from '../settings-in-force.js';
import { smsChange } from '../sms/view.js';
import { Views } from '../views.js';
import { type AgentsSide, openAgents } from './agents-side.js';
import { type CallsSide, openCalls } from './calls-side.js';
import { type Ground, layGround } from './ground.js';
import { type Operations, openOperations } from './operations.js';
import { inOrder, PartsInOrder } from './order.js';
import type { Part } from './part.js';

export interface Parts {
  readonly ground: Ground;
  readonly agents: AgentsSide;
  readonly calls: CallsSide;
  readonly views: Views;
  readonly lamps: Lamps;
  readonly freshness: Freshness;
  readonly operations: Operations;
  readonly callbacks: ReturnType<typeof openCallbacks>;
  readonly leading: Leading;
  readonly browserPhones: BrowserPhones;
  readonly resumption: Resumption;
  /** All of them, told in order. */
  readonly all: PartsInOrder;
}

export function makeParts(ports: CentrePorts, inForce: SettingsInForce, now: Instant): Parts {
  const all = new PartsInOrder(() => order);
  const ground = layGround(ports, inForce, { agents: () => agents, calls: () => calls }, all);
  const agents = openAgents(ground, all);
  const calls: CallsSide = openCalls(ground, agents, {
    callPublished: (call, events) => all.callPublished(call, events),
    queueChanged: (id) => views.queueChanged(id),
  });
  const views: Views = openViews(ground, agents, calls, () => callbacks);
  const callbacks = calledBack(ground, agents, calls, views);
  const operations = openOperations(ground, agents, calls, views);
  const lamps = lit(ground, agents, calls);
  const leading = new Leading(ground, () => callbacks.operations);
  calls.scripts.register(SCENARIO, leading.runner);
  const resumption = openResumption(ground, agents);
  const browserPhones = inBrowsers(ground, agents, resumption);
  const freshness = new Freshness(now);
  const parts = {
    ...{
      ground,
      agents,
      calls,
      views,
      lamps,
      freshness,
      operations,
      callbacks,
      leading,
      browserPhones,
      resumption,
      all,
    },
  };
  const order: readonly Part[] = inOrder(parts);
  return parts;
}

function openViews(
  { ports, addressBook: callers, settings, stream }: Ground,
  { agents, dispatcher }: AgentsSide,
  { switchboard }: CallsSide,
  callbacks: () => Parts['callbacks'],
): Views {
  const { clock, log, outside } = ports;
  const views = new Views({
    ...{ crm: outside.crm, callers, agents, dispatcher, switchboard, settings, clock, log },
    callbacks: (viewer) => callbacks().upcoming.of(viewer),
  });
  outside.sms.onEvent((event, sms) => {
    stream.tell([event]);
    views.tell(smsChange(sms));
  });
  return views;
}

function calledBack(
  { ports, routing, stream }: Ground,
  { agents, dispatcher }: AgentsSide,
  { switchboard }: CallsSide,
  views: Views,
): Parts['callbacks'] {
  const { callbacks: store, history, clock, log, phones, isInCharge } = ports;
  const tell: Views['tell'] = (change) => views.tell(change);
  const callbacks = openCallbacks({
    ...{ store, history, clock, log, phones, switchboard, dispatcher, agents, routing, tell, isInCharge },
  });
  stream.listen((event) => callbacks.scheduler.heard(event));
  store.onEvent((event) => stream.tell([event]));
  return callbacks;
}

function lit({ ports, settings, mailbox }: Ground, { agents, dispatcher }: AgentsSide, { switchboard }: CallsSide) {
  const { lampPanel: panel, log } = ports;
  const calls = () => switchboard.calls();
  return new Lamps({ panel, agents, dispatcher, callOf: (id) => mailbox(id)?.call ?? null, calls, settings, log });
}

function openResumption({ mailbox, routing }: Ground, { agents }: AgentsSide): Resumption {
  return new Resumption({
    ...{ mailbox, routing },
    callIdsOf: (id) => agents.get(id)?.callIds ?? [],
    ringingCallOf: (id) => agents.get(id)?.offeredCallId ?? null,
  });
}

function inBrowsers({ ports, settings }: Ground, { agents }: AgentsSide, resumption: Resumption): BrowserPhones {
  const { phoneAccounts: accounts, phoneSettings, voiceMeter: voice, clock, log } = ports;
  const hasCalls = (id: AgentId) => (agents.get(id)?.callIds ?? []).length > 0;
  const vanished = new VanishedPages({
    ...{ voice, hasCalls },
    legsOf: (agentId) => resumption.legsOf(agentId),
    silent: (agentId, legId) => resumption.silent(agentId, legId),
    heardAgain: (agentId, legId) => resumption.heardAgain(agentId, legId),
  });
  return new BrowserPhones({
    ...{ accounts, phoneSettings, settings, resumption, vanished, clock, log },
    isLoggedIn: (id) => agents.get(id)?.session != null,
    hasCalls,
  });
}
