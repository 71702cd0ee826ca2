// Who hangs up when, and what becomes of the others: docs/hang-ups.md, the rows of the consult, by both settings of `hangUpOnConsult`.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { TestCentre } from '../support/centre.js';
import { QUEUE } from '../support/configuration.js';
import { centreIs, over, Scene, tellSilence } from '../support/scene.js';

jest.setTimeout(60_000);
const SUPPORT = '600';
let centre: TestCentre;

beforeAll(async () => {
  centre = await TestCentre.start({ phones: ['101', '102', '103'], settings: { transferRingMs: 2_500 } });
  await centre.configure((store) => store.saveQueue({ ...QUEUE, id: 'support', name: 'Support', number: SUPPORT }));
});
afterEach(() => centre.reset());
afterAll(async () => {
  tellSilence('hang-ups-consult');
  await centre.stop();
});

const phone = (number: string) => centre.lab.bank.phone(number);
const lineIds = () => centre.calls().flatMap(({ lines }) => lines.map(({ id }) => id));

describe.each(['recall', 'complete'] as const)('hangUpOnConsult %s', (hangUpOnConsult) => {
  beforeEach(() => centreIs(centre, { hangUpOnConsult }));

  test('S1 the colleague rings, button: the phone stops, the agent is back with the customer', async () => {
    const scene = await Scene.talking(centre);
    const target = await scene.asking();
    await scene.button();
    await target.untilEnded();
    await scene.ears.expect({ customer: 'agent', agent: 'customer' });
    await scene.neverSilent();
  });

  test('S2 the colleague has answered, button: the colleague is let go, the agent is back with the customer', async () => {
    const scene = await Scene.talking(centre);
    const target = await scene.asked();
    await scene.button();
    await target.untilEnded();
    await scene.ears.expect({ customer: 'agent', agent: 'customer' });
    await scene.neverSilent();
  });
});

describe('without a receiver put down', () => {
  test('S3 the colleague hangs up: the agent is back with the customer', async () => {
    const scene = await Scene.talking(centre);
    const target = await scene.asked();
    await target.hangup();
    await scene.ears.expect({ customer: 'agent', agent: 'customer' });
    await scene.neverSilent();
  });

  test('S4 the colleague hangs up while on hold: the agent goes on with the customer', async () => {
    const scene = await Scene.talking(centre);
    const target = await scene.asked();
    await scene.swap();
    await target.hangup();
    await centre.until('one line is left', () => scene.lines === 'active');
    await scene.ears.expect({ customer: 'agent', agent: 'customer' });
    await scene.neverSilent();
  });

  test('S5 back with the customer, button: the customer is let go, the agent is with the colleague', async () => {
    const scene = await Scene.talking(centre);
    await scene.asked();
    await scene.swap();
    await scene.button();
    await scene.customer.untilEnded();
    await scene.ears.expect({ agent: 'target', target: 'agent' });
  });

  test("S6 talking with the colleague, button on the customer's line: the customer is let go", async () => {
    const scene = await Scene.talking(centre);
    await scene.asked();
    await scene.button(lineIds()[0] ?? '');
    await scene.customer.untilEnded();
    await scene.ears.expect({ agent: 'target', target: 'agent' });
  });
});

describe('hangUpOnConsult recall: the receiver is put down', () => {
  beforeEach(() => centreIs(centre, { hangUpOnConsult: 'recall' }));

  test('S7 while the colleague rings: that phone stops, the own one rings again, and they talk', async () => {
    const scene = await Scene.talking(centre);
    const target = await scene.asking();
    await scene.agent.hangup();
    await target.untilEnded();
    await scene.recalled();
    await scene.neverSilent();
  });

  test('S8 while talking with the colleague: the colleague is let go, the phone rings again, and they talk', async () => {
    const scene = await Scene.talking(centre);
    const target = await scene.asked();
    await scene.agent.hangup();
    await target.untilEnded();
    expect((await scene.recalled()).callerName).toBe('Anna Petrova');
    await scene.neverSilent();
  });

  test('S9 back with the customer, the colleague rings: the customer is let go', async () => {
    const scene = await Scene.talking(centre);
    const target = await scene.asking();
    await scene.swap();
    await scene.agent.hangup();
    await over(centre, 'answered', scene.customer, target);
  });

  test('S10 back with the customer, the colleague on hold: the customer is let go, the phone rings for the colleague', async () => {
    const scene = await Scene.talking(centre);
    await scene.asked();
    await scene.swap();
    await scene.agent.hangup();
    await scene.customer.untilEnded();
    const again = await centre.rung('101', 'the phone rings again');
    expect(again.callerNumber).toBe('102');
    await scene.answers('again', again);
    await scene.ears.expect({ target: 'again', again: 'target' });
  });

  test('S11 both on hold: the phone rings once, the customer is taken up and the colleague stays on hold', async () => {
    const scene = await Scene.talking(centre);
    await scene.asked();
    await scene.hold();
    await scene.agent.hangup();
    await scene.recalled();
    expect([scene.lines, phone('101').calls.length]).toEqual(['active held', 1]);
    await scene.swap();
    await scene.ears.expect({ customer: 'music', target: 'again' });
    await scene.neverSilent();
  });

  test('S12 while waiting for a colleague of another queue: the phone rings again, and they talk', async () => {
    const scene = await Scene.talking(centre);
    await scene.consult(SUPPORT);
    await centre.until('the agent waits', () => centre.queueView('support')?.waiting === 1);
    await scene.agent.hangup();
    await scene.recalled();
    expect(centre.queueView('support')?.waiting).toBe(0);
    await scene.neverSilent();
  });
});

