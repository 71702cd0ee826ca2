/** In which order the parts of the centre are told of what happens to all of them. */
import type { AgentEvent } from '../../core/agent/event.js';
import type { Agent } from '../../core/agent/state.js';
import type { CallEvent } from '../../core/call/event.js';
import type { Call } from '../../core/call/state.js';
import { differences } from '../configuration-changes.js';
import type { SettingsInForce } from '../settings-in-force.js';
import type { Part } from './part.js';
import type { Parts } from './parts.js';

/** One order for every occasion: agents before whoever looks for them, calls before what follows them, those who watch last. */
export function inOrder(parts: Parts): readonly Part[] {
  return [
    parts.agents.phoneLogins,
    ...published(parts),
    ...served(parts),
    parts.calls.turnedAway,
    parts.leading,
    ...shown(parts),
    ...calledBack(parts),
    inBrowsers(parts),
  ];
}

/** Who keeps account of what has happened hears of it before those who show it. */
function published({ ground: { stream, addressBook }, operations: { dictations } }: Parts): readonly Part[] {
  return [
    {
      callPublished: (_call, events) => stream.tell(events),
      agentPublished: (_agent, events) => stream.tell(events),
    },
    addressBook,
    { callPublished: (_call, events) => dictations.callPublished(events) },
  ];
}

/** What is decided about calls. A configuration is looked at by all of these before it is shown. */
function served({ agents: { agents, dispatcher }, calls, freshness }: Parts): readonly Part[] {
  const { followers, switchboard, reconciler } = calls;
  return [
    { configured: (_before, after) => agents.load([], after.agents.keys()), stop: () => agents.stop() },
    { configured: () => dispatcher.configure(), close: () => dispatcher.close() },
    { configured: () => followers.checkAll(), stop: () => followers.stop() },
    {
      // Before the first look: calls that are gone with Asterisk are over, and not to be mended.
      connected: (restarted) => {
        if (restarted) switchboard.phonesRestarted();
      },
      stop: () => switchboard.stop(),
    },
    {
      start: () => reconciler.start(),
      connected: () => void reconciler.catchUp(() => freshness.regained()),
      close: () => reconciler.stop(),
    },
  ];
}

/** Those who watch: the desktop, and desk phones' lamps. */
function shown({ ground, freshness, views, lamps }: Parts): readonly Part[] {
  return [
    { disconnected: () => freshness.lost(ground.ports.clock.now()) },
    {
      configured: (before, after) => views.configurationChanged(differences(before, after)),
      callPublished: (call, events) => views.callPublished(call, events),
      agentPublished: ({ id }) => views.agentChanged(id),
      stop: () => views.stop(),
    },
    {
      connected: () => void lamps.connected(),
      disconnected: () => lamps.disconnected(),
      configured: () => lamps.allChanged(),
      callPublished: (call, events) => lamps.callPublished(call, events),
      agentPublished: ({ id }) => lamps.agentChanged(id),
      stop: () => lamps.stop(),
    },
  ];
}

function calledBack({ callbacks: { upcoming, scheduler, abandoned } }: Parts): readonly Part[] {
  return [
    upcoming,
    abandoned,
    {
      start: () => scheduler.start(),
      connected: () => scheduler.wake(),
      close: () => void scheduler.stop(),
      // Closed already: what it was doing ends before the journal is closed.
      stop: () => scheduler.stop(),
    },
  ];
}

function inBrowsers({ browserPhones, resumption }: Parts): Part {
  return {
    callPublished: (call, events) => resumption.callPublished(call, events),
    connected: () => void browserPhones.connected(),
    configured: () => browserPhones.configured(),
    agentPublished: (_agent, events) => browserPhones.agentPublished(events),
    stop: () => browserPhones.stop(),
  };
}

/** Parts as one. */
export class PartsInOrder implements Required<Part> {
  readonly #parts: () => readonly Part[];

  /** Parts tell one another, so the list is asked for when something is told: it is made after them. */
  constructor(parts: () => readonly Part[]) {
    this.#parts = parts;
  }

  async open(): Promise<void> {
    await Promise.all(this.#parts().map((part) => part.open?.()));
  }

  start(): void {
    for (const part of this.#parts()) part.start?.();
  }

  connected(restarted: boolean): void {
    for (const part of this.#parts()) part.connected?.(restarted);
  }

  disconnected(): void {
    for (const part of this.#parts()) part.disconnected?.();
  }

  configured(before: SettingsInForce, after: SettingsInForce): void {
    for (const part of this.#parts()) part.configured?.(before, after);
  }

  callPublished(call: Call, events: readonly CallEvent[]): void {
    for (const part of this.#parts()) part.callPublished?.(call, events);
  }

  agentPublished(agent: Agent, events: readonly AgentEvent[]): void {
    for (const part of this.#parts()) part.agentPublished?.(agent, events);
  }

  close(): void {
    for (const part of this.#parts()) part.close?.();
  }

  async stop(): Promise<void> {
    await Promise.all(this.#parts().map((part) => part.stop?.()));
  }
}
