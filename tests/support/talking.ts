/** Two phones in one conversation: proved by ear. */
import { expect } from '@jest/globals';
import type { Call } from '../../lab/call.js';

const ONE_HZ = 650;
const OTHER_HZ = 1_250;

/** Both speak at once; each must hear the other and nobody else. */
export async function expectTalking(one: Call, other: Call): Promise<void> {
  await Promise.all([one.untilAnswered(), other.untilAnswered()]);
  await one.playTone(ONE_HZ);
  await other.playTone(OTHER_HZ);
  const [oneHears, otherHears] = await Promise.all([one.hears(700), other.hears(700)]);
  expect(oneHears.tones).toEqual([OTHER_HZ]);
  expect(otherHears.tones).toEqual([ONE_HZ]);
  await one.stopTone();
  await other.stopTone();
}

/** Waits in music, not in silence. */
export async function expectMusic(call: Call): Promise<void> {
  const heard = await call.hears(900);
  expect(heard.music).toBe(true);
  expect(heard.tones).toEqual([]);
}
