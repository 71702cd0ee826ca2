/** Logging in at a phone: agent number and PIN. The phone is the agent's then, until the session ends. */
import type { AgentId } from '../../core/call/state.js';
import type { Application } from '../application.js';
import type { Execute } from '../catalogue/execute.js';
import { countAttempts } from '../login/attempts.js';
import type { CredentialStore } from '../login/credential-store.js';
import { verifyNothing, verifyPassword } from '../login/password.js';
import type { PhoneLogins } from '../phone-logins.js';
import type { RoutingState } from '../routing.js';
import type { Dialogue } from './dialogue.js';
import type { FeatureAsked } from './features.js';
import { sound } from './sounds.js';

export interface PhoneLoginPorts {
  readonly application: Application;
  readonly execute: Execute;
  readonly routing: () => RoutingState;
  readonly credentials: Pick<CredentialStore, 'pinHash'>;
  readonly phoneLogins: PhoneLogins;
}

/** A slip of the finger is forgiven; after that the phone is let go. */
const ATTEMPTS = 3;
const LONGEST_NUMBER = 32;
export const LONGEST_PIN = 12;
/** Of one agent number, at whatever phone: a PIN is short. */
const attempts = countAttempts();

export async function logIn(ports: PhoneLoginPorts, dialogue: Dialogue, asked: FeatureAsked): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const agentId = await whoIsThere(ports, dialogue, asked);
    if (agentId !== null) {
      await sitDown(ports, dialogue, agentId, asked.address);
      return;
    }
    await dialogue.tell([sound('beeperr'), sound('vm-incorrect')]);
  }
  await dialogue.tell([sound('goodbye')]);
}

/** Whose number and PIN were keyed in; null when they do not belong together, or there is no such agent. */
async function whoIsThere(ports: PhoneLoginPorts, dialogue: Dialogue, asked: FeatureAsked): Promise<AgentId | null> {
  const { settings } = ports.routing();
  // Just # : whose phone it is.
  const number = await dialogue.ask({ items: [sound('agent-user')], most: LONGEST_NUMBER });
  const pin = await dialogue.ask({ items: [sound('agent-pass')], most: LONGEST_PIN });
  const agentId = number === '' ? asked.agentId : (settings.agentByNumber.get(number)?.id ?? null);
  if (attempts.begin(agentId ?? asked.address, ports.application.now()) !== null) return null;
  const hash = agentId === null ? null : await ports.credentials.pinHash(agentId);
  const right = hash === null ? await verifyNothing(pin) : await verifyPassword(pin, hash);
  if (agentId === null || !right) return null;
  attempts.succeeded(agentId);
  return agentId;
}

async function sitDown(ports: PhoneLoginPorts, dialogue: Dialogue, agentId: AgentId, address: string): Promise<void> {
  const { application, execute, phoneLogins } = ports;
  if (!(await leftBy(ports, agentId, address))) {
    await dialogue.tell([sound('beeperr'), sound('is-in-use')]);
    return;
  }
  await phoneLogins.logIn(agentId, address);
  const role = ports.routing().settings.agents.get(agentId)?.role ?? 'agent';
  const outcome = await execute({ agentId, role }, 'agent.logIn', {});
  // Somebody who works with a computer as well is logged in there already, and has a phone now.
  const isIn = outcome.ok || outcome.error.code === 'alreadyLoggedIn';
  if (!isIn) await phoneLogins.logOut(agentId);
  const confirmed = isIn && application.views.agent(agentId)?.loggedIn === true;
  await dialogue.tell(confirmed ? [sound('agent-loginok')] : [sound('beeperr'), sound('im-sorry')]);
}

/** Whoever logged in at this phone before goes; not in the middle of a call. The agent must have no call at another phone, either. */
async function leftBy(ports: PhoneLoginPorts, agentId: AgentId, address: string): Promise<boolean> {
  if ((ports.application.views.agent(agentId)?.callIds.length ?? 0) > 0) return false;
  const former = ports.phoneLogins.agentAt(address);
  if (former === null || former === agentId) return true;
  const role = ports.routing().settings.agents.get(former)?.role ?? 'agent';
  const outcome = await ports.execute({ agentId: former, role }, 'agent.logOut', {});
  return outcome.ok || outcome.error.code === 'notLoggedIn';
}