describe('hangUpOnConsult complete: the receiver is put down', () => {
  beforeEach(() => centreIs(centre, { hangUpOnConsult: 'complete' }));

  /** The agent is free and the customer has the colleague. */
  async function joined(scene: Scene): Promise<void> {
    await scene.agent.untilEnded();
    scene.ears.remove('agent');
    await scene.ears.expect({ customer: 'target', target: 'customer' });
    expect([centre.activity('101'), phone('101').calls]).toEqual(['idle', []]);
    await scene.neverSilent();
  }

  test('S7 while the colleague rings: the customer hears ringing, then the colleague', async () => {
    const scene = await Scene.talking(centre);
    const target = await scene.asking();
    await scene.agent.hangup();
    await scene.ears.expect({ customer: 'music' });
    await scene.answers('target', target);
    await joined(scene);
  });

  test('S8 while talking with the colleague: customer and colleague talk', async () => {
    const scene = await Scene.talking(centre);
    await scene.asked();
    await scene.agent.hangup();
    await joined(scene);
  });

  test('S9 back with the customer, the colleague rings: the customer hears ringing, then the colleague', async () => {
    const scene = await Scene.talking(centre);
    const target = await scene.asking();
    await scene.swap();
    await scene.agent.hangup();
    await scene.answers('target', target);
    await joined(scene);
  });

  test.each(['S10 back with the customer, the colleague on hold', 'S11 both on hold'])(
    '%s: customer and colleague talk',
    async (row) => {
      const scene = await Scene.talking(centre);
      await scene.asked();
      await (row.startsWith('S10') ? scene.swap() : scene.hold());
      await scene.agent.hangup();
      await joined(scene);
    },
  );

  test('S12 while waiting for a colleague of another queue: the customer waits there instead', async () => {
    const scene = await Scene.talking(centre);
    await scene.consult(SUPPORT);
    await centre.until('the agent waits', () => centre.queueView('support')?.waiting === 1);
    await scene.agent.hangup();
    await centre.until('101 is free', () => centre.activity('101') === 'idle');
    await scene.ears.expect({ customer: 'music' });
    expect([scene.lines, centre.queueView('support')?.waiting]).toEqual(['queued', 1]);
    await scene.neverSilent();
  });

  test('S13 while the colleague rings, who then refuses: the phone rings again, and they talk', async () => {
    const scene = await Scene.talking(centre);
    const target = await scene.asking();
    await scene.agentHangsUp();
    await target.reject();
    await scene.recalled();
    await scene.neverSilent();
  });
});

describe('the colleague who is asked cannot be reached', () => {
  test.each(['busy', 'rejecting', 'unreachable', 'not answering'] as const)(
    'S14 %s: the agent is back with the customer',
    async (how) => {
      const scene = await Scene.talking(centre);
      if (how === 'busy') phone('102').behaves('busy');
      if (how === 'rejecting') phone('102').behaves('reject');
      if (how === 'unreachable') await phone('102').unregister();
      await scene.consult('102');
      await centre.until('back', () => scene.lines === 'active');
      await scene.ears.expect({ customer: 'agent', agent: 'customer' });
      await scene.neverSilent();
      if (how === 'unreachable') await phone('102').register();
    },
  );
});
