/** Commands are counted whether or not the metrics' package has been loaded yet. */
import { expect, test } from '@jest/globals';
import { createMetrics } from '../../src/http/metrics.js';
import { createFakeApplication } from '../support/fake-application.js';

const counted = (text: string) => text.split('\n').filter((line) => line.startsWith('ringmaster_commands_total{'));

test('commands that ended before anybody asked are counted, and so are those after', async () => {
  const metrics = createMetrics(await createFakeApplication());
  metrics.commandEnded('call.hold', 'ok', 0.004);
  metrics.commandEnded('call.hold', 'ok', 0.004);
  const [first, again] = await Promise.all([metrics.read(), metrics.read()]);
  expect(counted(first.text)).toEqual(['ringmaster_commands_total{name="call.hold",code="ok"} 2']);
  expect(again.contentType).toMatch(/^text\/plain/);
  metrics.commandEnded('call.hold', 'notFound', 0.001);
  expect(counted((await metrics.read()).text)).toEqual([
    'ringmaster_commands_total{name="call.hold",code="ok"} 2',
    'ringmaster_commands_total{name="call.hold",code="notFound"} 1',
  ]);
});

test('with many commands nobody need ask', async () => {
  const metrics = createMetrics(await createFakeApplication());
  for (let each = 0; each < 2_500; each += 1) metrics.commandEnded('call.hold', 'ok', 0.004);
  const { text } = await metrics.read();
  expect(counted(text)).toEqual(['ringmaster_commands_total{name="call.hold",code="ok"} 2500']);
});
