// In which language a phone is spoken to: what is heard on it, held against the sound files that Asterisk ships.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import { projectRoot } from '../../lab/install.js';
import type { Language } from '../../src/core/call/state.js';
import { TestCentre } from '../support/centre.js';
import { isShipped, likeness, shippedSound } from '../support/spoken.js';

jest.setTimeout(60_000);
const PIN = '4711';
let centre: TestCentre;

beforeAll(async () => {
  centre = await TestCentre.start({ phones: ['101', '102'] });
  await centre.saveAgent('101', { language: 'ru' });
  await centre.saveAgent('102', { language: 'en' });
  for (const number of ['101', '102']) await centre.pin(number, PIN);
});
afterEach(() => centre.reset());
afterAll(() => centre.stop());

test.each([
  ['101', 'ru', 'en'],
  ['102', 'en', 'ru'],
] as const)('agent %s, whose language is %s, is spoken to in it', async (number, own, other) => {
  const call = await centre.lab.bank.phone(number).dial('*11');
  await call.untilAnswered();
  // The first question may have begun before anybody listens; all that follows is heard from its beginning.
  const listening = await call.listen();
  await call.dtmf(`${number}#`);
  await centre.until('the PIN is asked for', () => isBeingSaid('agent-pass'), 15_000);
  await centre.until('to the end', () => !isBeingSaid('agent-pass'), 15_000);
  await call.dtmf(`${PIN}#`);
  await call.untilEnded(20_000);
  const { audio } = await listening.stop();
  for (const sound of ['agent-pass', 'agent-loginok']) {
    const like = async (language: Language) => likeness(audio, await shippedSound(language, sound));
    const heard = { own: await like(own), other: await like(other) };
    expect([sound, heard.own > 0.9, heard.other < 0.6, heard]).toEqual([sound, true, true, heard]);
  }
});

/** Of what has been begun, and has not ended. */
function isBeingSaid(name: string): boolean {
  const ended = new Set(centre.events('announcement.ended').map(({ announcementId }) => announcementId));
  const begun = centre.events('announcement.started').filter(({ announcementId }) => !ended.has(announcementId));
  return begun.some(({ items }) => items.some((item) => 'name' in item && item.name === name));
}

test('whatever a phone is told by name is there in both languages', async () => {
  const folder = join(projectRoot, 'src/app/feature-codes');
  const code = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
  const options = readFileSync(join(projectRoot, 'src/app/keys/option-runner.ts'), 'utf8');
  const names = [
    ...code.flatMap((text) => [...text.matchAll(/sound\('([\w-]+)'\)/g)]),
    ...code.flatMap((text) => [...text.matchAll(/done\(asking, '[\w.]+', \{.*\}, '([\w-]+)'\)/g)]),
    ...[...options.matchAll(/^const [A-Z_]+ = (\[.*\]);/gm)].flatMap(([, list = '']) => [
      ...list.matchAll(/'([\w-]+)'/g),
    ]),
  ].map(([, name = '']) => name);
  expect(names).toEqual(
    expect.arrayContaining(['agent-user', 'agent-loggedoff', 'activated', 'beeperr', 'pbx-transfer']),
  );
  const missing = [];
  for (const name of new Set(names))
    for (const language of ['en', 'ru'] as const)
      if (!(await isShipped(language, name)) && !(await isToneOrNeutral(name))) missing.push(`${language} ${name}`);
  expect(missing).toEqual([]);
});

/** A tone says nothing, in any language. */
async function isToneOrNeutral(name: string): Promise<boolean> {
  return ['beep', 'beeperr'].includes(name) && isShipped('en', name);
}
