// Lamps: which state is shown, and how changes reach Asterisk: differences only, gathered, one at a time.
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { agentLamp, type LampPanel, type LampState, queueLamp } from '../../src/app/lamp-state.js';
import { Lamps } from '../../src/app/lamps.js';
import { indexSettings } from '../../src/app/settings-in-force.js';
import { AriLamps } from '../../src/ari/lamps.js';
import { newAgent } from '../../src/core/agent/evolve.js';
import type { Agent } from '../../src/core/agent/state.js';
import { initialConfiguration } from '../support/fake-configuration.js';
import { QUIET_LOG, ScriptedAri } from '../support/scripted-ari.js';

const centre = { ...initialConfiguration.centre, parkingFirstSlot: 701, parkingLastSlot: 701 };
const configuration = { ...initialConfiguration, centre };
const settings = indexSettings(configuration);
const loggedIn: Agent = {
  ...newAgent('anna'),
  session: { id: 's', since: 0 },
  status: { id: 'ready', since: 0, setBy: 'agent', blocking: false, until: null, next: null },
};

describe('what a lamp shows', () => {
  const shown = (agent: Agent) => agentLamp(agent, settings.policy, () => null);

  test('of an agent: logged out, ready, not ready, ringing, talking', () => {
    expect(shown(newAgent('anna'))).toBe('unavailable');
    expect(shown(loggedIn)).toBe('free');
    const { status } = loggedIn;
    expect(shown({ ...loggedIn, status: status && { ...status, id: 'notReady' } })).toBe('busy');
    expect(shown({ ...loggedIn, offeredCallId: 'c' })).toBe('ringing');
    expect(shown({ ...loggedIn, callIds: ['c'] })).toBe('inUse');
    expect(shown({ ...loggedIn, callIds: ['c'], offeredCallId: 'd' })).toBe('ringing');
  });

  test('of a queue: somebody who waits counts for more than agents who are away', () => {
    expect(queueLamp(0, 2)).toBe('free');
    expect(queueLamp(1, 2)).toBe('ringing');
    expect(queueLamp(1, 0)).toBe('ringing');
    expect(queueLamp(0, 0)).toBe('unavailable');
  });
});

/** A panel that remembers, and answers when it is told to. */
class Panel implements LampPanel {
  readonly lit = new Map<string, LampState>();
  readonly asked: string[] = [];
  result: 'done' | 'failed' | 'lost' = 'done';

  async read() {
    return new Map(this.lit);
  }

  async show(name: string, state: LampState | null) {
    this.asked.push(`${name} ${state}`);
    if (state === null) this.lit.delete(name);
    else this.lit.set(name, state);
    return this.result;
  }
}

