// The service as a process of its own: its configuration, its end, and what a kill -9 leaves behind.
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { CUSTOMER, DID, TestCentre } from '../support/centre.js';
import { Service } from '../support/service-process.js';
import { expectTalking } from '../support/talking.js';

jest.setTimeout(90_000);

describe('configuration', () => {
  test('every problem is told at once, without any secret, and the exit code says so', async () => {
    const service = new Service({
      ARI_URL: 'not an address',
      ARI_PASSWORD: 'top-secret',
      HTTP_PORT: '99999',
      LOG_LEVEL: 'loud',
    });
    const { code, output } = await service.ended;
    expect(code).toBe(2);
    for (const key of ['ARI_URL', 'ARI_USERNAME', 'HTTP_PORT', 'LOG_LEVEL']) expect(output).toContain(key);
    expect(output).not.toContain('top-secret');
  });
});

describe('beside a PBX', () => {
  let centre: TestCentre;
  const running: Service[] = [];

  beforeAll(async () => {
    centre = await TestCentre.start({ phones: ['101', '102'] });
    await centre.ready('101');
    // Its database and its settings are the process's from now on.
    await centre.service.stop();
  });
  afterEach(async () => {
    await centre.lab.bank.reset();
    for (const service of running.splice(0)) service.kill('SIGKILL');
  });
  afterAll(() => centre.lab.stop());

  async function start(more: Readonly<Record<string, string>> = {}): Promise<Service> {
    const service = new Service({ ...centre.environment, ...more });
    running.push(service);
    await service.ready();
    return service;
  }

  async function talking() {
    const customer = await centre.lab.bank.trunk.call(DID, CUSTOMER);
    const offered = await centre.lab.bank.phone('101').nextCall();
    await offered.answer();
    await customer.untilAnswered();
    await expectTalking(customer, offered);
    return { customer, offered };
  }

  test('SIGTERM ends it within 2 s, the conversation goes on, and the next run takes it up', async () => {
    const first = await start();
    const { customer, offered } = await talking();
    const before = Date.now();
    first.kill('SIGTERM');
    expect((await first.ended).code).toBe(0);
    expect(Date.now() - before).toBeLessThan(2_000);
    await expectTalking(customer, offered);
    await start();
    await customer.hangup();
    await offered.untilEnded();
    await centre.untilAsteriskIsClean();
  });

  test('kill -9 in a conversation: audio goes on; who was left alone meanwhile is released by the next run', async () => {
    const first = await start();
    const { customer, offered } = await talking();
    first.kill('SIGKILL');
    await first.ended;
    await expectTalking(customer, offered);
    await customer.hangup();
    await customer.untilEnded();
    expect(offered.over).toBe(false);
    await start();
    await offered.untilEnded();
    await centre.untilAsteriskIsClean();
  });

  test('frozen: it is killed, the conversation goes on, and the next run takes it up', async () => {
    const first = await start({ WATCHDOG_SECONDS: '2' });
    const { customer, offered } = await talking();
    first.kill('SIGSTOP');
    expect((await first.ended).output).toContain('the service is frozen: killed');
    await expectTalking(customer, offered);
    await start();
    await customer.hangup();
    await offered.untilEnded();
    await centre.untilAsteriskIsClean();
  });

  test('a second controller takes over: the first ends with a code of its own, the conversation goes on', async () => {
    const first = await start();
    const { customer, offered } = await talking();
    await start();
    expect((await first.ended).code).toBe(3);
    await expectTalking(customer, offered);
    await offered.hangup();
    await customer.untilEnded();
    await centre.untilAsteriskIsClean();
  });
});
