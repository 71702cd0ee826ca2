/** Whatever a caller does in whatever scenario that may be published: there is always something that will happen next. */
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { linesOf } from '../../src/core/call/state.js';
import { readScenario } from '../../src/core/scenario/read.js';
import { Led } from '../support/led.js';
import fc, { PROPERTY_LIMIT_MS } from '../support/properties.js';
import { randomScenario } from '../support/scenarios.js';

jest.setTimeout(PROPERTY_LIMIT_MS);

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

type Action = { readonly type: 'key'; readonly key: string } | { readonly type: 'said' | 'time' | 'web' | 'restart' };

const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...'0123*#').map((key) => ({ type: 'key', key }) as const) },
  { weight: 6, arbitrary: fc.constantFrom('said', 'time').map((type) => ({ type }) as const) },
  { weight: 2, arbitrary: fc.constantFrom('web', 'restart').map((type) => ({ type }) as const) },
);

async function does(led: Led, what: Action): Promise<void> {
  switch (what.type) {
    case 'key':
      led.key(what.key);
      break;
    case 'said':
      led.said();
      break;
    case 'time':
      led.story.wait(6_000);
      await jest.advanceTimersByTimeAsync(6_000);
      break;
    case 'web':
      led.answerWeb({ kind: 'answered', status: 200, body: '{"a":{"b":5}}', cut: false });
      break;
    case 'restart':
      led.restart();
      break;
  }
  await jest.advanceTimersByTimeAsync(0);
}

/** Why the caller would wait for ever in silence, or null. */
function lost(led: Led): string | null {
  const [line] = linesOf(led.story.call);
  if (line === undefined || line.script?.active !== true) return null;
  const { announcement, script } = line;
  // Music: another system thinks, which answers or fails in time.
  if (announcement !== null || script.music !== null || jest.getTimerCount() > 0) return null;
  return `nothing is awaited at ${script.position}`;
}

test('something is said, a timer runs, or the caller is elsewhere or let go', async () => {
  await fc.assert(
    fc.asyncProperty(randomScenario, fc.array(action, { maxLength: 25 }), async (json, actions) => {
      const { scenario, faults } = readScenario(json);
      fc.pre(scenario !== null && faults.every(({ severity }) => severity === 'warning'));
      jest.clearAllTimers();
      const led = new Led(scenario).begin();
      await jest.advanceTimersByTimeAsync(0);
      for (const each of actions) {
        expect(lost(led)).toBeNull();
        await does(led, each);
      }
      expect(lost(led)).toBeNull();
      led.stop();
      expect(jest.getTimerCount()).toBe(0);
    }),
    { numRuns: 300 },
  );
});