describe('how lamps follow', () => {
  const panel = new Panel();
  const agents = new Map<string, Agent>();
  let inForce = settings;
  const desks = { sales: { line: { size: 0 }, presence: { loggedIn: 1, receiving: 1, talking: 0 } } };
  let lamps: Lamps;

  beforeEach(() => {
    jest.useFakeTimers();
    panel.lit.clear();
    panel.asked.length = 0;
    panel.result = 'done';
    inForce = settings;
    agents.clear();
    for (const id of settings.agents.keys()) agents.set(id, newAgent(id));
    const desk = (id: string) => (id === 'sales' ? (desks.sales as never) : undefined);
    lamps = new Lamps({
      panel,
      agents: { get: (id) => agents.get(id) },
      dispatcher: { desk },
      callOf: () => null,
      calls: () => [],
      settings: () => inForce,
      log: QUIET_LOG,
    });
  });
  afterEach(() => {
    lamps.stop();
    jest.useRealTimers();
  });

  const settled = () => jest.advanceTimersByTimeAsync(2_000);

  test('at a connection what differs is sent, and what is nobody’s is taken away', async () => {
    panel.lit.set('agent-101', 'unavailable').set('agent-102', 'inUse').set('agent-999', 'free');
    await lamps.connected();
    await settled();
    expect([...panel.asked].sort()).toEqual([
      'agent-102 unavailable',
      'agent-201 unavailable',
      'agent-301 unavailable',
      'agent-999 null',
      'park-701 free',
      'queue-5000 free',
    ]);
  });

  test('what changes back in the meantime is not sent, and a change is sent as it is by then', async () => {
    await lamps.connected();
    await settled();
    panel.asked.length = 0;
    agents.set('anna', { ...loggedIn, offeredCallId: 'c' });
    lamps.agentChanged('anna');
    agents.set('anna', loggedIn);
    lamps.agentChanged('anna');
    agents.set('boris', { ...loggedIn, id: 'boris' });
    lamps.agentChanged('boris');
    agents.set('boris', newAgent('boris'));
    expect(panel.asked).toEqual([]);
    await settled();
    expect(panel.asked).toEqual(['agent-101 free']);
  });

  test('nothing is sent while Asterisk is away, and what was lost with the connection is sent after it', async () => {
    lamps.agentChanged('anna');
    await settled();
    expect(panel.asked).toEqual([]);
    await lamps.connected();
    await settled();
    panel.asked.length = 0;
    agents.set('anna', loggedIn);
    lamps.agentChanged('anna');
    lamps.disconnected();
    await settled();
    expect(panel.asked).toEqual([]);
    await lamps.connected();
    await settled();
    expect(panel.asked).toEqual(['agent-101 free']);
  });

  test('an answer that never came is made good by the next change', async () => {
    await lamps.connected();
    await settled();
    panel.result = 'lost';
    agents.set('anna', loggedIn);
    lamps.agentChanged('anna');
    await settled();
    panel.result = 'done';
    panel.asked.length = 0;
    lamps.agentChanged('anna');
    await settled();
    expect(panel.asked).toEqual(['agent-101 free']);
  });

  test('an agent who is disabled has no lamp any more', async () => {
    await lamps.connected();
    await settled();
    expect(panel.lit.has('agent-101')).toBe(true);
    const others = initialConfiguration.agents.filter(({ id }) => id !== 'anna');
    inForce = indexSettings({ ...configuration, agents: others });
    lamps.allChanged();
    await settled();
    expect(panel.lit.has('agent-101')).toBe(false);
  });
});

describe('lamps in Asterisk', () => {
  test('are set, removed and read as device states, and those of others are left alone', async () => {
    const body = [
      { name: 'Stasis:agent-101', state: 'INUSE' },
      { name: 'Stasis:queue-600', state: 'NOT_INUSE' },
      { name: 'Stasis:agent-102', state: 'UNKNOWN' },
      { name: 'Stasis:door', state: 'INUSE' },
    ];
    const ari = new ScriptedAri((method) => (method === 'GET' ? 200 : 204), { deviceStates: body });
    const panel = new AriLamps(ari, QUIET_LOG);
    expect(await panel.read()).toEqual(
      new Map([
        ['agent-101', 'inUse'],
        ['queue-600', 'free'],
      ]),
    );
    expect(await panel.show('agent-*5', 'onHold')).toBe('done');
    expect(await panel.show('agent-102', null)).toBe('done');
    expect(ari.requests.slice(1)).toEqual([
      { method: 'PUT', uri: 'deviceStates/Stasis%3Aagent-*5', query: { deviceState: 'ONHOLD' } },
      { method: 'DELETE', uri: 'deviceStates/Stasis%3Aagent-102', query: {} },
    ]);
  });

  test('that Asterisk refuses are told so', async () => {
    const panel = new AriLamps(new ScriptedAri(() => 404), QUIET_LOG);
    expect(await panel.show('agent-101', 'free')).toBe('failed');
    expect(await panel.show('agent-101', null)).toBe('done');
    expect(await panel.read()).toBeNull();
  });
});
