// Faults around recordings: no room, a folder that cannot be written, the controller restarts, Asterisk is killed. Calls go on.
import { readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { Recordings } from '../../src/app/recordings/recordings.js';
import { CUSTOMER, DID, TestCentre } from '../support/centre.js';
import { Ears } from '../support/ears.js';
import { Browser } from '../support/recorded.js';

jest.setTimeout(90_000);
let centre: TestCentre;
let ears: Ears;
let supervisor: Browser;

beforeAll(async () => {
  centre = await TestCentre.start({ phones: ['101'] });
});
beforeEach(async () => {
  ears = new Ears();
  supervisor = await Browser.logIn(centre, 'admin', 'administrator');
});
afterEach(async () => {
  await centre.reset();
  await minimumFreeMb(1);
  await centre.saveAgent('101', {});
});
afterAll(() => centre.stop());

const calls = () => centre.centre.calls;
const ofCall = (id: string) => `callId=${encodeURIComponent(id)}`;
const folder = () => join(centre.lab.pbx.spoolFolder, 'recording');

const minimumFreeMb = (recordingMinimumFreeMb: number) =>
  centre.configure(async (store) => {
    const { centre: settings } = await store.load();
    await store.saveCentre({ ...settings, recordingMinimumFreeMb });
  });

/** The queue is recorded, if `record`. */
async function talking(record = true) {
  await centre.queue({ record });
  await centre.ready('101');
  const customer = await centre.lab.bank.trunk.call(DID, CUSTOMER);
  const agent = await centre.rung('101', 'the queue rings');
  await agent.answer();
  const { id } = await centre.until('they talk', () => centre.calls().find(({ phase }) => phase === 'talking'));
  await ears.add('customer', customer);
  await ears.add('agent', agent);
  await ears.expect({ customer: 'agent', agent: 'customer' });
  return { customer, agent, id };
}

const whoIn = async (recordingId: string) => ears.whoIn(await supervisor.sound(recordingId));

describe('there is no room', () => {
  test('too little space: it is reported, nothing new is recorded, by rule or by command, and calls go on', async () => {
    await centre.saveAgent('101', { mayRecord: true });
    const { customer, id } = await talking();
    await minimumFreeMb(1_000_000_000);
    expect(centre.centre.health().problems.join()).toContain('MB left for recordings');
    await ears.expect({ customer: 'agent', agent: 'customer' });
    await customer.hangup();
    const [segment] = await supervisor.segments(id, 1);
    expect(await whoIn(segment?.id ?? '')).toBe('agent customer');
    await centre.untilClean();

    ears = new Ears();
    const second = await talking();
    expect(await calls().record('a101', second.id, null, 'start')).toMatchObject({ refused: 'storageFull' });
    await second.customer.hangup();
    await centre.untilClean();
    expect(await supervisor.recordings(ofCall(second.id))).toEqual([]);
    await minimumFreeMb(1);
    expect(centre.centre.health().problems.join()).not.toContain('MB left');
  });

  test('Asterisk cannot write the file: the call goes on, the list says that it failed', async () => {
    const ours = join(folder(), 'ringmaster');
    const aside = `${ours}-aside`;
    await rename(ours, aside);
    try {
      // In the place of the folder, so that not even root can write there.
      await writeFile(ours, '');
      const { customer, id } = await talking();
      await customer.hangup();
      const [segment] = await supervisor.segments(id, 1);
      expect(segment).toMatchObject({ outcome: 'failed' });
      await centre.untilClean();
    } finally {
      await rm(ours, { force: true });
      await rename(aside, ours);
    }
  });
});

test('the controller is restarted in the middle: the recording goes on in the same file and is kept', async () => {
  const { customer, id } = await talking();
  await centre.restart();
  supervisor = await Browser.logIn(centre, 'admin', 'administrator');
  await customer.playTone(AFTERWARDS_HZ);
  const heard = await centre.lab.bank.phone('101').calls[0]?.hears(700);
  // The whole of what was heard is told when it is not this.
  expect([heard?.hears(AFTERWARDS_HZ), String(heard)]).toEqual([true, expect.anything()]);
  await customer.hangup();
  const [segment] = await supervisor.segments(id, 1);
  expect(segment).toMatchObject({ outcome: 'kept' });
  const sound = await supervisor.sound(segment?.id ?? '');
  expect([ears.whoIn(sound), sound.hears(AFTERWARDS_HZ)]).toEqual(['agent customer', true]);
  await centre.untilClean();
});

test('it ends while the controller is away: it is kept all the same', async () => {
  const { customer, agent, id } = await talking();
  await centre.restartAround(async () => {
    await Promise.all([customer.hangup(), agent.hangup()]);
    await Promise.all([customer.untilEnded(), agent.untilEnded()]);
  });
  supervisor = await Browser.logIn(centre, 'admin', 'administrator');
  await settled(id);
  const [segment] = await supervisor.segments(id, 1);
  expect(segment).toMatchObject({ outcome: 'kept' });
  expect(await whoIn(segment?.id ?? '')).toBe('agent customer');
});

test('Asterisk is killed in the middle: what was written is kept, nothing stays open', async () => {
  const { id } = await talking();
  await centre.lab.pbx.kill9();
  await centre.until('the loss is noticed', () => centre.centre.health().asterisk !== 'connected');
  await centre.lab.bank.reset().catch(() => {});
  await centre.lab.pbx.start();
  await centre.until('Asterisk is connected', () => centre.centre.health().asterisk === 'connected', 15_000);
  await centre.lab.bank.registerAll();
  await settled(id);
  const [segment] = await supervisor.segments(id, 1);
  // Asterisk holds back what it writes: all may be lost of a recording this short.
  expect(['kept', 'lost']).toContain(segment?.outcome);
  const files = await readdir(join(folder(), 'ringmaster'), { recursive: true });
  expect(files.some((name) => name.includes(segment?.id ?? ''))).toBe(segment?.outcome === 'kept');
});

const AFTERWARDS_HZ = 2_050;

/** The call waits ten seconds for the word that a recording has ended; then the round looks at the file, here at once. */
async function settled(id: string): Promise<void> {
  await centre.until('the call is over', () => centre.centre.health().liveCalls === 0, 20_000);
  expect((await centre.record(id))?.endedAt).not.toBeNull();
  const { recordings } = centre.centre;
  if (!(recordings instanceof Recordings)) throw new Error('these are no real recordings');
  await recordings.lookAfter();
}
