/**
 * The phone in an agent's browser, as one of the agent's devices. It is known by its endpoint's name: no other endpoint of the PBX may
 * be called `browser-…`, for those are made and taken away by us.
 */
import type { AgentAccount, Device } from '../directory.js';

const ADDRESS = /^PJSIP\/(browser-[A-Za-z0-9_-]{1,60})$/;
const PREFIX = 'browser-';

/** The endpoint's name, e.g. `browser-101` for `PJSIP/browser-101`; null for a device that is no browser. */
export function browserEndpoint(address: string): string | null {
  return ADDRESS.exec(address)?.[1] ?? null;
}

/** Could an endpoint of this name be one of ours? */
export function isBrowserEndpoint(name: string): boolean {
  return name.startsWith(PREFIX);
}

/** An agent has one at most: of several the first counts. */
export function browserDeviceOf(agent: AgentAccount | undefined): Device | null {
  return agent?.devices.find(({ address }) => browserEndpoint(address) !== null) ?? null;
}
